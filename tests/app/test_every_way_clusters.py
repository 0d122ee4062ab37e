"""Name, note, colour, split and drag: each edit of one cluster by mouse and keyboard, seen and undone everywhere."""

from pathlib import Path

import numpy as np
import pytest
from every_way import (
    Press,
    Reach,
    answer,
    by_key,
    by_list,
    by_map,
    by_menu,
    by_search,
    labelling_of,
    make,
    press_by_keyboard,
    press_in_menu,
    row_of,
    with_keyboard,
    with_mouse,
    with_search,
)
from PySide6.QtCore import QPointF, Qt, QTimer
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton, QSpinBox, QToolButton
from pytestqt.qtbot import QtBot
from seen_everywhere import Moment, see_one_edit
from window_steps import LONG

from verbatlas.app.card.colour_picker import ColourPicker
from verbatlas.app.main_window import MainWindow
from verbatlas.app.map.palette import cluster_colour
from verbatlas.app.split.split_dialog import SplitDialog
from verbatlas.study import Group

_LEFT = Qt.MouseButton.LeftButton


def chosen(window: MainWindow) -> int:
    """Select the first cluster and return it."""
    first = next(iter(labelling_of(window).clusters))
    window.desk.clusters.clusters_selected.emit((first,))
    return first


def button_of_card(window: MainWindow, words: str) -> QPushButton:
    card = window.desk.comment.cluster
    return next(button for button in card.findChildren(QPushButton) if button.text() == words)


REACHES = pytest.mark.parametrize("reach", [with_mouse, with_keyboard], ids=["mouse", "keyboard"])


def by_double_click(qtbot: QtBot, window: MainWindow, action: str) -> None:
    place, viewport = row_of(window, window.selection.cluster), window.desk.clusters.view.viewport()
    qtbot.mouseClick(viewport, _LEFT, pos=place)
    qtbot.mouseDClick(viewport, _LEFT, pos=place)


def by_card(qtbot: QtBot, window: MainWindow, action: str) -> None:
    qtbot.mouseClick(button_of_card(window, {"rename": "Rename…", "split": "Split…"}[action]), _LEFT)


NAMINGS = {
    "key": by_key,
    "menu": by_menu,
    "list": by_list,
    "map": by_map,
    "search": by_search,
    "double click": by_double_click,
    "card": by_card,
}


@pytest.mark.parametrize("press", NAMINGS.values(), ids=NAMINGS)
def test_a_name_is_typed_in_its_place_and_seen_everywhere(
    press: Press, qtbot: QtBot, mapped_window: MainWindow, tmp_path: Path
) -> None:
    window, first = mapped_window, chosen(mapped_window)
    view, before = window.desk.clusters.view, Moment.of(window)

    def fields() -> list[QLineEdit]:
        return [field for field in view.findChildren(QLineEdit, "cluster_name") if field.isVisible()]

    press(qtbot, window, "rename")
    (field,) = fields()
    qtbot.keyClicks(field, "Batteries & chargers")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: field not in fields())
    for following in fields():  # the name of the next cluster may be typed now
        qtbot.keyClick(following, Qt.Key.Key_Escape)
    after = see_one_edit(qtbot, window, before, tmp_path)
    assert after.clusters[first].name == "Batteries & chargers"
    assert after.clusters[first].named_by_hand


@REACHES
def test_a_note_is_written_on_the_card_and_seen_everywhere(
    reach: Reach, qtbot: QtBot, mapped_window: MainWindow, tmp_path: Path
) -> None:
    window, first = mapped_window, chosen(mapped_window)
    note, before = window.desk.comment.cluster.note, Moment.of(window)
    if reach is with_mouse:
        qtbot.mouseClick(note.viewport(), _LEFT)
        qtbot.keyClicks(note, "Ask again")
        qtbot.mouseClick(window.desk.clusters.view.viewport(), _LEFT, pos=row_of(window, first))
    else:
        press_by_keyboard(qtbot, window.desk.clusters.view, note)
        qtbot.keyClicks(note, "Ask again")
        qtbot.keyClick(note, Qt.Key.Key_Tab)
    assert not note.hasFocus()
    after = see_one_edit(qtbot, window, before, tmp_path)
    assert after.clusters[first].note == "Ask again"
    assert note.toPlainText() == ""


@REACHES
def test_a_colour_is_chosen_on_the_card_and_seen_everywhere(
    reach: Reach, qtbot: QtBot, mapped_window: MainWindow, tmp_path: Path
) -> None:
    window, first = mapped_window, chosen(mapped_window)
    picker, before = window.desk.comment.cluster.findChild(ColourPicker), Moment.of(window)

    def choose() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        if reach is with_mouse:
            names = {swatch.accessibleName(): swatch for swatch in menu.findChildren(QToolButton)}
            qtbot.mouseClick(names["Colour 8"], _LEFT)
        else:  # one to the right and one down from the first
            for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Return):
                QTest.keyClick(menu.focusWidget() or menu, key)

    QTimer.singleShot(0, choose)  # the menu of a button does not let go before it is closed
    reach(qtbot, window, picker)
    rows = np.flatnonzero(before.labelling.members == first)
    qtbot.waitUntil(lambda: any(is_drawn_in(window, 7, row) for row in rows.tolist()), timeout=LONG)
    after = see_one_edit(qtbot, window, before, tmp_path)
    assert after.clusters[first].colour == 7


def is_drawn_in(window: MainWindow, slot: int, row: int) -> bool:
    """Whether the point of a comment has about this colour of the palette in the picture of the map."""
    view = window.desk.map
    pixel = view.canvas.grab().toImage().pixelColor(view.place_of(row).toPoint())
    return max(abs(a - b) for a, b in zip(pixel.getRgb()[:3], cluster_colour(slot, "light"), strict=True)) < 40


SPLITS = {"key": by_key, "menu": by_menu, "list": by_list, "map": by_map, "search": by_search, "card": by_card}


@pytest.mark.parametrize("press", SPLITS.values(), ids=SPLITS)
def test_a_split_is_previewed_made_and_seen_everywhere(
    press: Press, qtbot: QtBot, mapped_window: MainWindow, tmp_path: Path
) -> None:
    window, first = mapped_window, chosen(mapped_window)
    before, legend = Moment.of(window), window.desk.map.legend
    press(qtbot, window, "split")
    dialog = next(one for one in window.findChildren(SplitDialog) if one.isVisible())
    number = dialog.findChild(QSpinBox)
    number.selectAll()
    qtbot.keyClicks(number, "3")
    split = next(button for button in dialog.findChildren(QPushButton) if button.text() == "Split")
    qtbot.waitUntil(split.isEnabled, timeout=LONG)
    qtbot.waitUntil(legend.isVisible, timeout=LONG)
    assert len(legend.findChildren(QPushButton)) == 3
    assert labelling_of(window) is before.labelling
    if press is by_key:
        qtbot.keyClick(number, Qt.Key.Key_Return)
    else:
        qtbot.mouseClick(split, _LEFT)
    after = see_one_edit(qtbot, window, before, tmp_path)
    new = set(after.clusters) - set(before.labelling.clusters)
    assert len(new) == 2
    assert set(after.members[before.labelling.members == first].tolist()) == {first, *new}
    assert not legend.isVisible()


@pytest.mark.parametrize("reach", [with_mouse, with_keyboard, with_search], ids=["mouse", "keyboard", "search"])
def test_the_cluster_most_like_it_is_merged_from_the_card(
    reach: Reach, qtbot: QtBot, mapped_window: MainWindow, tmp_path: Path
) -> None:
    window, first = mapped_window, chosen(mapped_window)
    merge, before = window.desk.comment.cluster.merge, Moment.of(window)
    qtbot.waitUntil(merge.isVisible, timeout=LONG)
    reach(qtbot, window, merge)
    after = see_one_edit(qtbot, window, before, tmp_path)
    assert first in after.clusters
    assert len(after.clusters) == len(before.labelling.clusters) - 1


def drag(window: MainWindow, dragged: int, onto: int) -> None:
    """Drop what a drag of a row of the list carries on another row; the drag itself is the system's, and stops here."""
    view = window.desk.clusters.view
    at, modifiers = row_of(window, onto), Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(view.viewport(), _LEFT, modifiers, row_of(window, dragged))
    data = view.model().mimeData(view.selectedIndexes())
    view.dropEvent(QDropEvent(QPointF(at), Qt.DropAction.MoveAction, data, _LEFT, modifiers))


@pytest.mark.parametrize("choice", ["Merge into", "Make a group with", "Put under"])
def test_a_cluster_is_dragged_onto_another_and_seen_everywhere(
    choice: str, qtbot: QtBot, mapped_window: MainWindow, tmp_path: Path
) -> None:
    window = mapped_window
    first, second, third, *_ = target, *_ = labelling_of(window).clusters
    if choice == "Put under":
        make(qtbot, window, Group([first, second], "Both"))
        target = max(labelling_of(window).clusters)
    before = Moment.of(window)
    drag(window, third, target)
    press_in_menu(qtbot, choice)
    if choice == "Make a group with":
        answer(qtbot, window, "Both 两者")
    after = see_one_edit(qtbot, window, before, tmp_path)
    if choice == "Merge into":
        assert (after.members[before.labelling.members == third] == first).all()
    else:
        assert after.clusters[third].parent == (target if choice == "Put under" else max(after.clusters))
    assert np.array_equal(after.members, before.labelling.members) == (choice != "Merge into")
