"""What Excel gets is what the table had: text is text, and what Excel cannot hold is said."""

import tempfile
from pathlib import Path

import openpyxl
import pytest

from verbatlas import tables
from verbatlas.errors import Problem, UserError
from verbatlas.progress import Cancelled
from verbatlas.tables import AddedColumn, TableFormat, excel_writing, from_columns


def test_text_is_text_and_added_numbers_are_numbers(tmp_path: Path) -> None:
    cells = ["007", "12345678901234567890", "1e5", "=1+1", "@x", "https://a.b", "太慢了\n差", "", None]
    table = from_columns(["code"], [cells], TableFormat())
    numbers = [str(number / 2) if number % 2 else str(number // 2) for number in range(len(cells))]
    tables.write(
        tmp_path / "a.xlsx", table, added=[AddedColumn("x", numbers), AddedColumn("cluster", ["=late"] * len(cells))]
    )
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    rows = list(sheet.iter_rows(min_row=2))
    assert [row[0].value or "" for row in rows] == [cell or "" for cell in cells]
    assert {row[0].data_type for row in rows} <= {"s", "inlineStr", "n"}
    assert [row[0].quotePrefix for row in rows[:5]] == [False, False, False, True, True]
    assert [row[1].value for row in rows] == [number / 2 for number in range(len(cells))]
    assert rows[0][2].value == "=late"
    assert rows[0][2].data_type != "f"
    assert not rows[5][0].hyperlink


def test_more_rows_than_a_sheet_holds_go_on_in_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel_writing, "MOST_ROWS", 4)
    table = from_columns(["id"], [[str(i) for i in range(7)]], TableFormat())
    tables.write(tmp_path / "a.xlsx", table)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    found = [[row[0] for row in sheet.iter_rows(values_only=True)] for sheet in book]
    assert found == [["id", "0", "1", "2"], ["id", "3", "4", "5"], ["id", "6"]]


@pytest.mark.parametrize(("cell", "fits"), [("x" * 32_767, True), ("x" * 32_768, False), ("😀" * 16_384, False)])
def test_a_cell_that_excel_cannot_hold_is_refused_and_the_old_file_stays(cell: str, fits: bool, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")
    table = from_columns(["id", "comment"], [["1", "2"], ["late", cell]], TableFormat())
    if fits:
        tables.write(path, table)
        assert tables.read(path).column(1)[1] == cell
        return
    with pytest.raises(UserError) as caught:
        tables.write(path, table)
    assert caught.value.problem is Problem.CELL_TOO_LONG
    assert caught.value.values | {"path": None} == {"path": None, "row": 2, "column": "comment", "longest": 32_767}
    assert path.read_bytes() == b"old"


def test_too_many_columns_are_refused(tmp_path: Path) -> None:
    table = from_columns(["a"] * 16_385, [["x"]] * 16_385, TableFormat())
    with pytest.raises(UserError) as caught:
        tables.write(tmp_path / "a.xlsx", table)
    assert caught.value.problem is Problem.TOO_MANY_COLUMNS


def test_a_stopped_export_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    table = from_columns(["id"], [[str(i) for i in range(2000)]], TableFormat())

    def stop(done: int, total: int) -> None:
        if done > 600:
            raise Cancelled

    with pytest.raises(Cancelled):
        tables.write(tmp_path / "a.xlsx", table, report=stop)
    assert list(tmp_path.iterdir()) == []
