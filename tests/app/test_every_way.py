"""Each edit of the menus by key, menu, right click and Ctrl+K, seen everywhere and undone everywhere."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from every_way import Press, answer, by_key, by_list, by_map, by_menu, by_search, by_table, labelling_of, make
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from seen_everywhere import Moment, see_one_edit

from verbatlas.app.main_window import MainWindow
from verbatlas.app.shortcuts_dialog import ShortcutsDialog
from verbatlas.study import Group

ROWS = (0, 1, 30)


@dataclass(frozen=True)
class Way:
    """An edit, what a person selects for it, and what they answer when asked."""

    action: str
    select: str = "first"
    answer: str | None = None


OF_CLUSTERS = (
    Way("merge", select="first two"),
    Way("group", select="first two", answer="Both 两者"),
    Way("ungroup", select="one of a group"),
    Way("lock"),
    Way("delete"),
)
OF_COMMENTS = (
    Way("new_cluster", select="rows", answer="Mine 我的"),
    Way("move_selection", select="rows", answer="no cluster"),
    Way("take_out", select="rows"),
)
PRESSES_OF_CLUSTERS = {"key": by_key, "menu": by_menu, "list": by_list, "map": by_map, "search": by_search}
PRESSES_OF_COMMENTS = {"key": by_key, "menu": by_menu, "table": by_table, "map": by_map, "search": by_search}
EVERY_WAY = [
    pytest.param(way, press, id=f"{way.action}-{name}")
    for ways, presses in ((OF_CLUSTERS, PRESSES_OF_CLUSTERS), (OF_COMMENTS, PRESSES_OF_COMMENTS))
    for way in ways
    for name, press in presses.items()
]


def select(qtbot: QtBot, window: MainWindow, what: str) -> None:
    first, second, *_ = labelling_of(window).clusters
    if what == "rows":
        chosen = np.zeros(42, np.bool_)
        chosen[list(ROWS)] = True
        window.selection.choose(chosen)
        return
    if what == "one of a group":
        make(qtbot, window, Group([first, second], "Both 两者"))
    window.desk.clusters.clusters_selected.emit((first, second) if what == "first two" else (first,))


@pytest.mark.parametrize(("way", "press"), EVERY_WAY)
def test_an_edit_is_seen_everywhere_and_undone_everywhere(
    way: Way, press: Press, qtbot: QtBot, mapped_window: MainWindow, tmp_path: Path
) -> None:
    window = mapped_window
    select(qtbot, window, way.select)
    before = Moment.of(window)
    press(qtbot, window, way.action)
    if way.answer is not None:
        answer(qtbot, window, way.answer)
    see_one_edit(qtbot, window, before, tmp_path)


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
