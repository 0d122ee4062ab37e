"""Through the history by key, menu, toolbar, message, list and Ctrl+K: every moment is seen everywhere."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from every_way import Press, activate, by_key, by_menu, by_search, by_toolbar, labelling_of, make, step
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from seen_everywhere import Moment, is_same, see_the_same_everywhere
from window_steps import LONG, wait_until_idle

from verbatlas.app.main_window import MainWindow
from verbatlas.study import Group, Labelling, MoveToNew, Recolour, SetNote

_LEFT = Qt.MouseButton.LeftButton


def moments(qtbot: QtBot, window: MainWindow) -> list[Labelling]:
    """Make edits of several kinds and return what the study was after each, the last one first."""
    first, second, *_ = labelling_of(window).clusters
    found = [labelling_of(window)]
    for edit in (MoveToNew(np.array([0, 30]), "Mine 我的"), Recolour(first, 9), Group([first, second], "Both")):
        make(qtbot, window, edit)
        found.append(labelling_of(window))
    make(qtbot, window, SetNote(second, "Ask again"))
    return [labelling_of(window), *reversed(found)]


PRESSES = {"key": by_key, "menu": by_menu, "toolbar": by_toolbar, "search": by_search}


@pytest.mark.parametrize("press", PRESSES.values(), ids=PRESSES)
def test_each_step_back_and_forth_is_seen_everywhere(
    press: Press, qtbot: QtBot, mapped_window: MainWindow, tmp_path: Path
) -> None:
    window, path = mapped_window, tmp_path / "moment.csv"
    now, *before = moments(qtbot, window)
    for moment in before:
        step(qtbot, window, "undo", press)
        assert is_same(labelling_of(window), moment)
        see_the_same_everywhere(qtbot, window, path)
    for moment in reversed([now, *before[:-1]]):
        step(qtbot, window, "redo", press)
        assert is_same(labelling_of(window), moment)
        see_the_same_everywhere(qtbot, window, path)
    assert not window.actions_of_window["redo"].isEnabled()


def test_the_message_of_an_edit_takes_it_back(qtbot: QtBot, mapped_window: MainWindow, tmp_path: Path) -> None:
    window, before = mapped_window, Moment.of(mapped_window)
    make(qtbot, window, MoveToNew(np.array([0, 30]), "Mine 我的"))
    undo = next(one for one in window.messages.findChildren(QPushButton) if one.text() == "Undo")
    with qtbot.waitSignal(window.session.job_ended, timeout=LONG):
        qtbot.mouseClick(undo, _LEFT)
    wait_until_idle(qtbot, lambda: window.session.is_busy)
    assert is_same(labelling_of(window), before.labelling)
    see_the_same_everywhere(qtbot, window, tmp_path / "undone.csv")


def by_click(qtbot: QtBot, window: MainWindow, row: int) -> None:
    window.desk.show_panel("history")
    view = window.desk.history.view
    qtbot.mouseClick(view.viewport(), _LEFT, pos=view.visualRect(view.model().index(row, 0)).center())


def by_arrows(qtbot: QtBot, window: MainWindow, row: int) -> None:
    """Open the history by its key, walk to a row with the arrows, and press Enter."""
    activate(qtbot, window)
    by_key(qtbot, window, "history")
    view = window.desk.history.view
    assert QApplication.focusWidget() is view
    while (by := row - view.currentIndex().row()) != 0:
        QTest.keyClick(view, Qt.Key.Key_Down if by > 0 else Qt.Key.Key_Up)
    qtbot.keyClick(view, Qt.Key.Key_Return)


@pytest.mark.parametrize("go", [by_click, by_arrows], ids=["mouse", "keyboard"])
def test_any_moment_of_the_history_is_gone_to_and_seen_everywhere(
    go: Callable[[QtBot, MainWindow, int], None], qtbot: QtBot, mapped_window: MainWindow, tmp_path: Path
) -> None:
    window, path = mapped_window, tmp_path / "moment.csv"
    known = moments(qtbot, window)
    for row in (4, 1, 3, 0):
        with qtbot.waitSignal(window.session.job_ended, timeout=LONG):
            go(qtbot, window, row)
        wait_until_idle(qtbot, lambda: window.session.is_busy)
        assert is_same(labelling_of(window), known[row])
        see_the_same_everywhere(qtbot, window, path)
