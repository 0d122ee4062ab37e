"""Sheets of workbooks read as the spreadsheet shows them."""

import re
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
from libreoffice import converted, needs_libreoffice
from workbooks import ods_cell, with_part, write_ods, write_xlsx

from verbatlas import tables
from verbatlas.errors import Problem, UserError
from verbatlas.progress import Cancelled
from verbatlas.tables import AddedColumn, TableFormat

HEADER = ("id", "comment")


def problem_of(path: Path, table_format: TableFormat | None = None) -> UserError:
    with pytest.raises(UserError) as caught:
        tables.read(path, format=table_format)
    return caught.value


def test_every_kind_of_cell_is_the_text_that_is_shown(tmp_path: Path) -> None:
    row = ["007", 1, 1.0, 0.1, 0.30000000000000004, "1e5", True, False, date(2026, 3, 1), datetime(2026, 3, 1, 14, 5)]
    row += [time(14, 5), timedelta(hours=30), None, "#N/A", "太慢了\n再也不买", 4012888888881881]
    path = write_xlsx(tmp_path / "a.xlsx", {"S": [[f"c{i}" for i in range(len(row))], row]})
    table = tables.read(path)
    expected = ["007", "1", "1", "0.1", "0.3", "1e5", "TRUE", "FALSE", "2026-03-01", "2026-03-01 14:05:00"]
    assert table.row(0) == (*expected, "14:05:00", "30:00:00", "", "#N/A", "太慢了\n再也不买", "4012888888881881")
    assert table.format.kind == "xlsx"


def test_errors_of_formulas_stay_where_they_are(tmp_path: Path) -> None:
    rows = [HEADER, *((i, "#DIV/0!" if i % 700 == 0 else "fine") for i in range(3000))]
    table = tables.read(write_xlsx(tmp_path / "a.xlsx", {"S": rows}))
    assert [row for row, cell in enumerate(table.column(1)) if cell == "#DIV/0!"] == [0, 700, 1400, 2100, 2800]


def test_the_error_of_a_long_formula_is_found_behind_the_formula(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", {"S": [HEADER, (1, "late"), (2, "#REF!"), (3, "dear")]})
    formula = "<f>" + "A1+" * 2000 + "1</f><v>#REF!"
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(b"<v>#REF!", formula.encode()))
    assert tables.read(tmp_path / "b.xlsx").column(1) == ("late", "#REF!", "dear")


def test_blank_rows_and_columns_around_the_table_are_left_out_those_within_stay(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for cell, value in {"C4": "id", "D4": "comment", "C5": "1", "D5": "late", "C7": "2", "D7": "dear"}.items():
        sheet[cell] = value
    sheet["H40"].font = openpyxl.styles.Font(bold=True)  # formatted only
    book.save(tmp_path / "a.xlsx")
    table = tables.read(tmp_path / "a.xlsx")
    assert table.names == HEADER
    assert [table.row(row) for row in range(table.n_rows)] == [("1", "late"), ("", ""), ("2", "dear")]


def test_repeated_and_empty_names_are_kept(tmp_path: Path) -> None:
    table = tables.read(write_xlsx(tmp_path / "a.xlsx", {"S": [("a", None, "a"), (1, 2, 3)]}))
    assert table.names == ("a", "", "a")


def test_of_merged_cells_the_first_has_the_text(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [HEADER, ("1", "late"), ("2", "x"), ("3", "dear")]:
        sheet.append(row)
    sheet.merge_cells("B2:B3")
    book.save(tmp_path / "a.xlsx")
    assert tables.read(tmp_path / "a.xlsx").column(1) == ("late", "", "dear")


def test_the_first_visible_sheet_with_rows_is_read_and_all_are_offered(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "a.xlsx",
        {"secret": [HEADER, (1, "x")], "empty": [], "评论": [HEADER, (1, "late")], "more": [HEADER, (2, "dear")]},
        hidden=["secret"],
    )
    table = tables.read(path)
    assert table.format.sheet == "评论"
    assert tables.sheets(path) == ("empty", "评论", "more", "secret")
    assert tables.read(path, format=TableFormat(sheet="secret", kind="xlsx")).row(0) == ("1", "x")

    missing = problem_of(path, TableFormat(sheet="gone", kind="xlsx"))
    assert missing.problem is Problem.SHEET_MISSING
    assert missing.values["sheets"] == ("empty", "评论", "more", "secret")


def test_a_first_row_that_is_data_already_is_data(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", {"S": [("The delivery was late.",), ("It broke.",), ("Too dear.",)]})
    assert tables.read(path).n_rows == 3
    assert tables.read(path, format=TableFormat(kind="xlsx", has_header=True)).n_rows == 2


def test_a_workbook_in_an_archive_and_with_another_ending_is_read(tmp_path: Path) -> None:
    whole = write_xlsx(tmp_path / "a.xlsx", {"one": [HEADER, (1, "late")], "two": [HEADER, (2, "dear")]})
    packed = tmp_path / "a.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(whole, "in/a.xlsx")
        archive.writestr("b.csv", "id,comment\n")
    table = tables.read(packed, format=TableFormat(member="in/a.xlsx", sheet="two", kind="xlsx"))
    assert table.row(0) == ("2", "dear")
    assert tables.parts(packed, table.format) == tables.Parts(("in/a.xlsx", "b.csv"), ("one", "two"))
    renamed = whole.rename(tmp_path / "a.csv")
    assert tables.read(renamed).row(0) == ("1", "late")


def test_ods_and_xls_are_read(tmp_path: Path, shared_data: Path) -> None:
    rows = [
        [ods_cell("id"), ods_cell("comment"), ods_cell("day")],
        [ods_cell("007"), ods_cell("太慢了"), ods_cell("1.3.26", kind="date", value="2026-03-01")],
        [ods_cell("1,50", kind="float", value="1.5"), ods_cell("fine"), ods_cell("")],
    ]
    table = tables.read(write_ods(tmp_path / "a.ods", "S", rows))
    assert [table.row(row) for row in range(2)] == [("007", "太慢了", "2026-03-01"), ("1.5", "fine", "")]
    assert table.format.kind == "ods"

    table = tables.read(shared_data / "import" / "messytables" / "simple.xls")
    assert table.names == ("date", "temperature", "place")
    assert table.row(0) == ("2011-01-01", "1", "Galway")


def test_a_protected_workbook_gets_a_sentence(shared_data: Path, tmp_path: Path) -> None:
    path = shared_data / "import" / "messytables" / "encrypted_no_password.xls"
    assert problem_of(path).problem is Problem.FILE_PROTECTED
    ods = write_ods(tmp_path / "a.ods", "S", [])
    with zipfile.ZipFile(ods, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", b"\x00\x01")
        archive.writestr("META-INF/manifest.xml", "<m:encryption-data/>")
    assert problem_of(ods).problem is Problem.FILE_PROTECTED


def test_a_damaged_workbook_gets_a_sentence_wherever_it_is_cut(tmp_path: Path, shared_data: Path) -> None:
    whole = write_xlsx(tmp_path / "a.xlsx", {"S": [HEADER, *((i, f"late {i}") for i in range(50))]}).read_bytes()
    path = tmp_path / "b.xlsx"
    known = {Problem.FILE_DAMAGED, Problem.TABLE_NO_ROWS, Problem.ARCHIVE_NO_TABLE, Problem.FILE_BINARY}
    for part in (5, 30, 100, 1000, len(whole) // 2, len(whole) - 40):
        path.write_bytes(whole[:part])
        assert problem_of(path).problem in known, part
    old = (shared_data / "import" / "messytables" / "simple.xls").read_bytes()
    for part in (8, 600, 5000, len(old) // 2):
        path.write_bytes(old[:part])
        assert problem_of(path).problem in known, part


def test_an_encoding_that_is_not_there_is_damage(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", {"S": [HEADER, (1, "late")]})
    for part in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
        with_part(path, part, lambda data: b'<?xml version="1.0" encoding="ETF-8"?>' + data[data.index(b"<", 5) :])
    assert problem_of(path).problem is Problem.FILE_DAMAGED


def test_a_workbook_without_rows_gets_a_sentence(tmp_path: Path) -> None:
    assert problem_of(write_xlsx(tmp_path / "a.xlsx", {"S": []})).problem is Problem.TABLE_NO_ROWS
    assert problem_of(write_xlsx(tmp_path / "a.xlsx", {"S": [HEADER]})).problem is Problem.TABLE_NO_ROWS


def test_a_sheet_that_reaches_too_far_is_refused_not_tried(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "comment"
    book.active["A2"] = "late"
    book.active["XFD1048576"] = "lost"
    book.save(tmp_path / "a.xlsx")
    error = problem_of(tmp_path / "a.xlsx")
    assert error.problem is Problem.SHEET_TOO_LARGE
    assert (error.values["rows"], error.values["columns"]) == (1_048_576, 16_384)


@pytest.mark.parametrize(
    ("cells", "rows", "columns"),
    [
        ('<row r="5"><c r="zzzzzz5"><v>1</v></c></row>', 5, 321_272_406),
        ('<row r="5">' + "<c><v>1</v></c>" * 20_000 + "</row>", 3, 20_000),
        ('<row r="5"><c r="B9999999"><v>1</v></c></row><row r="3"><c r="ZZ3"/></row>', 9_999_999, 702),
    ],
)
def test_a_sheet_reaches_as_far_as_its_reader_would_go(cells: str, rows: int, columns: int, tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", {"S": [HEADER, (1, "late")]})
    end = b"</sheetData>"
    with_part(path, "xl/worksheets/sheet1.xml", lambda data: data.replace(end, cells.encode() + end))
    error = problem_of(path)
    assert error.problem is Problem.SHEET_TOO_LARGE
    assert error.values["rows"] >= rows
    assert columns <= error.values["columns"] <= columns + 2


def test_cells_without_places_are_read(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", {"S": [HEADER, *[(1, "late")] * 5]})
    with_part(path, "xl/worksheets/sheet1.xml", lambda data: re.sub(rb' r="[A-Z]*\d+"', b"", data))
    assert tables.read(path).n_rows == 5


def test_a_workbook_that_is_a_bomb_is_refused(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", {"S": [HEADER, (1, "late")]})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", b"0" * (80 * 1024**2))
    assert problem_of(path).problem is Problem.UNPACKED_TOO_LARGE


def test_reading_says_how_far_it_is_and_can_be_stopped(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", {"S": [HEADER, *((i, "late") for i in range(2000))]})
    said: list[tuple[int, int]] = []
    tables.read(path, report=lambda done, total: said.append((done, total)))
    shares = [done / total for done, total in said]
    assert all(0 <= share <= 1 for share in shares)
    assert shares[-1] > 0.8

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        tables.read(path, report=stop)


@needs_libreoffice
@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_what_libreoffice_saves_reads_the_same(ending: str, tmp_path: Path) -> None:
    rows = [("id", "comment", "day"), ("007", "太慢了", date(2026, 3, 1)), (1.5, "fine", date(2026, 3, 2))]
    path = write_xlsx(tmp_path / "a.xlsx", {"S": rows})
    table, expected = tables.read(converted(path, ending)), tables.read(path)
    assert table.columns == expected.columns


def test_titles_above_the_table_are_told_and_no_rows(tmp_path: Path) -> None:
    rows = [["Survey of 2026"], ["exported by me"], [], ["id", "name", "comment"]]
    path = write_xlsx(tmp_path / "titled.xlsx", {"Data": [*rows, [1, "Ann", "late"], [2, "Bob", "good"]]})

    reading = tables.read_with_report(path)

    assert reading.table.names == ("id", "name", "comment")
    assert reading.table.row(0) == ("1", "Ann", "late")
    assert reading.report.lines_above == ("Survey of 2026", "exported by me", "")
    again = tables.read(path, format=reading.table.format)
    assert (again.names, again.n_rows) == (reading.table.names, 2)


def test_titles_above_the_table_are_written_back(tmp_path: Path) -> None:
    rows = [["Survey of 2026"], [None, "exported"], [], ["id", "name", "day", "stars", "comment"]]
    path = write_xlsx(
        tmp_path / "titled.xlsx", {"Data": [*rows, [1, "Ann", "Monday", 2, "late"], [2, "Bob", "Friday", 5, "good"]]}
    )
    source, out = tables.read_with_report(path), tmp_path / "out.xlsx"

    tables.write(out, source.table, added=[AddedColumn("cluster", ["slow", "praise"])])

    again = tables.read_with_report(out)
    assert again.report.lines_above == source.report.lines_above == ("Survey of 2026", "\texported", "")
    assert again.table.names == ("id", "name", "day", "stars", "comment", "cluster")
    assert again.table.row(1) == ("2", "Bob", "Friday", "5", "good", "praise")
    assert openpyxl.load_workbook(out).active.freeze_panes == "A5"
