"""The preview shows the first rows, shortened, and says which columns were chosen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from verbatlas.app.preview_model import PREVIEW_ROWS, PreviewModel, shortened
from verbatlas.tables import Table, TableFormat, from_columns


@pytest.fixture
def table() -> Table:
    rows = [f"row {number}" for number in range(250)]
    return from_columns(["a", ""], [rows, [None, *rows[1:]]], TableFormat())


def test_the_model_keeps_the_rules_of_qt(qtbot: QtBot, table: Table) -> None:
    model = PreviewModel(table)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.choose(frozenset({1}))


def test_a_long_table_is_shown_by_its_beginning(qtbot: QtBot, table: Table) -> None:
    model = PreviewModel(table)
    assert (model.rowCount(), model.columnCount()) == (PREVIEW_ROWS, 2)
    assert model.index(0, 1).data() == ""
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Column 2"
    assert model.headerData(99, Qt.Orientation.Vertical) == "100"


def test_a_chosen_column_is_ticked_and_the_others_step_back(qtbot: QtBot, table: Table) -> None:
    model = PreviewModel(table)
    model.choose(frozenset({0}))
    assert model.headerData(0, Qt.Orientation.Horizontal) == "✓ a"
    assert model.index(0, 0).data(Qt.ItemDataRole.ForegroundRole) is None
    assert model.index(0, 1).data(Qt.ItemDataRole.ForegroundRole) is not None


@pytest.mark.parametrize(
    ("text", "shown"), [("two\nlines", "two lines"), ("x" * 400, "x" * 300 + "…"), ("  ", ""), ("好" * 3, "好好好")]
)
def test_a_cell_is_shown_on_one_line_and_not_without_end(text: str, shown: str) -> None:
    assert shortened(text) == shown
