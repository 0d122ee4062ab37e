"""Each edit by key, menu and right click, seen in study, list, map, table, history and the exported file."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QInputDialog, QLabel, QLineEdit, QMenu
from pytestqt.qtbot import QtBot
from window_steps import LONG, wait_until_idle

from verbatlas.app.clusters.cluster_model import ID_ROLE
from verbatlas.app.documents.listing import CLUSTER
from verbatlas.app.export_choice import ExportChoice
from verbatlas.app.main_window import MainWindow
from verbatlas.app.shortcuts_dialog import ShortcutsDialog
from verbatlas.app.type_ahead import TypeAhead
from verbatlas.study import Labelling

ROWS = (0, 1, 30)


@dataclass(frozen=True)
class Way:
    """An edit, what a person selects for it, and what they answer when asked."""

    action: str
    select: str = "first"
    answer: str | None = None


WAYS = (
    Way("merge", select="first two"),
    Way("group", select="first two", answer="Both 两者"),
    Way("lock"),
    Way("delete"),
    Way("new_cluster", select="rows", answer="Mine 我的"),
    Way("move_selection", select="rows", answer="no cluster"),
    Way("take_out", select="rows"),
)


def labelling_of(window: MainWindow) -> Labelling:
    return window.session.study.labelling


def select(window: MainWindow, what: str) -> None:
    first, second, *_ = labelling_of(window).clusters
    if what == "rows":
        chosen = np.zeros(42, np.bool_)
        chosen[list(ROWS)] = True
        window.selection.choose(chosen)
    else:
        window.desk.clusters.clusters_selected.emit((first, second) if what == "first two" else (first,))


def by_key(qtbot: QtBot, window: MainWindow, action: str) -> None:
    combined = window.actions_of_window[action].shortcut()[0]
    qtbot.keyClick(window, combined.key(), combined.keyboardModifiers())


def by_menu(qtbot: QtBot, window: MainWindow, action: str) -> None:
    """Open the menu in which the action stands and press on it."""
    wanted = window.actions_of_window[action]
    menu = next(
        menu for menu in window.menuBar().findChildren(QMenu) if wanted in menu.actions() and menu.menuAction().text()
    )
    menu.popup(window.mapToGlobal(window.rect().topLeft()))
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(wanted).center())


def by_mouse(qtbot: QtBot, window: MainWindow, action: str) -> None:
    """Press on it in the menu that a right click opens: on the list for clusters, on the map for comments."""
    wanted = window.actions_of_window[action]

    def press() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(wanted).center())

    if window.selection.chosen.any():
        target, place = window.desk.map, QPoint(2, 2)
    else:
        target, place = window.desk.clusters.view.viewport(), row_of(window, window.selection.cluster)
        qtbot.mouseClick(target, Qt.MouseButton.RightButton, pos=place)
        QTimer.singleShot(0, press)  # the menu of the list does not let go before it is closed
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(target, QContextMenuEvent(reason, place, target.mapToGlobal(place)))
    if window.selection.chosen.any():
        press()


def row_of(window: MainWindow, cluster: int) -> QPoint:
    """Return where a cluster stands in the list."""
    view = window.desk.clusters.view
    model = view.model()
    indexes = [model.index(row, 0) for row in range(model.rowCount())]
    return view.visualRect(next(one for one in indexes if one.data(ID_ROLE) == cluster)).center()


def answer(qtbot: QtBot, window: MainWindow, words: str) -> None:
    named = window.findChild(QInputDialog)
    line = (named or window.findChild(TypeAhead)).findChild(QLineEdit)
    line.setText(words)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    if named is not None:
        named.deleteLater()


@pytest.mark.parametrize("way", WAYS, ids=[way.action for way in WAYS])
@pytest.mark.parametrize("press", [by_key, by_menu, by_mouse], ids=["key", "menu", "mouse"])
def test_an_edit_is_seen_everywhere_and_undone_everywhere(
    press: Callable[[QtBot, MainWindow, str], None], way: Way, qtbot: QtBot, mapped_window: MainWindow, tmp_path: Path
) -> None:
    window, before = mapped_window, labelling_of(mapped_window)
    select(window, way.select)
    with qtbot.waitSignal(window.session.edited, timeout=LONG):
        press(qtbot, window, way.action)
        if way.answer is not None:
            answer(qtbot, window, way.answer)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    wait_until_idle(qtbot, lambda: window.session.is_busy)
    assert (
        dict(labelling_of(window).clusters) != dict(before.clusters)
        or (labelling_of(window).members != before.members).any()
    )
    see_the_same_everywhere(qtbot, window, tmp_path / "after.csv")

    window.activateWindow()  # a dialog may have been in front
    qtbot.waitUntil(lambda: window.isActiveWindow() and window.actions_of_window["undo"].isEnabled())
    with qtbot.waitSignal(window.session.job_ended, timeout=LONG):
        qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait_until_idle(qtbot, lambda: window.session.is_busy)
    assert dict(labelling_of(window).clusters) == dict(before.clusters)
    np.testing.assert_array_equal(labelling_of(window).members, before.members)
    see_the_same_everywhere(qtbot, window, tmp_path / "undone.csv")


def see_the_same_everywhere(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    """See that list, map, table, history and file say what the study says."""
    labelling, desk = labelling_of(window), window.desk
    names = {id_: cluster.name for id_, cluster in labelling.clusters.items()}
    shown = [names.get(id_, "No cluster") for id_ in labelling.members.tolist()]
    # The list.
    for id_, name in names.items():
        assert desk.cluster_model.index_of(id_).data() == name
    # The map.
    assert dict(desk.map._names) == names
    np.testing.assert_array_equal(desk.map._members, labelling.members)
    # The table.
    model = desk.documents.model
    assert [model.index(model.place_of(row), CLUSTER).data() for row in range(len(shown))] == shown
    # The history.
    assert desk.history.model.now == sum(not entry.is_undone for entry in window.session.study.history)
    # The file.
    with qtbot.waitSignal(window.session.exported, timeout=LONG):
        window.session.export(ExportChoice(path, guard_formulas=True))
    with path.open(encoding="utf-8-sig", newline="") as file:
        written = [row["cluster"] for row in csv.DictReader(file)]
    assert written == [names.get(id_, "") for id_ in labelling.members.tolist()]


def test_every_key_of_the_menus_is_one_of_its_own_and_stands_on_the_page_of_keys(window: MainWindow) -> None:
    specs = window.actions_of_window.specs
    keys = [QKeySequence(one).toString() for spec in specs for one in spec.shortcuts]
    assert len(set(keys)) == len(keys) > 20
    page = ShortcutsDialog(specs, window)
    labels = [label.text() for label in page.findChildren(QLabel)]
    for spec in specs:
        if spec.shortcuts:
            place = labels.index(spec.plain_title)
            assert labels[place + 1].split(" or ") == [QKeySequence(one).toString() for one in spec.shortcuts]
    page.deleteLater()
