"""Review and second look by mouse and keyboard: each answer is one edit, seen everywhere and undone everywhere."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from every_way import Press, activate, answer, by_key, by_menu, by_search, labelling_of, make
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QSpinBox, QWidget
from pytestqt.qtbot import QtBot
from seen_everywhere import Moment, see_one_edit
from window_steps import LONG

from verbatlas.app.main_window import MainWindow
from verbatlas.app.review.part_list import PartList
from verbatlas.app.split.split_dialog import SplitDialog
from verbatlas.study import Merge

_LEFT = Qt.MouseButton.LeftButton
_ALT = Qt.KeyboardModifier.AltModifier
PRESSES = pytest.mark.parametrize("press", [by_key, by_menu, by_search], ids=["key", "menu", "search"])
WITH = pytest.mark.parametrize("is_mouse", [True, False], ids=["mouse", "keyboard"])


def button_of(panel: QWidget, words: str) -> QPushButton:
    return next(one for one in panel.findChildren(QPushButton) if one.text() == words and one.isVisible())


def enter(qtbot: QtBot, window: MainWindow, words: str) -> None:
    """Type where the keyboard is, and press Enter."""
    activate(qtbot, window)
    QTest.keyClicks(QApplication.focusWidget(), words)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


@PRESSES
def test_a_name_is_accepted_by_enter(press: Press, qtbot: QtBot, mapped_window: MainWindow, tmp_path: Path) -> None:
    window, before = mapped_window, Moment.of(mapped_window)
    press(qtbot, window, "review")
    cluster = window.selection.cluster
    enter(qtbot, window, "")
    assert window.selection.cluster != cluster
    after = see_one_edit(qtbot, window, before, tmp_path)
    assert after.clusters[cluster].named_by_hand
    assert after.clusters[cluster].name == before.labelling.clusters[cluster].name


@PRESSES
def test_a_name_is_typed(press: Press, qtbot: QtBot, mapped_window: MainWindow, tmp_path: Path) -> None:
    window, before = mapped_window, Moment.of(mapped_window)
    press(qtbot, window, "review")
    cluster = window.selection.cluster
    enter(qtbot, window, "Batteries")
    after = see_one_edit(qtbot, window, before, tmp_path)
    assert after.clusters[cluster].name == "Batteries"


def test_a_name_is_accepted_by_the_button(qtbot: QtBot, mapped_window: MainWindow, tmp_path: Path) -> None:
    window, before = mapped_window, Moment.of(mapped_window)
    by_menu(qtbot, window, "review")
    cluster = window.selection.cluster
    qtbot.mouseClick(button_of(window.desk.review, "Accept and go on"), _LEFT)
    assert see_one_edit(qtbot, window, before, tmp_path).clusters[cluster].named_by_hand


@WITH
def test_a_cluster_is_merged(is_mouse: bool, qtbot: QtBot, mapped_window: MainWindow, tmp_path: Path) -> None:
    window = mapped_window
    by_key(qtbot, window, "review")
    cluster, before = window.selection.cluster, Moment.of(window)
    other = next(id_ for id_ in before.labelling.clusters if id_ != cluster)
    if is_mouse:
        qtbot.mouseClick(button_of(window.desk.review, "Merge…"), _LEFT)
    else:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_M, _ALT)
    answer(qtbot, window, before.labelling.clusters[other].name)
    after = see_one_edit(qtbot, window, before, tmp_path)
    assert (after.members[before.labelling.members == other] == cluster).all()


@WITH
def test_a_cluster_is_split(is_mouse: bool, qtbot: QtBot, mapped_window: MainWindow, tmp_path: Path) -> None:
    window = mapped_window
    by_key(qtbot, window, "review")
    cluster, before = window.selection.cluster, Moment.of(window)
    if is_mouse:
        qtbot.mouseClick(button_of(window.desk.review, "Split…"), _LEFT)
    else:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_S, _ALT)
    dialog = next(one for one in window.findChildren(SplitDialog) if one.isVisible())
    number = dialog.findChild(QSpinBox)
    number.selectAll()
    qtbot.keyClicks(number, "2")
    split = button_of(dialog, "Split")
    qtbot.waitUntil(split.isEnabled, timeout=LONG)
    if is_mouse:
        qtbot.mouseClick(split, _LEFT)
    else:
        qtbot.keyClick(number, Qt.Key.Key_Return)
    after = see_one_edit(qtbot, window, before, tmp_path)
    assert len(set(after.members[before.labelling.members == cluster].tolist())) == 2


def all_shown(qtbot: QtBot, parts: PartList) -> None:
    """Wait for the parts, the last of which come when they are scrolled to."""
    qtbot.waitUntil(lambda: bool(parts.parts), timeout=LONG)
    while not parts.more.isHidden():
        parts.more.click()


@pytest.fixture
def of_parts(qtbot: QtBot, mapped_window: MainWindow) -> MainWindow:
    """All clusters are one, and the review shows the four parts of it that the program finds."""
    window = mapped_window
    make(qtbot, window, Merge(list(labelling_of(window).clusters)))
    by_key(qtbot, window, "review")
    all_shown(qtbot, window.desk.review.parts)
    assert len(window.desk.review.parts.parts) == 4
    return window


def rows_shown(parts: PartList) -> list[int]:
    """The first comment that is shown of each part."""
    return [part.comments.comments[0].row for part in parts.parts]


def test_several_parts_are_named_by_one_entry(qtbot: QtBot, of_parts: MainWindow, tmp_path: Path) -> None:
    window, panel, before = of_parts, of_parts.desk.review, Moment.of(of_parts)
    first, *others = rows_shown(panel.parts)
    enter(qtbot, window, "2, 3-4: late")
    assert labelling_of(window) is before.labelling
    assert [part.name.text() for part in panel.parts.parts] == ["", "late", "late", "late"]
    enter(qtbot, window, "Batteries")
    after = see_one_edit(qtbot, window, before, tmp_path)
    (whole,) = before.labelling.clusters
    names = {id_: cluster.name for id_, cluster in after.clusters.items()}
    assert sorted(names.values()) == ["Batteries", "late"]
    assert names[whole] == "Batteries"
    assert after.members[first] == whole
    assert {names[int(member)] for member in after.members[others]} == {"late"}


def test_a_part_is_named_in_its_own_field_with_the_mouse(qtbot: QtBot, of_parts: MainWindow, tmp_path: Path) -> None:
    window, panel, before = of_parts, of_parts.desk.review, Moment.of(of_parts)
    second, third = panel.parts.parts[1:3]
    rows = rows_shown(panel.parts)
    qtbot.mouseClick(second.name, _LEFT)
    QTest.keyClicks(second.name, "late")
    qtbot.mouseClick(third.name, _LEFT)
    qtbot.mouseClick(third.buttons["late"], _LEFT)
    qtbot.mouseClick(button_of(panel, "Accept and go on"), _LEFT)
    after = see_one_edit(qtbot, window, before, tmp_path)
    names = [after.clusters[int(after.members[row])].name for row in rows[:3]]
    assert names[1:] == ["late", "late"]
    assert names[0] != "late"


@pytest.fixture
def doubtful(qtbot: QtBot, mapped_window: MainWindow) -> MainWindow:
    """Each of two clusters is two in truth, and what is said to be doubtful in them is what the program finds."""
    window = mapped_window
    one, two, three, four, *_ = labelling_of(window).clusters
    make(qtbot, window, Merge([one, two]))
    make(qtbot, window, Merge([three, four]))
    for cluster in labelling_of(window).clusters:
        assert window.session.rename(cluster, f"Theme {cluster}")
    return window


def look(qtbot: QtBot, window: MainWindow, press: Callable[[QtBot, MainWindow, str], None]) -> list[int]:
    """Ask for the second look, and return a comment of each doubtful part."""
    press(qtbot, window, "second_look")
    all_shown(qtbot, window.desk.doubts.parts)
    return rows_shown(window.desk.doubts.parts)


@PRESSES
def test_doubtful_parts_are_corrected_by_their_numbers(
    press: Press, qtbot: QtBot, doubtful: MainWindow, tmp_path: Path
) -> None:
    window, panel, before = doubtful, doubtful.desk.doubts, Moment.of(doubtful)
    rows = look(qtbot, window, press)
    assert rows
    enter(qtbot, window, f"1-{len(rows)}: Something new")
    assert labelling_of(window) is before.labelling
    assert panel.enter_words.startswith("Done: correct ")
    enter(qtbot, window, "")
    after = see_one_edit(qtbot, window, before, tmp_path)
    assert {after.clusters[int(member)].name for member in after.members[rows]} == {"Something new"}
    assert window.desk.review.isVisible()


def test_a_doubtful_part_is_corrected_with_the_mouse(qtbot: QtBot, doubtful: MainWindow, tmp_path: Path) -> None:
    window, panel, before = doubtful, doubtful.desk.doubts, Moment.of(doubtful)
    rows = look(qtbot, window, by_menu)
    name, place = next(iter(panel.parts.parts[0].buttons.items()))
    qtbot.mouseClick(place, _LEFT)
    qtbot.mouseClick(button_of(panel, panel.enter_words), _LEFT)
    after = see_one_edit(qtbot, window, before, tmp_path)
    assert after.clusters[int(after.members[rows[0]])].name.casefold() == name
    assert np.isin(np.flatnonzero(after.members != before.labelling.members), rows[0]).any()
