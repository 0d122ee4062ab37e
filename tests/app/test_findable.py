"""Ctrl+K finds what stands in menus, submenus, over the map and in the panels, and does it."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QMenu, QMenuBar
from pytestqt.qtbot import QtBot
from window_steps import LONG, wait_until_idle

from verbatlas.app.detail_lines import DETAIL_ROLE
from verbatlas.app.findable import Findable, of_desk, of_menu_bar
from verbatlas.app.main_window import MainWindow
from verbatlas.app.map.gestures import Tool
from verbatlas.app.type_ahead import TypeAhead
from verbatlas.study import Delete


@pytest.fixture
def pressed_window(qtbot: QtBot, mapped_window: MainWindow) -> Iterator[MainWindow]:
    """The window with a map and with the keyboard."""
    mapped_window.activateWindow()
    qtbot.waitUntil(mapped_window.isActiveWindow)
    mapped_window.desk.clusters.view.setFocus()
    yield mapped_window
    for dialog in mapped_window.findChildren(TypeAhead):
        dialog.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def press_and_type(qtbot: QtBot, window: MainWindow, words: str) -> TypeAhead:
    """Press Ctrl+K and type ``words``."""
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    dialog = window.findChildren(TypeAhead)[-1]
    qtbot.waitExposed(dialog)
    dialog.findChild(QLineEdit).setText(words)
    return dialog


def shown(dialog: TypeAhead) -> list[str]:
    found = dialog.findChild(QListWidget)
    lines = [found.item(row) for row in range(found.count())]
    return [f"{line.text()}    {line.data(DETAIL_ROLE)}".rstrip() for line in lines]


def do(qtbot: QtBot, window: MainWindow, words: str) -> None:
    """Find what is called ``words`` with the keyboard alone, and do it."""
    dialog = press_and_type(qtbot, window, words)
    assert len(shown(dialog)) == 1
    QTest.keyClick(dialog.findChild(QLineEdit), Qt.Key.Key_Return)
    assert not dialog.isVisible()
    QApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def titles(found: Iterator[Findable]) -> list[str]:
    return [one.title for one in found]


def make_noise(qtbot: QtBot, window: MainWindow) -> int:
    """Dissolve two clusters; return how many comments are in none then."""
    first, second, *_ = window.session.study.labelling.clusters
    with qtbot.waitSignal(window.session.edited, timeout=LONG):
        window.session.edit(Delete([first, second]))
    wait_until_idle(qtbot, lambda: window.session.is_busy)
    return int(window.session.study.labelling.n_noise)


def test_an_entry_of_a_submenu_is_found_with_its_menu_and_done(qtbot: QtBot, pressed_window: MainWindow) -> None:
    window = pressed_window
    dialog = press_and_type(qtbot, window, "dark colours")
    assert shown(dialog) == ["Dark    Colours"]
    dialog.reject()
    QApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)
    do(qtbot, window, "dark colours")
    assert window.own.preferences.scheme == "dark"
    assert not window.desk._panels["history"].isHidden()
    do(qtbot, window, "history panels")
    assert window.desk._panels["history"].isHidden()


def test_tools_of_the_map_are_found_and_done(qtbot: QtBot, pressed_window: MainWindow) -> None:
    window, view = pressed_window, pressed_window.desk.map
    do(qtbot, window, "lasso")
    assert view.gestures._tool is Tool.LASSO
    assert view.canvas.cursor().shape() is Qt.CursorShape.CrossCursor
    before = view.visible_extent()
    do(qtbot, window, "zoom in")
    assert view.visible_extent() < before
    window.selection.choose(np.ones(42, np.bool_))
    do(qtbot, window, "select nothing")
    assert not window.selection.chosen.any()
    with qtbot.waitSignal(window.session.coloured, timeout=LONG):
        do(qtbot, window, "colour: stars")
    assert view.tools.colours.currentText() == "Colour: stars"
    assert not view.legend.isHidden()


def test_what_to_do_with_the_comments_in_no_cluster_is_found_and_done(qtbot: QtBot, pressed_window: MainWindow) -> None:
    window = pressed_window
    n_noise = make_noise(qtbot, window)
    do(qtbot, window, "select them no cluster")
    assert int(window.selection.chosen.sum()) == n_noise
    assert not window.desk.noise.is_seen
    with qtbot.waitSignal(window._view.advice.noise_placed, timeout=LONG):
        do(qtbot, window, "every comment gets a cluster")  # shows first where they would go
    assert window.desk.noise.is_seen
    with qtbot.waitSignal(window.session.edited, timeout=LONG):
        do(qtbot, window, "every comment gets a cluster")
    assert window.session.study.labelling.n_noise == 0


def test_search_filters_and_offers_are_found_only_when_there_is_something_to_do(
    qtbot: QtBot, pressed_window: MainWindow
) -> None:
    window, desk = pressed_window, pressed_window.desk
    at_first = titles(of_desk(desk))
    later = {"Select the comments that were found", "Forget the search (Esc)", "Clear all filters", "Merge with it"}
    assert later.isdisjoint(at_first)
    assert {"Move them too", "No"}.isdisjoint(at_first)
    assert {"stars", "Cluster"} <= {one.title for one in of_desk(desk) if one.place == "Add a filter"}

    desk.search.ask("refund")
    qtbot.waitUntil(desk.search.select.isEnabled, timeout=LONG)
    assert later & {*titles(of_desk(desk))} == {"Select the comments that were found", "Forget the search (Esc)"}
    assert "Make a new cluster of the comments that were found" in titles(of_desk(desk))
    do(qtbot, window, "select the comments that were found")
    n_found = int(window.selection.chosen.sum())
    assert 0 < n_found < 42
    do(qtbot, window, "forget the search")
    assert desk.search.query is None

    desk.clusters.clusters_selected.emit((next(iter(window.session.study.labelling.clusters)),))
    qtbot.waitUntil(lambda: "Merge with it" in titles(of_desk(desk)), timeout=LONG)
    merge = next(one for one in of_desk(desk) if one.title == "Merge with it")
    assert merge.place.startswith("Most like it: ")
    n_clusters = len(window.session.study.labelling.clusters)
    with qtbot.waitSignal(window.session.edited, timeout=LONG):
        do(qtbot, window, "merge with it")
    assert len(window.session.study.labelling.clusters) == n_clusters - 1

    desk.proposal.offer(3, "Late")
    offered = {one.title: one.place for one in of_desk(desk) if "3 similar comments" in one.place}
    assert list(offered) == ["Look at them", "Move them too", "No"]
    with qtbot.waitSignal(desk.proposal.refused):
        do(qtbot, window, "no similar comments may")


def test_what_is_done_by_a_menu_itself_comes_before_its_namesake_of_a_submenu(
    qtbot: QtBot, pressed_window: MainWindow
) -> None:
    assert shown(press_and_type(qtbot, pressed_window, "histo"))[0].startswith("History    Ctrl+H")


def test_no_disabled_entry_is_found_and_an_ampersand_stays_one(qtbot: QtBot) -> None:
    bar = QMenuBar()
    qtbot.addWidget(bar)
    menu = bar.addMenu("&File")
    menu.addAction("&Open…")
    menu.addAction("Gone").setEnabled(False)
    menu.addSeparator()
    recent = menu.addMenu("Open &recent")
    recent.aboutToShow.connect(lambda: fill(recent))
    assert [(one.title, one.detail) for one in of_menu_bar(bar)] == [("Open", ""), ("R&D.csv", "Open recent")]


def fill(menu: QMenu) -> None:
    menu.clear()
    menu.addAction("R&&D.csv")


def test_on_the_first_page_nothing_of_the_desk_is_found_and_it_is_not_built(qtbot: QtBot, window: MainWindow) -> None:
    dialog = press_and_type(qtbot, window, "")
    assert any(line.endswith("    Samples") for line in shown(dialog))
    assert not any("lasso" in line for line in shown(dialog))
    assert window._desk is None
    dialog.reject()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
