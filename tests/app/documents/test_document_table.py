"""The table is counted, sorted, narrowed and selected in, and tells the window without being told back."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QMenu
from pytestqt.qtbot import QtBot

from verbatlas.app.documents.document_table import DocumentTable
from verbatlas.app.documents.listing import CLUSTER, COMMENT, Listing
from verbatlas.study import Cluster, Labelling, Settings, Study
from verbatlas.tables import TableFormat, from_columns

STARS = 4


def shown(table: DocumentTable) -> list[int]:
    return table.model.rows.tolist()


def count(table: DocumentTable) -> str:
    return table.findChild(QLabel, "document_count").text()


def only(table: DocumentTable) -> QCheckBox:
    return table.findChild(QCheckBox, "only_selected")


def mask(*rows: int) -> np.ndarray:
    found = np.zeros(12, np.bool_)
    found[list(rows)] = True
    return found


def click_heading(table: DocumentTable, column: int) -> None:
    header = table.view.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(column) + 20, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_heading_sorts_up_then_down_then_as_the_file_was(table: DocumentTable, qtbot: QtBot) -> None:
    click_heading(table, COMMENT)
    qtbot.waitUntil(lambda: shown(table) == list(range(11, -1, -1)))
    click_heading(table, COMMENT)
    qtbot.waitUntil(
        lambda: shown(table) == list(range(12)) and table.view.horizontalHeader().sortIndicatorSection() == 1
    )
    click_heading(table, STARS)
    qtbot.waitUntil(lambda: shown(table)[:3] == [0, 5, 10])
    click_heading(table, STARS)
    qtbot.waitUntil(lambda: shown(table)[:2] == [4, 9])
    click_heading(table, STARS)
    qtbot.waitUntil(lambda: shown(table) == list(range(12)))


def test_sorting_keeps_the_selection_and_the_current_row(table: DocumentTable, qtbot: QtBot) -> None:
    table.show_selected(mask(0, 5))
    table.select_row(5)
    with qtbot.assertNotEmitted(table.rows_selected), qtbot.assertNotEmitted(table.row_activated):
        table.sort_by(COMMENT)
        qtbot.waitUntil(lambda: shown(table)[0] == 11)
    assert table.view.currentIndex().row() == 6
    assert np.flatnonzero(table.model.chosen).tolist() == [0, 5]


def test_it_says_how_many_are_shown(table: DocumentTable) -> None:
    assert count(table) == "12 comments"
    table.show_only(mask(1, 2, 8))
    assert count(table) == "3 of 12 comments"
    assert shown(table) == [1, 2, 8]
    table.show_only(None)
    assert count(table) == "12 comments"


def test_only_the_selected_can_be_shown(table: DocumentTable) -> None:
    assert not only(table).isEnabled()
    table.show_selected(mask(3, 4))
    only(table).click()
    assert shown(table) == [3, 4]
    table.show_selected(mask(7))
    assert shown(table) == [7], "another selection of the map or a list is shown"
    table.show_selected(mask())
    assert shown(table) == []
    only(table).click()
    assert len(shown(table)) == 12


def test_the_comments_of_the_selected_clusters_count_while_no_comment_is_selected(table: DocumentTable) -> None:
    table.show_of_clusters(lambda: mask(1, 2))
    assert only(table).isEnabled()
    only(table).click()
    assert shown(table) == [1, 2]
    table.show_of_clusters(lambda: mask(5))
    assert shown(table) == [5], "another cluster"
    table.show_selected(mask(7, 8))
    assert shown(table) == [7, 8], "comments come before clusters"
    table.show_of_clusters(lambda: mask(1))
    assert shown(table) == [7, 8]
    table.show_selected(mask())
    assert shown(table) == [1]
    table.show_of_clusters(None)
    assert shown(table) == []
    only(table).click()
    assert not only(table).isEnabled()


def test_the_same_comments_of_a_cluster_leave_the_table_where_it_is(table: DocumentTable, qtbot: QtBot) -> None:
    table.show_of_clusters(lambda: mask(1, 2))
    only(table).click()
    with qtbot.assertNotEmitted(table.model.modelReset):
        table.show_of_clusters(lambda: mask(1, 2))  # after an edit elsewhere
    assert shown(table) == [1, 2]


def test_selecting_in_it_does_not_narrow_what_is_shown(table: DocumentTable) -> None:
    table.rows_selected.connect(table.show_selected)  # as the window gives every choice back to all its parts
    table.show_selected(mask(3, 4, 5))
    only(table).click()
    place = table.view.visualRect(table.model.index(1, 1)).center()
    QTest.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert np.flatnonzero(table.model.chosen).tolist() == [4]
    assert shown(table) == [3, 4, 5]


def test_filter_selection_and_order_go_together(table: DocumentTable, qtbot: QtBot) -> None:
    table.show_only(mask(1, 2, 3))
    table.show_selected(mask(2, 3, 4))
    only(table).click()
    table.sort_by(COMMENT)
    qtbot.waitUntil(lambda: shown(table) == [3, 2])


def test_what_the_person_does_is_announced_and_what_the_window_does_is_not(table: DocumentTable, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(table.rows_selected), qtbot.assertNotEmitted(table.row_activated):
        table.show_selected(mask(1))
        table.select_row(9)
        table.select_row(None)
    place = table.view.visualRect(table.model.index(2, 1)).center()
    with qtbot.waitSignals([table.rows_selected, table.row_activated]):
        QTest.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(table.row_activated) as again:
        QTest.keyClick(table.view, Qt.Key.Key_Return)
    assert again.args == [2]


def test_a_selection_of_another_study_is_refused(table: DocumentTable) -> None:
    with pytest.raises(ValueError, match="5 bits for 12 comments"):
        table.show_selected(np.ones(5, np.bool_))


def test_a_renamed_cluster_moves_in_the_order_of_clusters(table: DocumentTable, listing: Listing, qtbot: QtBot) -> None:
    table.sort_by(CLUSTER)
    qtbot.waitUntil(lambda: shown(table)[:3] == [1, 5, 9])
    assert listing.labelling is not None
    clusters = {**listing.labelling.clusters, 0: Cluster(0, "A new name")}
    table.show_labelling(replace(listing.labelling, clusters=clusters))
    qtbot.waitUntil(lambda: shown(table)[:3] == [0, 4, 8])


def test_the_menu_has_the_given_actions_and_sorts_without_a_mouse(table: DocumentTable, qtbot: QtBot) -> None:
    mine = QAction("Move to…", table)
    table.offer_actions([mine])
    table.view.selection.go_to(0)
    table.view.customContextMenuRequested.emit(QPoint(5, 5))
    menu = table.findChild(QMenu)
    texts = [action.text() for action in menu.actions() if not action.isSeparator() and action.isVisible()]
    assert texts[0] == "Move to…"
    assert texts[1:] == ["Sort by Row, smallest first", "Sort by Row, largest first", "In the order of the file"]
    menu.actions()[3].trigger()
    menu.hide()
    qtbot.waitUntil(lambda: shown(table) == list(range(11, -1, -1)))


@pytest.mark.parametrize(("column", "about"), [(CLUSTER, None), (STARS, 1)])
def test_the_menu_of_a_heading_filters_by_its_column(
    table: DocumentTable, qtbot: QtBot, column: int, about: int | None
) -> None:
    header = table.view.horizontalHeader()
    header.customContextMenuRequested.emit(QPoint(header.sectionViewportPosition(column) + 4, 5))
    menu = table.findChild(QMenu)
    action = menu.actions()[-1]
    title = table.model.listing.title(column)
    assert (action.text(), action.isVisible()) == (f"Filter by {title}…", True)
    with qtbot.waitSignal(table.filter_asked) as asked:
        action.trigger()
    menu.hide()
    assert asked.args == [about]


def test_another_study_begins_anew(table: DocumentTable, make_listing, qtbot: QtBot) -> None:  # type: ignore[no-untyped-def]
    table.sort_by(COMMENT, descending=True)
    table.show_selected(mask(1))
    only(table).click()
    table.show_listing(make_listing(["b", "a"]))
    assert shown(table) == [0, 1]
    assert not only(table).isChecked()
    assert not table.model.chosen.any()
    table.show_study(None)
    assert count(table) == "0 comments"
    assert not table.grab().isNull()


def test_a_real_study_is_shown_before_and_after_its_clusters(table: DocumentTable, tmp_path: Path) -> None:
    columns = [["good", "bad\ud800", "x" * 1_000_000]]
    file = from_columns(["text"], columns, TableFormat())
    with Study.create(tmp_path / "a.verbatlas", table=file, text_columns=[0], settings=Settings()) as study:
        table.show_study(study)
        assert table.model.index(0, CLUSTER).data() == ""
        table.show_labelling(Labelling(np.zeros(3, np.int32), np.ones(3, np.float32), {0: Cluster(0, "All")}, 1))
    assert table.model.index(0, CLUSTER).data() == "All"
    assert not table.grab().isNull()


def test_tab_comes_to_the_box_above_the_table_too(table: DocumentTable, qtbot: QtBot) -> None:
    table.activateWindow()
    table.show_selected(mask(3))
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Tab)
    assert only(table).hasFocus()
    QTest.keyClick(only(table), Qt.Key.Key_Tab)
    assert table.view.hasFocus()
