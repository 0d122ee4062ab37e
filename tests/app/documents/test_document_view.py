"""Rows are selected by mouse and keyboard as in any other table."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from verbatlas.app.documents.document_table import DocumentTable
from verbatlas.app.documents.document_view import DocumentView

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


@pytest.fixture
def view(table: DocumentTable) -> DocumentView:
    return table.view


def place(view: DocumentView, row: int) -> QPoint:
    return view.visualRect(view.model().index(row, 1)).center()


def click(view: DocumentView, row: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.mouseClick(view.viewport(), LEFT, modifier, place(view, row))


def chosen(view: DocumentView) -> list[int]:
    return np.flatnonzero(view.model().chosen).tolist()  # type: ignore[attr-defined]


def test_clicks_select_one_more_and_ranges(view: DocumentView) -> None:
    click(view, 1)
    assert chosen(view) == [1]
    click(view, 4, SHIFT)
    assert chosen(view) == [1, 2, 3, 4]
    click(view, 2, CONTROL)
    assert chosen(view) == [1, 3, 4]
    click(view, 3)
    assert chosen(view) == [3], "a plain click on one of the selected rows leaves only that one"


def test_the_keyboard_selects_ranges_and_all(view: DocumentView) -> None:
    view.setFocus()
    click(view, 0)
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Down, SHIFT)
    assert chosen(view) == [1, 2]
    QTest.keyClick(view, Qt.Key.Key_A, CONTROL)
    assert chosen(view) == list(range(12))


def test_a_drag_selects_what_it_passes(view: DocumentView) -> None:
    QTest.mousePress(view.viewport(), LEFT, pos=place(view, 1))
    QTest.mouseMove(view.viewport(), place(view, 2))
    QTest.mouseMove(view.viewport(), place(view, 3))
    QTest.mouseRelease(view.viewport(), LEFT, pos=place(view, 3))
    assert chosen(view) == [1, 2, 3]


def test_the_right_button_keeps_a_selection_that_it_meets(view: DocumentView) -> None:
    view.selectAll()
    QTest.mouseClick(view.viewport(), RIGHT, pos=place(view, 2))
    assert len(chosen(view)) == 12
    click(view, 0)
    QTest.mouseClick(view.viewport(), RIGHT, pos=place(view, 2))
    assert chosen(view) == [2]


def test_so_does_it_with_more_ranges_than_qt_is_told_of(table: DocumentTable, make_listing) -> None:  # type: ignore[no-untyped-def]
    table.show_listing(make_listing(["a"] * 10_000))
    table.show_selected(np.arange(10_000) % 2 == 0)
    QTest.mouseClick(table.view.viewport(), RIGHT, pos=place(table.view, 2))
    assert len(chosen(table.view)) == 5_000
    click(table.view, 1, CONTROL)
    assert len(chosen(table.view)) == 5_001
    click(table.view, 2)
    assert chosen(table.view) == [2]


def test_a_click_below_the_rows_selects_nothing(view: DocumentView) -> None:
    click(view, 1)
    view.model().show_rows(np.arange(2))  # type: ignore[attr-defined]
    QTest.mouseClick(view.viewport(), LEFT, pos=QPoint(20, view.viewport().height() - 5))
    assert chosen(view) == []


def test_the_whole_cell_is_copied(table: DocumentTable, make_listing) -> None:  # type: ignore[no-untyped-def]
    long = "first line\n" + "x" * 5_000
    table.show_listing(make_listing([long]))
    table.view.setCurrentIndex(table.model.index(0, 1))
    QTest.keyClick(table.view, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == long


def test_typing_letters_goes_nowhere(view: DocumentView) -> None:
    click(view, 1)
    QTest.keyClicks(view, "comment a")
    assert view.currentIndex().row() == 1


def test_a_double_click_on_an_edge_fits_a_column_to_what_is_visible(view: DocumentView) -> None:
    for column in (0, 1):
        view.setColumnWidth(column, 600)
        view.resizeColumnToContents(column)
    assert view.columnWidth(0) < view.columnWidth(1) < 400


def test_tab_leaves_the_table(view: DocumentView, table: DocumentTable) -> None:
    assert not view.tabKeyNavigation()
    assert view.accessibleName() == "Comments"


def test_only_tab_goes_to_the_first_row(view: DocumentView) -> None:
    view.window().activateWindow()
    reasons = Qt.FocusReason
    for reason, expected in (
        (reasons.OtherFocusReason, -1),
        (reasons.ActiveWindowFocusReason, -1),
        (reasons.TabFocusReason, 0),
    ):
        view.clearFocus()
        view.setFocus(reason)
        assert view.hasFocus()
        assert view.currentIndex().row() == expected, reason
