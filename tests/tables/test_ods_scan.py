"""What the reader of OpenDocument sheets loses is put back: errors of formulas, tabs and line breaks."""

from pathlib import Path

from workbooks import ods_cell, write_ods

from verbatlas import tables
from verbatlas.progress import no_report
from verbatlas.tables.lost_cells import LostCells
from verbatlas.tables.ods_scan import ods_scan

_FAILED = (
    '<table:table-cell{repeated} table:formula="of:=1/0" office:value-type="string" office:string-value="">'
    "<office:annotation><text:p>a note</text:p></office:annotation>"
    "<text:p>#DIV<text:span>/0!</text:span></text:p></table:table-cell>"
)
_MANY = ' table:number-columns-repeated="2"'


def test_a_failed_formula_shows_its_error_and_no_note(tmp_path: Path) -> None:
    rows = [
        [ods_cell("id"), ods_cell("comment"), ods_cell("n")],
        [ods_cell("1"), _FAILED.format(repeated=_MANY)],
        [ods_cell("2"), ods_cell("late"), _FAILED.format(repeated="")],
    ]

    table = tables.read(write_ods(tmp_path / "a.ods", "S", rows))

    assert [table.row(row) for row in range(2)] == [("1", "#DIV/0!", "#DIV/0!"), ("2", "late", "#DIV/0!")]


def test_cells_and_rows_that_are_written_once_for_many_are_counted(tmp_path: Path) -> None:
    path = write_ods(tmp_path / "a.ods", "S", [["<table:table-cell/>"], [_FAILED.format(repeated=_MANY)] * 2])

    assert ods_scan(path, sheet="S", report=no_report) == [
        LostCells(1, 0, "#DIV/0!", n_columns=2),
        LostCells(1, 2, "#DIV/0!", n_columns=2),
    ]
    assert ods_scan(path, sheet="another", report=no_report) == []


def test_a_text_that_a_formula_left_empty_is_empty(tmp_path: Path) -> None:
    empty = '<table:table-cell office:value-type="string" office:string-value=""><text:p></text:p></table:table-cell>'
    rows = [[ods_cell("id"), ods_cell("comment")], [ods_cell("1"), empty], [ods_cell("2"), ods_cell("late")]]

    assert tables.read(write_ods(tmp_path / "a.ods", "S", rows)).column(1) == ("", "late")


def test_tabs_and_line_breaks_stay(tmp_path: Path) -> None:
    text = (
        '<table:table-cell office:value-type="string"><office:annotation><text:p>note</text:p></office:annotation>'
        '<text:p>a<text:tab/>b<text:s text:c="2"/><text:span>c<text:line-break/>d</text:span></text:p>'
        "<text:p>e</text:p>"
        "</table:table-cell>"
    )
    rows = [[ods_cell("id"), ods_cell("comment")], [ods_cell("1"), text], [ods_cell("2"), ods_cell("late")]]

    assert tables.read(write_ods(tmp_path / "a.ods", "S", rows)).column(1) == ("a\tb  c\nd\ne", "late")
