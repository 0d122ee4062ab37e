"""How a person does something in the window: by key, menu, right click, toolbar, Tab and Ctrl+K."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QInputDialog,
    QLineEdit,
    QListWidget,
    QMenu,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from window_steps import LONG, wait_until_idle

from verbatlas.app.actions import plain
from verbatlas.app.clusters.cluster_model import ID_ROLE
from verbatlas.app.main_window import MainWindow
from verbatlas.app.type_ahead import TypeAhead
from verbatlas.study import NOISE, Edit, Labelling

Press = Callable[[QtBot, MainWindow, str], None]
Reach = Callable[[QtBot, MainWindow, QWidget], None]
_LEFT = Qt.MouseButton.LeftButton
_MOST_TABS = 60


def labelling_of(window: MainWindow) -> Labelling:
    return window.session.study.labelling


def make(qtbot: QtBot, window: MainWindow, edit: Edit) -> None:
    """Make an edit that a test begins with."""
    with qtbot.waitSignal(window.session.edited, timeout=LONG):
        window.session.edit(edit)
    wait_until_idle(qtbot, lambda: window.session.is_busy)


def by_key(qtbot: QtBot, window: MainWindow, action: str) -> None:
    combined = window.actions_of_window[action].shortcut()[0]
    qtbot.keyClick(window, combined.key(), combined.keyboardModifiers())


def by_menu(qtbot: QtBot, window: MainWindow, action: str) -> None:
    """Press on the menu in which the action stands, and in that, or in a menu within it, on the action."""
    wanted = window.actions_of_window[action]
    bar = window.menuBar()
    title, within = next(
        (title, within)
        for title in bar.actions()
        for within in (title.menu(), *(entry.menu() for entry in title.menu().actions() if entry.menu() is not None))
        if wanted in within.actions()
    )
    qtbot.mouseClick(bar, _LEFT, pos=bar.actionGeometry(title).center())
    if within is not title.menu():
        press_in_menu(qtbot, within.menuAction())
        qtbot.waitUntil(lambda: QApplication.activePopupWidget() is within)
    press_in_menu(qtbot, wanted)


def by_toolbar(qtbot: QtBot, window: MainWindow, action: str) -> None:
    button = window._bar.widgetForAction(window.actions_of_window[action])
    qtbot.mouseClick(button, _LEFT)


def by_search(qtbot: QtBot, window: MainWindow, action: str) -> None:
    """Find it by its words in what Ctrl+K opens."""
    search(qtbot, window, plain(window.actions_of_window[action].text()).replace("&&", "&"))


def by_list(qtbot: QtBot, window: MainWindow, action: str) -> None:
    """Press on it in the menu that a right click on the selected cluster opens in the list."""
    in_list(qtbot, window, action, cluster=window.selection.cluster)


def in_list_at_noise(qtbot: QtBot, window: MainWindow, action: str) -> None:
    """Press on it in the menu that a right click on what is in no cluster opens in the list."""
    in_list(qtbot, window, action, cluster=NOISE)


def in_list(qtbot: QtBot, window: MainWindow, action: str, *, cluster: int) -> None:
    activate(qtbot, window)
    place = row_of(window, cluster)
    viewport = window.desk.clusters.view.viewport()
    qtbot.mouseClick(viewport, Qt.MouseButton.RightButton, pos=place)
    open_menu(viewport, place)
    QTest.qWait(0)  # what was selected by the click is told now
    # Offscreen, and only there, an open menu is the active window, and leaves none when it closes.
    activate(qtbot, window)
    press_in_menu(qtbot, window.actions_of_window[action])


def by_map(qtbot: QtBot, window: MainWindow, action: str) -> None:
    """Press on it in the menu that a right click opens on the map: at a comment of the selected cluster, if any."""
    if window.selection.cluster is None:
        open_menu(window.desk.map, QPoint(2, 2))
        press_in_menu(qtbot, window.actions_of_window[action])
    else:
        at_point(qtbot, window, action, cluster=window.selection.cluster)


def on_map_at_noise(qtbot: QtBot, window: MainWindow, action: str) -> None:
    """Press on it in the menu that a right click opens at a comment in no cluster."""
    at_point(qtbot, window, action, cluster=NOISE)


def at_point(qtbot: QtBot, window: MainWindow, action: str, *, cluster: int) -> None:
    view, members = window.desk.map, labelling_of(window).members
    qtbot.waitUntil(lambda: view.canvas.points is not None, timeout=LONG)
    open_menu(view, view.place_of(int(np.flatnonzero(members == cluster)[0])).toPoint())
    press_in_menu(qtbot, window.actions_of_window[action])


def by_table(qtbot: QtBot, window: MainWindow, action: str) -> None:
    """Press on it in the menu that a right click on a selected comment opens in the table."""
    view, model = window.desk.documents.view, window.desk.documents.model
    window.desk.show_panel("documents")
    place = model.place_of(int(np.flatnonzero(window.selection.chosen)[0]))
    view.scrollTo(model.index(place, 0))
    at = view.visualRect(model.index(place, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.RightButton, pos=at)
    open_menu(view.viewport(), at)
    press_in_menu(qtbot, window.actions_of_window[action])


def open_menu(target: QWidget, place: QPoint) -> None:
    """Ask for the context menu at a place, as the system does after a right click."""
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(target, QContextMenuEvent(reason, place, target.mapToGlobal(place)))


def press_in_menu(qtbot: QtBot, wanted: QAction | str) -> None:
    """Press on an action, or on what begins with these words, in the menu that is open."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    if isinstance(wanted, str):
        wanted = next(one for one in menu.actions() if plain(one.text()).startswith(wanted))
    assert wanted in menu.actions(), f"{wanted.text()} does not stand in this menu"
    assert wanted.isEnabled(), f"{wanted.text()} cannot be pressed"
    qtbot.mouseClick(menu, _LEFT, pos=menu.actionGeometry(wanted).center())


def search(qtbot: QtBot, window: MainWindow, words: str, *, place: str = "") -> None:
    """Press Ctrl+K, type words and perhaps a place, and take by Enter what is found first: it begins with the words."""
    activate(qtbot, window)
    by_key(qtbot, window, "find_action")
    dialog = window.findChildren(TypeAhead)[-1]
    line, found = dialog.findChild(QLineEdit), dialog.findChild(QListWidget)
    line.setText(f"{words} {place}")
    assert found.count(), f"nothing is called {words}"
    assert found.currentItem().text().startswith(words)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def press_by_keyboard(qtbot: QtBot, start: QWidget, wanted: QWidget) -> None:
    """Go from one part to another with Tab, and press on it with Space."""
    start.setFocus()
    for _step in range(_MOST_TABS):
        if wanted.hasFocus():
            break
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert wanted.hasFocus(), f"Tab does not come to {wanted}"
    qtbot.keyClick(wanted, Qt.Key.Key_Space)


def with_mouse(qtbot: QtBot, window: MainWindow, part: QWidget) -> None:
    qtbot.mouseClick(part, _LEFT)


def with_keyboard(qtbot: QtBot, window: MainWindow, part: QWidget) -> None:
    """Go there from the list of clusters with Tab, and press Space."""
    press_by_keyboard(qtbot, window.desk.clusters.view, part)


def with_search(qtbot: QtBot, window: MainWindow, button: QPushButton) -> None:
    """Find what a button does by its words, and by the offer that it belongs to if one is made."""
    search(qtbot, window, button.text(), place=window.desk.proposal.text)


def row_of(window: MainWindow, cluster: int) -> QPoint:
    """Return where a cluster stands in the list."""
    view = window.desk.clusters.view
    index = next(one for one in walk(view.model()) if one.data(ID_ROLE) == cluster)
    view.scrollTo(index)
    return view.visualRect(index).center()


def answer(qtbot: QtBot, window: MainWindow, words: str) -> None:
    """Answer the question that is open, for a name or a cluster."""
    dialog = next(one for one in window.findChildren(QDialog) if one.isVisible())
    assert isinstance(dialog, QInputDialog | TypeAhead)
    line = dialog.findChild(QLineEdit)
    line.setText(words)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def activate(qtbot: QtBot, window: MainWindow) -> None:
    """Bring the window to the front, where a dialog may have been."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def step(qtbot: QtBot, window: MainWindow, action: str, press: Press) -> None:
    """Undo or redo, and wait until that is done."""
    activate(qtbot, window)
    qtbot.waitUntil(window.actions_of_window[action].isEnabled, timeout=LONG)
    with qtbot.waitSignal(window.session.job_ended, timeout=LONG):
        press(qtbot, window, action)
    wait_until_idle(qtbot, lambda: window.session.is_busy)


def walk(model: QAbstractItemModel, parent: QModelIndex | None = None) -> list[QModelIndex]:
    """Return all rows of a tree."""
    parent = QModelIndex() if parent is None else parent
    rows = [model.index(row, 0, parent) for row in range(model.rowCount(parent))]
    return [found for one in rows for found in (one, *walk(model, one))]
