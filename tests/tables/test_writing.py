"""What comes back is the file that came in, with labels behind it; or the old file, untouched."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verbatlas import tables
from verbatlas.errors import Problem, UserError
from verbatlas.progress import Cancelled
from verbatlas.tables import AddedColumn, TableFormat, TextForm, from_columns, read, write

CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00\x1a"), max_size=12)


def rows_of(path: Path, encoding: str = "utf-8") -> list[list[str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.reader(file))


@settings(max_examples=150, deadline=None)
@given(
    rows=st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=2, max_size=8),
    line_end=st.sampled_from(["\n", "\r\n"]),
    delimiter=st.sampled_from([",", ";", "\t"]),
    bom=st.booleans(),
)
def test_any_table_comes_back_with_the_same_cells(
    rows: list[list[str]], line_end: str, delimiter: str, *, bom: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("round") / "out.csv"
    table_format = TableFormat(line_end=line_end, delimiter=delimiter, byte_order_mark=bom)
    table = from_columns(["a", "b"], [list(column) for column in zip(*rows, strict=True)], table_format)

    write(path, table)
    again = tables.read(path, format=table_format)

    # Rows of nothing at the very end cannot be told from no rows.
    assert [again.row(row) for row in range(again.n_rows)] == [tuple(row) for row in rows]


@pytest.mark.parametrize(
    "content",
    [
        b"id,text\n1,late\n2,dear\n",
        b"id,text\r\n1,late\r\n2,dear",
        b'\xef\xbb\xbfid;text\r\n1;"a;b"\r\n2;"a ""b"""\r\n',
        b'"id","text"\n"1","late"\n"2","dear"\n',
        "编号,评论\r\n1,电池不耐用，客服不理人\r\n2,太慢了，不满意，很差\r\n".encode("gb18030"),
        "id\ttext\r\n1\tétait très tôt\r\n".encode("cp1252"),
        "\ufeffid\ttext\r\n1\t太慢\r\n".encode("utf-16-le"),
        b"id,text\n1,late\n\n2,short\n3\n",
    ],
)
def test_a_well_formed_file_comes_back_byte_for_byte(content: bytes, tmp_path: Path) -> None:
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes(content)

    write(output, tables.read(source))

    assert output.read_bytes() == content


def test_labels_stand_behind_the_originals_in_the_right_columns(tmp_path: Path) -> None:
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes(b"id,cluster\n1,a\n2\n")

    write(output, tables.read(source), added=[AddedColumn("cluster", ["X", "Y"]), AddedColumn("x", ["0", "1"])])

    assert rows_of(output) == [["id", "cluster", "cluster (2)", "x"], ["1", "a", "X", "0"], ["2", "", "Y", "1"]]


def test_a_file_without_header_gets_one_with_its_labels(tmp_path: Path) -> None:
    table = from_columns(["", ""], [["1"], ["late"]], TableFormat(has_header=False))
    output = tmp_path / "out.csv"

    write(output, table, added=[AddedColumn("cluster", ["X"])])

    assert rows_of(output) == [["Column 1", "Column 2", "cluster"], ["1", "late", "X"]]


def test_a_name_that_the_encoding_lacks_turns_the_file_to_utf8(tmp_path: Path) -> None:
    table = from_columns(["t"], [["très"]], TableFormat(encoding="cp1252"))
    output = tmp_path / "out.csv"

    done = write(output, table, added=[AddedColumn("cluster", ["物流"])])

    assert done.encoding_changed
    assert output.read_bytes().startswith(b"\xef\xbb\xbf")
    assert rows_of(output, "utf-8-sig")[1] == ["très", "物流"]


def test_names_cells_and_labels_are_guarded_where_that_is_wanted_and_nowhere_else(tmp_path: Path) -> None:
    table = from_columns(["=cmd|x"], [["=1+1", "fine"]], TableFormat())
    added = [AddedColumn("cluster", ["=HYPERLINK", "late"])]
    plain, guarded = tmp_path / "plain.csv", tmp_path / "guarded.csv"

    write(plain, table, added=added)
    write(guarded, table, added=added, guard_formulas=True)

    assert rows_of(plain) == [["=cmd|x", "cluster"], ["=1+1", "=HYPERLINK"], ["fine", "late"]]
    assert rows_of(guarded) == [
        ["'=cmd|x", "cluster", "formulas_guarded"],
        ["'=1+1", "'=HYPERLINK", "yes"],
        ["fine", "late", ""],
    ]


def test_where_nothing_is_guarded_no_column_says_so(tmp_path: Path) -> None:
    table = from_columns(["t"], [["-3.2e-05", "a=b"]], TableFormat())
    write(tmp_path / "out.csv", table, added=[AddedColumn("x", ["-1.5", ""])], guard_formulas=True)
    assert rows_of(tmp_path / "out.csv") == [["t", "x"], ["-3.2e-05", "-1.5"], ["a=b", ""]]


_FORMULAS = st.text(st.sampled_from("'=+-@\t\ra1, "), max_size=4)


@settings(max_examples=200, deadline=None)
@given(
    names=st.lists(_FORMULAS, min_size=3, max_size=3, unique=True),
    rows=st.lists(st.tuples(_FORMULAS, _FORMULAS, _FORMULAS), min_size=1, max_size=6),
)
def test_what_was_guarded_is_read_as_it_was_before(
    names: list[str], rows: list[tuple[str, str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("guarded") / "out.csv"
    *original, label = map(list, zip(*rows, strict=True))
    table = from_columns(names[:2], original, TableFormat())

    write(path, table, added=[AddedColumn(names[2], label)], guard_formulas=True)
    again = read(path, format=TableFormat())

    assert again.names == tuple(names)
    assert [again.row(row) for row in range(again.n_rows)] == rows


@pytest.mark.parametrize(
    ("content", "form", "is_for_excel"),
    [
        (b"t\nlate\n", TextForm.AUTO, False),
        ("t\ntrès\n".encode(), TextForm.AUTO, True),
        ("t\ntrès\n".encode(), TextForm.SOURCE, False),
        (b"t\nlate\n", TextForm.EXCEL, True),
        ("t\ntrès lent, très cher\n".encode("cp1252"), TextForm.AUTO, False),
        ("\ufefft\ntrès\n".encode("utf-16-be"), TextForm.AUTO, False),
        ("\ufefft\ntrès\n".encode("utf-32-le"), TextForm.AUTO, True),
    ],
)
def test_what_excel_would_misread_is_written_so_that_it_does_not(
    content: bytes, form: TextForm, *, is_for_excel: bool, tmp_path: Path
) -> None:
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes(content)

    write(output, read(source), form=form)

    wanted = content.decode("utf-8").encode("utf-8-sig") if content[:2] == b"t\n" and is_for_excel else content
    if is_for_excel and content[:1] == b"\xff":
        wanted = "\ufefft\ntrès\n".encode()
    assert output.read_bytes() == wanted


def test_a_label_beyond_ascii_makes_excel_misread_too(tmp_path: Path) -> None:
    table = from_columns(["t"], [["late"]], TableFormat())
    write(tmp_path / "out.csv", table, added=[AddedColumn("cluster", ["物流"])], form=TextForm.AUTO)
    assert (tmp_path / "out.csv").read_bytes() == "\ufefft,cluster\nlate,物流\n".encode()


def test_a_cancelled_export_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    output = tmp_path / "out.csv"
    output.write_text("old")
    table = from_columns(["t"], [["a"] * 3000], TableFormat())

    def stop(done: int, total: int) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        write(output, table, report=stop)

    assert output.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_a_full_disk_is_said(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with pytest.raises(OSError, match="No space") as caught, Path("/dev/full").open("wb") as file:
        file.write(b"x" * io.DEFAULT_BUFFER_SIZE)

    from verbatlas.tables.failures import writing_problem  # noqa: PLC0415

    assert writing_problem(tmp_path, caught.value).problem is Problem.DISK_FULL


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    table = from_columns(["t"], [["a"]], TableFormat())

    with pytest.raises(UserError) as caught:
        write(tmp_path / "nowhere" / "out.csv", table)

    assert caught.value.problem is Problem.OUTPUT_UNWRITABLE


def test_lines_above_the_header_stay_above_it(tmp_path: Path) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes("客户反馈导出\r\n2026-03\r\n\r\nid,comment,stars\r\n1,太慢,2\r\n2,很好,5\r\n".encode("gb18030"))
    table = read(source)

    write(target, table)
    assert target.read_bytes() == source.read_bytes()
    write(target, table, added=[AddedColumn("cluster", ["物流", "质量"])])
    assert target.read_bytes().decode("gb18030").splitlines()[:5] == [
        "客户反馈导出",
        "2026-03",
        "",
        "id,comment,stars,cluster",
        "1,太慢,2,物流",
    ]


def test_backslashes_before_quotes_stay_unless_excel_has_to_read_the_file(tmp_path: Path) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    rows = "".join(f'{row},"he said \\"late, {row}\\"",x\n' for row in range(20))
    source.write_text("id,comment,c\n" + rows, encoding="utf-8")
    table = read(source)
    assert table.column(1)[3] == 'he said "late, 3"'

    write(target, table)
    assert target.read_bytes() == source.read_bytes()

    written = write(target, table, form=TextForm.AUTO)
    assert written.format.escape == ""
    assert rows_of(target, "utf-8-sig")[4] == ["3", 'he said "late, 3"', "x"]


def test_a_missing_cell_between_others_leaves_them_in_their_columns(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.csv"
    source.write_text('{"a": "1", "b": null, "c": "3"}\n{"a": "1", "b": "2"}\n', encoding="utf-8")
    write(target, read(source))
    assert rows_of(target, "utf-8-sig") == [["a", "b", "c"], ["1", "", "3"], ["1", "2", ""]]


def test_a_cell_that_the_source_encoding_cannot_hold_turns_the_file_to_utf8(tmp_path: Path) -> None:
    table = from_columns(["t"], [["\ufffd"]], TableFormat(encoding="cp1252"))
    assert write(tmp_path / "out.csv", table).encoding_changed
    assert rows_of(tmp_path / "out.csv", "utf-8-sig") == [["t"], ["\ufffd"]]


def test_a_table_set_apart_by_unit_separators_stays_so_when_columns_are_added(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_bytes(b"id\x1fcomment\n1\x1flate\n2\x1fslow\n3\x1fdear\n")

    tables.write(tmp_path / "out.csv", tables.read(source), added=[AddedColumn("label", ["a", "b", "c"])])

    written = b"id\x1fcomment\x1flabel\n1\x1flate\x1fa\n2\x1fslow\x1fb\n3\x1fdear\x1fc\n"
    assert (tmp_path / "out.csv").read_bytes() == written
