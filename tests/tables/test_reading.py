"""Every cell comes in as the text it is, and what cannot be read is said."""

import csv
import json
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from verbatlas import tables
from verbatlas.errors import Problem, UserError
from verbatlas.progress import Cancelled
from verbatlas.tables import TableFormat, threads


def written(folder: Path, content: bytes) -> Path:
    path = folder / "in.csv"
    path.write_bytes(content)
    return path


def test_cells_stay_the_text_they_were(tmp_path: Path) -> None:
    table = tables.read(written(tmp_path, b'id,text,n\n007, late ,1e5\n08,"a ""b""\nc",\n'))

    assert table.names == ("id", "text", "n")
    assert table.row(0) == ("007", " late ", "1e5")
    assert table.row(1) == ("08", 'a "b"\nc', "")


def test_ragged_rows_keep_all_their_cells(tmp_path: Path) -> None:
    table = tables.read(written(tmp_path, b"id,text\n1,a\n2\n3,b,extra\n\n4,c\n\n\n"))

    assert table.names == ("id", "text", "")
    assert [table.row(row) for row in range(table.n_rows)] == [
        ("1", "a", None),
        ("2", None, None),
        ("3", "b", "extra"),
        (None, None, None),
        ("4", "c", None),
    ]


def test_a_file_without_header_keeps_its_first_row(tmp_path: Path) -> None:
    table = tables.read(written(tmp_path, b"1,The parcel was late\n2,The box was torn\n"))

    assert table.names == ("", "")
    assert table.row(0) == ("1", "The parcel was late")


def test_foreign_letters_late_in_a_large_file_are_found(tmp_path: Path) -> None:
    head = b"id,text\n" + b"".join(b"%d,all is well here\n" % i for i in range(20_000))
    tail = "".join(f"{i},电池不耐用，客服不理人，太慢了\n" for i in range(50)).encode("gb18030")

    table = tables.read(written(tmp_path, head + tail))

    assert table.format.encoding == "gb18030"
    assert table.row(table.n_rows - 1)[1] == "电池不耐用，客服不理人，太慢了"


def test_a_chosen_format_is_obeyed(tmp_path: Path) -> None:
    path = written(tmp_path, "1;è\n".encode("cp1252"))

    table = tables.read(path, format=TableFormat(encoding="cp1252", delimiter=";", has_header=False))

    assert table.row(0) == ("1", "è")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", Problem.FILE_EMPTY),
        (b"\xef\xbb\xbf \r\n", Problem.FILE_EMPTY),
        (b"id,comment\n", Problem.TABLE_NO_ROWS),
        (b"id,comment\n\n\n", Problem.TABLE_NO_ROWS),
        (b"\x89PNG\r\n\x1a\n\x00\x00", Problem.FILE_BINARY),
    ],
)
def test_a_file_without_a_table_is_refused(content: bytes, problem: Problem, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        tables.read(written(tmp_path, content))

    assert caught.value.problem is problem


def test_missing_files_and_folders_are_told_apart(tmp_path: Path) -> None:
    for path, problem in ((tmp_path / "no.csv", Problem.FILE_MISSING), (tmp_path, Problem.FILE_IS_FOLDER)):
        with pytest.raises(UserError) as caught:
            tables.read(path)
        assert caught.value.problem is problem


def test_a_chosen_encoding_that_does_not_fit_names_the_line(tmp_path: Path) -> None:
    path = written(tmp_path, b"id,text\n1,ok\n2,\xff\xff\n")

    with pytest.raises(UserError) as caught:
        tables.read(path, format=TableFormat(encoding="utf-8"))

    assert caught.value.problem is Problem.FILE_UNDECODABLE


def test_reading_reports_bytes_and_can_be_cancelled(tmp_path: Path) -> None:
    path = written(tmp_path, b"id,text\n" + b"1,a comment of some length\n" * 5_000)
    seen: list[tuple[int, int]] = []
    tables.read(path, report=lambda done, total: seen.append((done, total)))

    assert seen == sorted(seen)
    assert seen[-1] == (path.stat().st_size, path.stat().st_size)

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        tables.read(path, report=stop)


def test_what_was_understood_and_met_is_said_with_line_numbers(tmp_path: Path) -> None:
    content = b'Survey\n\nid;text\n1;slow\n2\n\n3;dear;very\n4;"so" slow\n5;ok\n\n'
    reading = tables.read_with_report(written(tmp_path, content))

    report = reading.report
    assert (report.encoding, report.delimiter, report.has_header) == ("utf-8", ";", True)
    assert report.encoding_sure == 1
    assert report.lines_above == ("Survey", "")
    assert (report.ragged.count, report.ragged.lines) == (2, (5, 7))
    assert report.blank.lines == (6,)
    assert report.mended.lines == (8,)
    assert reading.table.names == ("id", "text", "")
    assert reading.table.n_rows == 6


def test_only_the_first_hundred_lines_are_named_but_all_are_counted(tmp_path: Path) -> None:
    content = b"id,text\n" + b"1,a\n" * 5_000 + b"2,b,c\n" * 1_000
    report = tables.read_with_report(written(tmp_path, content)).report

    assert report.ragged.count == 1_000
    assert report.ragged.lines == tuple(range(5_002, 5_102))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_file_cut_off_within_a_character_is_read_and_says_so(encoding: str, tmp_path: Path) -> None:
    rows = "".join(f"{row},电池不耐用，充电太慢\n" for row in range(20))
    content = f"id,text\n{rows}21,客服不理人".encode(encoding)[:-1]

    reading = tables.read_with_report(written(tmp_path, content))

    assert reading.report.encoding == encoding
    assert reading.table.row(20) == ("21", "客服不理\ufffd")
    assert (reading.report.replaced.count, reading.report.replaced.lines) == (1, (22,))


def test_invalid_bytes_in_the_likeliest_encoding_do_not_stop_a_chosen_format(tmp_path: Path) -> None:
    path = written(tmp_path, ("编号,评论\n" + "1,太慢了\n" * 30).encode() + b"2,\xff\n")
    found = tables.read_with_report(path)
    again = tables.read_with_report(path, format=replace(found.table.format, has_header=False))

    assert found.report.replaced.count == again.report.replaced.count == 1
    assert again.table.n_rows == found.table.n_rows + 1


def test_another_encoding_can_be_chosen_for_a_file_with_lines_above(tmp_path: Path) -> None:
    path = written(tmp_path, "Café Noël, März\n\nid;kind;text\n1;a;très bon\n2;b;déjà vu\n".encode("cp1252"))
    found = tables.read(path)
    again = tables.read(path, format=replace(found.format, encoding="cp1250"))

    assert again.names == found.names
    assert again.format.above == found.format.above.encode("cp1252").decode("cp1250")


def test_thousands_of_columns_and_a_cell_of_megabytes_are_read(tmp_path: Path) -> None:
    names = ",".join(f"c{column}" for column in range(4_000))
    wide = tables.read(written(tmp_path, f"{names}\n{names.replace('c', '')}\n".encode()))
    long = tables.read(written(tmp_path, b'id,text\n1,"' + b"x" * 10_000_000 + b'"\n2,ok\n'))

    assert wide.n_columns == 4_000
    assert len(long.row(0)[1] or "") == 10_000_000
    assert long.row(1) == ("2", "ok")


def test_the_corner_cases_of_csv_spectrum_read_as_expected(shared_data: Path) -> None:
    folder = shared_data / "import" / "csv-spectrum"
    files = sorted(folder.glob("*.csv"))
    assert len(files) == 11
    for file in files:
        expected = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
        if b"\r" not in file.read_bytes():
            # The copies of the files for CRLF lost their carriage returns on the way; their answers kept them.
            expected = [{key: cell.replace("\r\n", "\n") for key, cell in row.items()} for row in expected]
        table = tables.read(file)
        found = [dict(zip(table.names, table.row(row), strict=True)) for row in range(table.n_rows)]
        assert found == expected, file.name


_WITHOUT_ROWS = {"small.csv", "utf8bom.csv", "libreoffice.xlsx", "unicode_sheet_name.xls"}


def test_every_hard_file_opens_or_says_why_not(shared_data: Path) -> None:
    with (shared_data / "import" / "MANIFEST.csv").open(encoding="utf-8", newline="") as manifest:
        names = [next(iter(row.values())) for row in csv.DictReader(manifest)]
    opened = 0
    for name in names:
        path = shared_data / "import" / name
        if path.suffix not in {".csv", ".tsv", ".txt", ".psv", ".ssv", ".xls", ".xlsx"}:
            continue
        if path.name in _WITHOUT_ROWS or path.name == "encrypted_no_password.xls":
            with pytest.raises(UserError) as caught:
                tables.read(path)
            expected = Problem.TABLE_NO_ROWS if path.name in _WITHOUT_ROWS else Problem.FILE_PROTECTED
            assert caught.value.problem is expected, name
        else:
            table = tables.read(path)
            opened += 1
            text = "".join(cell or "" for row in range(table.n_rows) for cell in table.row(row))
            assert "\ufffd" not in text, name
    assert opened >= 40


def test_a_large_file_is_the_same_in_threads_as_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [f'{row},"two\nlines, ""dear"" and 慢 😀 {row * 7919}"' for row in range(150_000)]
    rows[77_777] = '77777,"so" slow'
    path = written(tmp_path, "\n".join(["id,text", *rows]).encode())

    found = []
    for processors in (1, 3):
        monkeypatch.setattr(threads, "_processors", lambda count=processors: count)
        found.append(tables.read_with_report(path))

    one, many = found
    assert one.report == many.report
    assert one.table.columns == many.table.columns
    assert many.report.mended.lines == (2 * 77_777 + 2,)


def test_invalid_bytes_and_cancelling_in_a_large_file_end_its_threads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threads, "_processors", lambda: 2)
    path = written(tmp_path, b"id,text\n" + "1,慢 and some more of it\n".encode() * 300_000 + b"2,\xff\n")
    before = threading.active_count()
    reading = tables.read_with_report(path)
    assert reading.report.replaced.count == 1
    assert reading.table.column(1)[-1] == "\ufffd"

    def stop(done: int, total: int) -> None:
        if done > total // 4:
            raise Cancelled

    with pytest.raises(Cancelled):
        tables.read(path, report=stop)
    assert threading.active_count() == before


@pytest.mark.parametrize("before", [b"", b"id,text\n1,late\n" * 50])
def test_a_line_of_nothing_but_commas_is_no_table(before: bytes, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        tables.read(written(tmp_path, before + b"," * 1_000_000 + b"\n1,2\n"))
    assert caught.value.problem is Problem.TABLE_TOO_LARGE
    assert caught.value.values["columns"] == 1_000_001


def test_thousands_of_columns_are_read(tmp_path: Path) -> None:
    names = ",".join(f"c{number}" for number in range(20_000))
    cells = ",".join(str(number) for number in range(20_000))
    table = tables.read(written(tmp_path, f"{names}\n{cells}\n{cells}\n".encode()))

    assert (table.n_rows, table.n_columns) == (2, 20_000)
    assert table.row(1)[-1] == "19999"


@pytest.mark.parametrize("count", [1_000_000, 999_999])
def test_a_cell_of_quotes_takes_no_time_and_stays_in_its_row(count: int, tmp_path: Path) -> None:
    started = time.process_time()
    table = tables.read(written(tmp_path, b"id,name,text\n1,a," + b'"' * count + b"\n2,b,late\n"))

    assert table.column(0) == ("1", "2")
    assert table.column(2)[1] == "late"
    assert time.process_time() - started < 2


def _report_of(tmp_path: Path, content: bytes) -> tables.Reading:
    path = tmp_path / "odd.csv"
    path.write_bytes(content)
    return tables.read_with_report(path)


def test_zero_bytes_in_cells_stay_and_are_told(tmp_path: Path) -> None:
    reading = _report_of(tmp_path, b"id,c\n1,a\0b\n2,c\n3,\0\0\n")

    assert list(reading.table.column(1)) == ["a\0b", "c", "\0\0"]
    assert (reading.report.zeros.count, reading.report.zeros.lines) == (3, (2, 4))


@pytest.mark.parametrize("size", [1, 4096, 65_536])
def test_zeros_behind_the_last_row_are_told_and_are_no_row(size: int, tmp_path: Path) -> None:
    reading = _report_of(tmp_path, b"id,c\n" + b"1,late\n" * 100 + bytes(size))

    assert (reading.table.n_rows, reading.report.padding, reading.report.zeros.count) == (100, size, 0)
    assert reading.table.format.ends_with_line_end


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("cut", [1, 3, 7])
def test_a_wide_text_that_is_cut_within_a_character_is_still_wide(encoding: str, cut: int, tmp_path: Path) -> None:
    text = "id,name,c\r\n" + "".join(f"{row},Ann,late {row}\r\n" for row in range(3000)) + "3000,Bob,slow"
    reading = _report_of(tmp_path, text.encode(encoding)[:-cut])

    assert (reading.table.n_rows, reading.report.encoding) == (3001, encoding)
    assert reading.table.row(0) == ("0", "Ann", "late 0")
    # The first bytes of a character may be zeros, as those that a crash leaves.
    assert reading.report.replaced.lines == (3002,) or 0 < reading.report.padding < 4


def test_an_unfinished_last_character_is_told(tmp_path: Path) -> None:
    reading = _report_of(tmp_path, "id,name,c\n1,Ann,späte Lieferung ä".encode()[:-1])

    assert reading.table.row(0) == ("1", "Ann", "späte Lieferung �")
    assert reading.report.replaced.count == 1


@pytest.mark.parametrize("marks", [1, 2, 3])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-32-be"])
def test_byte_order_marks_are_no_part_of_a_name_and_go_back_to_the_file(
    encoding: str, marks: int, tmp_path: Path
) -> None:
    content = ("\ufeff" * marks + "编号,评论\n1,很好\n2,价格太高\n").encode(encoding)
    reading = _report_of(tmp_path, content)

    assert reading.table.names == ("编号", "评论")
    assert reading.report.encoding == encoding
    tables.write(tmp_path / "out.csv", reading.table)
    assert (tmp_path / "out.csv").read_bytes() == content


def test_a_mark_that_somebody_chose_and_that_is_not_there_takes_no_character(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"id,c\n1,late\n")
    for encoding in ("utf-8", "gb18030"):
        chosen = tables.TableFormat(encoding=encoding, byte_order_mark=True)
        assert tables.read(path, format=chosen).names == ("id", "c")
