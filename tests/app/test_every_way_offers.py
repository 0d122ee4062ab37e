"""What the program offers is taken by mouse, keyboard and Ctrl+K, is one edit, and is seen and undone everywhere."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from every_way import (
    Press,
    Reach,
    activate,
    answer,
    by_key,
    by_map,
    by_menu,
    by_search,
    by_table,
    in_list_at_noise,
    labelling_of,
    make,
    on_map_at_noise,
    search,
    with_keyboard,
    with_mouse,
    with_search,
)
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from seen_everywhere import Moment, is_same, n_edits, see_one_edit
from window_steps import LONG, make_map

from verbatlas.app.main_window import MainWindow
from verbatlas.app.split.split_dialog import SplitDialog
from verbatlas.study import Delete, MoveToNew

_LEFT = Qt.MouseButton.LeftButton
NEW = "Mine 我的"
Take = Callable[[QtBot, MainWindow, str, QPushButton], None]


REACHES = pytest.mark.parametrize(
    "reach", [with_mouse, with_keyboard, with_search], ids=["mouse", "keyboard", "search"]
)


def pressed(press: Press) -> Take:
    return lambda qtbot, window, action, _button: press(qtbot, window, action)


def reached(reach: Reach) -> Take:
    return lambda qtbot, window, _action, button: reach(qtbot, window, button)


TAKES = pytest.mark.parametrize(
    "take",
    [
        *map(pressed, (by_key, by_menu, in_list_at_noise, on_map_at_noise, by_search)),
        *map(reached, (with_mouse, with_keyboard)),
    ],
    ids=["key", "menu", "list", "map", "search", "mouse", "tab"],
)


@pytest.fixture
def noisy(qtbot: QtBot, mapped_window: MainWindow) -> MainWindow:
    """Two clusters are dissolved, and the tray shows where their comments would go."""
    window, panel = mapped_window, mapped_window.desk.noise
    first, second, *_ = labelling_of(window).clusters
    make(qtbot, window, Delete([first, second]))
    window.desk.show_panel("noise")
    panel.slider.setValue(0)
    qtbot.waitUntil(lambda: panel.assign.isEnabled() and panel.assign_all.isEnabled(), timeout=LONG)
    return window


@TAKES
def test_the_sure_ones_of_no_cluster_are_assigned(take: Take, qtbot: QtBot, noisy: MainWindow, tmp_path: Path) -> None:
    panel, before = noisy.desk.noise, Moment.of(noisy)
    n_sure = next(n for n in (_n_assigned(noisy, least) for least in range(100, 0, -1)) if n)
    take(qtbot, noisy, "assign_noise", panel.assign)
    after = see_one_edit(qtbot, noisy, before, tmp_path)
    assert after.n_noise == before.labelling.n_noise - n_sure
    assert after.n_noise > 0


def _n_assigned(window: MainWindow, least: int) -> int:
    """Move the slider and return how many would get a cluster."""
    window.desk.noise.slider.setValue(least)
    return int(window.desk.noise.result.text().split()[0])


@TAKES
def test_every_comment_gets_a_cluster(take: Take, qtbot: QtBot, noisy: MainWindow, tmp_path: Path) -> None:
    before = Moment.of(noisy)
    take(qtbot, noisy, "assign_all_noise", noisy.desk.noise.assign_all)
    after = see_one_edit(qtbot, noisy, before, tmp_path)
    assert after.n_noise == 0


@TAKES
def test_clusters_are_found_in_what_is_left_over(take: Take, qtbot: QtBot, noisy: MainWindow, tmp_path: Path) -> None:
    before = Moment.of(noisy)
    take(qtbot, noisy, "find_in_noise", noisy.desk.noise.find_clusters)
    dialog = next(one for one in noisy.findChildren(SplitDialog) if one.isVisible())
    split = next(button for button in dialog.findChildren(QPushButton) if button.text() == "Split")
    qtbot.waitUntil(split.isEnabled, timeout=LONG)
    qtbot.mouseClick(split, _LEFT)
    after = see_one_edit(qtbot, noisy, before, tmp_path)
    new = set(after.clusters) - set(before.labelling.clusters)
    assert new
    assert not np.isin(after.members[before.labelling.members >= 0], list(new)).any()


@TAKES
def test_what_is_in_no_cluster_is_selected(take: Take, qtbot: QtBot, noisy: MainWindow) -> None:
    take(qtbot, noisy, "select_noise", noisy.desk.noise.select_all)
    assert np.flatnonzero(noisy.selection.chosen).tolist() == np.flatnonzero(labelling_of(noisy).in_none).tolist()


def test_nothing_is_assigned_that_was_not_shown(qtbot: QtBot, noisy: MainWindow) -> None:
    noisy.desk.show_panel("details")
    activate(qtbot, noisy)
    assert not noisy.desk.noise.is_seen
    n_noise = labelling_of(noisy).n_noise

    by_key(qtbot, noisy, "assign_all_noise")
    assert noisy.desk.noise.is_seen
    assert noisy.desk.noise.slider.hasFocus()
    assert labelling_of(noisy).n_noise == n_noise

    with qtbot.waitSignal(noisy.session.edited, timeout=LONG):
        by_key(qtbot, noisy, "assign_all_noise")
    assert labelling_of(noisy).n_noise == 0
    assert not noisy.actions_of_window["assign_all_noise"].isEnabled()


@pytest.fixture
def offered(qtbot: QtBot, mapped_window: MainWindow) -> MainWindow:
    """A comment has been moved by hand, and the program has found another like it."""
    window = mapped_window
    labelling, documents = labelling_of(window), list(window.session.study.documents)
    largest = max(labelling.clusters, key=labelling.sizes().get)
    rows = np.flatnonzero(labelling.members == largest).tolist()
    repeated = next(row for row in rows if documents.count(documents[row]) > 1)
    make(qtbot, window, MoveToNew(np.array([repeated]), NEW))
    qtbot.waitUntil(window.desk.proposal.isVisible, timeout=LONG)
    return window


@REACHES
def test_comments_like_those_moved_by_hand_are_moved_too(
    reach: Reach, qtbot: QtBot, offered: MainWindow, tmp_path: Path
) -> None:
    bar, before = offered.desk.proposal, Moment.of(offered)
    n_offered = int(bar.text.split()[0])
    assert f"may belong to '{NEW}' too" in bar.text
    reach(qtbot, offered, bar.look)
    assert offered.selection.chosen.sum() == n_offered
    assert is_same(labelling_of(offered), before.labelling)
    rows = np.flatnonzero(offered.selection.chosen)
    reach(qtbot, offered, bar.accept)
    after = see_one_edit(qtbot, offered, before, tmp_path)
    assert np.flatnonzero(after.members != before.labelling.members).tolist() == rows.tolist()
    assert (after.members[rows] == max(after.clusters)).all()
    assert not bar.isVisible()


@REACHES
def test_what_is_offered_and_refused_moves_nothing(reach: Reach, qtbot: QtBot, offered: MainWindow) -> None:
    before = Moment.of(offered)
    reach(qtbot, offered, offered.desk.proposal.refuse)
    assert not offered.desk.proposal.isVisible()
    assert Moment.of(offered) == before


def read(qtbot: QtBot, window: MainWindow, row: int) -> list[QPushButton]:
    """Read a comment and return the buttons of where else it may belong, the last of which asks."""
    window.selection.select_document(row)
    part = window.desk.comment.comment.elsewhere
    qtbot.waitUntil(part.isVisible, timeout=LONG)
    return [button for button in part.findChildren(QPushButton) if button.isVisible()]


@pytest.mark.parametrize("reach", [with_mouse, with_keyboard], ids=["mouse", "keyboard"])
def test_a_comment_that_belongs_elsewhere_is_moved_there(
    reach: Reach, qtbot: QtBot, mapped_window: MainWindow, tmp_path: Path
) -> None:
    window, before = mapped_window, Moment.of(mapped_window)
    place = next(button for button in read(qtbot, window, 3) if button.toolTip().startswith("Move this comment to"))
    words = place.toolTip()
    reach(qtbot, window, place)
    after = see_one_edit(qtbot, window, before, tmp_path)
    assert np.flatnonzero(after.members != before.labelling.members).tolist() == [3]
    assert words == f"Move this comment to '{after.clusters[int(after.members[3])].name}'"


@pytest.mark.parametrize("reach", [with_mouse, with_keyboard], ids=["mouse", "keyboard"])
def test_a_comment_is_moved_to_a_cluster_that_is_not_offered(
    reach: Reach, qtbot: QtBot, mapped_window: MainWindow, tmp_path: Path
) -> None:
    window, before = mapped_window, Moment.of(mapped_window)
    other = next(button for button in read(qtbot, window, 3) if button.text() == "Another…")
    reach(qtbot, window, other)
    answer(qtbot, window, "no cluster")
    after = see_one_edit(qtbot, window, before, tmp_path)
    assert np.flatnonzero(after.members < 0).tolist() == [3]


@pytest.fixture
def long_table(small_table: Path) -> Path:
    """More comments than are ever called similar."""
    heading, *rows = small_table.read_text(encoding="utf-8").splitlines()
    small_table.write_text("\n".join([heading, *rows, *rows]) + "\n", encoding="utf-8")
    return small_table


@pytest.mark.parametrize("press", [by_key, by_menu, by_map, by_table, by_search])
def test_comments_like_the_selected_ones_are_selected_and_moved_together(
    press: Press, qtbot: QtBot, window: MainWindow, long_table: Path, tmp_path: Path
) -> None:
    make_map(qtbot, window.session, long_table)
    before = Moment.of(window)
    chosen = np.zeros(84, np.bool_)
    chosen[3] = True
    window.selection.choose(chosen)
    with qtbot.waitSignal(window.selection.chosen_changed, timeout=LONG):
        press(qtbot, window, "alike")
    alike = np.flatnonzero(window.selection.chosen)
    assert 3 in alike
    assert 1 < len(alike) < 84
    assert window.desk.documents.model.chosen.tolist() == window.selection.chosen.tolist()
    press(qtbot, window, "new_cluster")
    answer(qtbot, window, NEW)
    after = see_one_edit(qtbot, window, before, tmp_path)
    assert np.flatnonzero(after.members == max(after.clusters)).tolist() == alike.tolist()


def test_comments_like_the_one_that_is_read_are_selected(qtbot: QtBot, mapped_window: MainWindow) -> None:
    window = mapped_window
    window.selection.select_document(3)
    with qtbot.waitSignal(window.selection.chosen_changed, timeout=LONG):
        by_key(qtbot, window, "alike")
    assert window.selection.chosen[3]
    assert window.selection.chosen.sum() > 1


@REACHES
def test_what_was_searched_for_becomes_a_cluster(
    reach: Reach, qtbot: QtBot, mapped_window: MainWindow, tmp_path: Path
) -> None:
    window, bar, before = mapped_window, mapped_window.desk.search, Moment.of(mapped_window)
    by_key(qtbot, window, "search")
    QTest.keyClicks(window.focusWidget(), "refund")
    qtbot.waitUntil(bar.make_cluster.isVisible, timeout=LONG)
    qtbot.waitUntil(bar.make_cluster.isEnabled, timeout=LONG)
    if reach is with_search:
        search(qtbot, window, "Make a new cluster of the comments that were found")
    else:
        reach(qtbot, window, bar.make_cluster)
    answer(qtbot, window, NEW)
    qtbot.waitUntil(lambda: n_edits(window) > before.n_edits, timeout=LONG)
    bar.clear_search()  # the list counts what was found
    after = see_one_edit(qtbot, window, before, tmp_path)
    found = [row for row, text in enumerate(window.session.study.documents) if "refund" in text.lower()]
    assert np.flatnonzero(after.members == max(after.clusters)).tolist() == found
