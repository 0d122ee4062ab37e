"""What is exported holds the same cells in LibreOffice."""

import csv
from pathlib import Path

import openpyxl
import pytest
from libreoffice import converted, needs_libreoffice

from verbatlas import tables
from verbatlas.tables import AddedColumn, Table, TableFormat

pytestmark = needs_libreoffice

_CELLS = (
    "The parcel was late",
    "太慢了，再也不买",
    "二〇二六年三月 😀 𠮷野家",
    "007",
    "1e5",
    "4012888888881881",
    "2026-03-01",
    "3/4",
    "1,5",
    "TRUE",
    "50 %",
    "=1+1",
    "+49 30 1234",
    "-5 stars",
    "@home",
    '=HYPERLINK("http://x")',
    'he said "never"',
    "two\nlines\n\nand more",
    "  spaces around  ",
    "a\ttab",
    "comma, semicolon; bar | and 'apostrophe'",
    "'",
    "#N/A",
    "<b>&amp;</b>",
    "_x000D_",
    "x" * 32_767,
    "الجودة سيئة",
    "",
)
_TEXT_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false"
_OPENED_AS_TEXT = "CSV:44,34,76,1,1/2/2/2/3/2/4/2"


def exported() -> tuple[Table, list[AddedColumn]]:
    ids = [f"{number:03}" for number in range(len(_CELLS))]
    table = tables.from_columns(["编号", "comment"], [ids, _CELLS], TableFormat(line_end="\r\n", byte_order_mark=True))
    numbers = [str(number % 5 - 1) for number in range(len(_CELLS))]
    return table, [AddedColumn("cluster_id", numbers), AddedColumn("cluster", ["慢"] * len(_CELLS))]


def test_a_workbook_holds_the_same_cells(tmp_path: Path) -> None:
    table, added = exported()
    tables.write(tmp_path / "out.xlsx", table, added=added)

    with converted(tmp_path / "out.xlsx", _TEXT_CSV).open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)

    assert header == ["编号", "comment", "cluster_id", "cluster"]
    assert [row[1] for row in rows] == list(_CELLS)
    assert [row[0] for row in rows] == list(table.column(0))
    assert [row[2] for row in rows] == added[0].cells


def test_delimited_text_holds_the_same_cells(tmp_path: Path) -> None:
    table, added = exported()
    tables.write(tmp_path / "out.csv", table, added=added)

    book = openpyxl.load_workbook(converted(tmp_path / "out.csv", "xlsx", opened_as=_OPENED_AS_TEXT))

    header, *rows = book.active.iter_rows(values_only=True)
    assert header == ("编号", "comment", "cluster_id", "cluster")
    assert [row[1] or "" for row in rows] == list(_CELLS)
    assert [row[0] for row in rows] == list(table.column(0))


def test_guarded_delimited_text_runs_nothing(tmp_path: Path) -> None:
    table, added = exported()
    tables.write(tmp_path / "out.csv", table, added=added, guard_formulas=True)

    book = openpyxl.load_workbook(converted(tmp_path / "out.csv", "xlsx"))

    assert not [cell.value for row in book.active.iter_rows() for cell in row if cell.data_type == "f"]


@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_what_libreoffice_saves_of_it_reads_the_same(ending: str, tmp_path: Path) -> None:
    table, added = exported()
    tables.write(tmp_path / "out.xlsx", table, added=added)

    again = tables.read(converted(tmp_path / "out.xlsx", ending))

    assert again.names == ("编号", "comment", "cluster_id", "cluster")
    assert again.column(1) == _CELLS
    assert again.column(0) == table.column(0)
