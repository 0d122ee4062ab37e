"""What the page of keys says of the places outside the menus is what is pressed there."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from verbatlas.app.main_window import MainWindow
from verbatlas.app.other_keys import any_of, other_keys
from verbatlas.app.review.part_entry import PartEntry
from verbatlas.app.review.review_panel import ReviewPanel


def keys_of(place: str) -> dict[str, str]:
    """Return what is pressed in a place, by what it does."""
    return {key.title: key.keys for key in other_keys()[place]}


def test_every_key_of_the_review_is_listed_and_no_other(qtbot: QtBot) -> None:
    panel = ReviewPanel()
    qtbot.addWidget(panel)
    there = {shortcut.key().toString() for shortcut in panel.findChildren(QShortcut)}
    listed = {keys for keys in keys_of("In the review").values() if keys.startswith("Alt+")}
    assert listed == there == {"Alt+M", "Alt+S", "Alt+B", "Alt+N", "Alt+L"}


def test_the_numbers_of_parts_are_typed_as_the_page_says() -> None:
    assert PartEntry.of(keys_of("In the review")["Name parts by their numbers"]) == PartEntry((2, 4, 5, 6), "name")


@pytest.mark.parametrize(("title", "is_nearer"), [("Zoom in", True), ("Zoom out", False)])
def test_the_listed_keys_zoom_the_map(title: str, is_nearer: bool, mapped_window: MainWindow) -> None:
    view = mapped_window.desk.map
    before = view.visible_extent()
    keys = keys_of("On the map")[title].replace("−", "-")
    QTest.keyClick(view.canvas, QKeySequence(keys)[0].key())
    assert (view.visible_extent() < before) is is_nearer
    QTest.keyClick(view.canvas, QKeySequence(keys_of("On the map")["Show the whole map"])[0].key())
    assert view.visible_extent() == pytest.approx(before)


def test_an_arrow_moves_the_map_and_escape_selects_nothing(mapped_window: MainWindow) -> None:
    view, selection = mapped_window.desk.map, mapped_window.selection
    before = view.canvas.camera.bounds
    QTest.keyClick(view.canvas, Qt.Key.Key_Right)
    assert view.canvas.camera.bounds.left > before.left
    selection.choose(np.ones(42, np.bool_))
    assert keys_of("On the map")["Select nothing"] == "Esc"
    QTest.keyClick(view.canvas, Qt.Key.Key_Escape)
    assert not selection.chosen.any()


def test_enter_keeps_the_name_typed_in_the_list_and_goes_to_the_next_cluster(
    qtbot: QtBot, mapped_window: MainWindow
) -> None:
    assert list(keys_of("In the list of clusters").values()) == ["F2", "Enter"]
    view = mapped_window.desk.clusters.view
    mapped_window.activateWindow()
    qtbot.waitUntil(mapped_window.isActiveWindow)
    view.setFocus()
    view.setCurrentIndex(view.model().index(0, 0))
    first = view.chosen()
    QTest.keyClick(view, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.setText("Mine 我的")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: mapped_window.session.study.labelling.clusters[first[0]].name == "Mine 我的")
    qtbot.waitUntil(lambda: view.chosen() not in {(), first})


def test_several_keys_are_joined_in_words() -> None:
    assert any_of(["F1", "?"]) == "F1 or ?"
