"""What a person does to clusters, by the actions of the window, and what the study then holds."""

import numpy as np
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QInputDialog, QLineEdit, QMenu, QPushButton
from pytestqt.qtbot import QtBot
from window_steps import LONG, wait_until_idle

from verbatlas.app.main_window import MainWindow
from verbatlas.app.type_ahead import TypeAhead
from verbatlas.study import Labelling


def test_renaming_begins_in_the_list(qtbot: QtBot, mapped_window: MainWindow) -> None:
    desk = mapped_window.desk
    mapped_window.selection.select_cluster(next(iter(mapped_window.session.study.labelling.clusters)))
    mapped_window.clusters.rename()
    assert desk.clusters.view.findChild(QLineEdit).isVisible()


def reply(qtbot: QtBot, window: MainWindow, answer: str) -> None:
    """Type an answer into the dialog that is open, and Enter."""
    named, found = window.findChild(QInputDialog), window.findChild(TypeAhead)
    words = (named or found).findChild(QLineEdit)
    words.setText(answer)  # QTest cannot type Chinese
    qtbot.keyClick(words, Qt.Key.Key_Return)
    if named is not None:
        named.deleteLater()


def do(qtbot: QtBot, window: MainWindow, action: str, answer: str | None = None) -> None:
    """Trigger an action, answer its question, and wait until it is said to be done."""
    with qtbot.waitSignal(window.session.edited, timeout=LONG):
        window.actions_of_window[action].trigger()
        if answer is not None:
            reply(qtbot, window, answer)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def choose(window: MainWindow, *rows: int) -> None:
    """Select comments."""
    chosen = np.zeros(42, np.bool_)
    chosen[list(rows)] = True
    window.selection.choose(chosen)


def labelling_of(window: MainWindow) -> Labelling:
    assert window.session.study is not None
    assert window.session.study.labelling is not None
    return window.session.study.labelling


def test_comments_selected_on_the_map_become_a_cluster_and_undo_takes_it_back(
    qtbot: QtBot, mapped_window: MainWindow
) -> None:
    window, before = mapped_window, labelling_of(mapped_window)
    assert not window.actions_of_window["new_cluster"].isEnabled()
    chosen = np.zeros(42, np.bool_)
    chosen[[0, 1, 30]] = True
    window.selection.choose(chosen)

    do(qtbot, window, "new_cluster", "Mine")

    after = labelling_of(window)
    (new,) = set(after.clusters) - set(before.clusters)
    assert np.flatnonzero(after.members == new).tolist() == [0, 1, 30]
    assert "Made 'Mine' of 3 comments" in window.messages.text
    assert not window.selection.chosen.any()
    window.actions_of_window["undo"].trigger()
    wait_until_idle(qtbot, lambda: window.session.is_busy)
    assert dict(labelling_of(window).clusters) == dict(before.clusters)


def test_undo_and_redo_by_key_say_what_they_did(qtbot: QtBot, mapped_window: MainWindow) -> None:
    window = mapped_window
    choose(window, 0, 1)
    do(qtbot, window, "new_cluster", "Mine")
    said = window.messages.text
    for name, words in (("undo", f"Undone: {said}"), ("redo", f"Done again: {said}")):
        with qtbot.waitSignal(window.session.told, timeout=LONG):
            window.actions_of_window[name].trigger()
        assert window.messages.text == words
        wait_until_idle(qtbot, lambda: window.session.is_busy)


def test_the_undo_of_a_message_is_gone_with_the_next_change(qtbot: QtBot, mapped_window: MainWindow) -> None:
    window = mapped_window
    first, second, *_ = labelling_of(window).clusters
    for step in (
        lambda: window.actions_of_window["undo"].trigger(),
        lambda: window.session.rename(second, "Another"),
        lambda: window.session.go_to(1),
    ):
        choose(window, 0, 1)
        do(qtbot, window, "new_cluster", "Mine")
        assert not window.messages._undo.isHidden()
        step()
        wait_until_idle(qtbot, lambda: window.session.is_busy)
        qtbot.waitUntil(lambda: window.messages._undo.isHidden() or window.messages.text == "", timeout=LONG)
    assert first in labelling_of(window).clusters


def test_comments_are_moved_to_a_cluster_found_by_its_name_and_out_of_all(
    qtbot: QtBot, mapped_window: MainWindow
) -> None:
    window = mapped_window
    first, *_ = labelling_of(window).clusters
    outside = int(np.flatnonzero(labelling_of(window).members != first)[0])
    window.session.rename(first, "物流 delivery")
    for action, answer, expected in (("move_selection", "物流", first), ("take_out", None, -1)):
        choose(window, outside)
        do(qtbot, window, action, answer)
        assert labelling_of(window).members[outside] == expected
        assert not window.selection.chosen.any()


def test_comments_are_moved_to_a_new_cluster_from_the_same_question(qtbot: QtBot, mapped_window: MainWindow) -> None:
    window, before = mapped_window, labelling_of(mapped_window)
    choose(window, 3, 5)
    window.actions_of_window["move_selection"].trigger()
    reply(qtbot, window, "a new cluster")
    with qtbot.waitSignal(window.session.edited, timeout=LONG):
        reply(qtbot, window, "Mine")
    (new,) = set(labelling_of(window).clusters) - set(before.clusters)
    assert np.flatnonzero(labelling_of(window).members == new).tolist() == [3, 5]
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_message_of_an_edit_takes_it_back(qtbot: QtBot, mapped_window: MainWindow) -> None:
    window, before = mapped_window, labelling_of(mapped_window)
    choose(window, 0)
    do(qtbot, window, "new_cluster", "Mine")
    undo = next(part for part in window.messages.findChildren(QPushButton) if part.text() == "Undo")
    assert undo.isVisible()
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    wait_until_idle(qtbot, lambda: window.session.is_busy)
    assert dict(labelling_of(window).clusters) == dict(before.clusters)
    qtbot.waitUntil(lambda: window.messages.text.startswith("Undone: "), timeout=LONG)
    assert not undo.isVisible()


def test_clusters_are_merged_locked_and_deleted(qtbot: QtBot, mapped_window: MainWindow) -> None:
    window, before = mapped_window, labelling_of(mapped_window)
    first, second, *_ = before.clusters
    sizes = before.sizes()
    window.selection.select_cluster(first)

    do(qtbot, window, "merge", before.clusters[second].name)
    assert second not in labelling_of(window).clusters
    assert labelling_of(window).sizes()[first] == sizes[first] + sizes[second]

    window.selection.select_cluster(first)
    do(qtbot, window, "lock")
    window.selection.select_cluster(first)
    with qtbot.waitSignal(window.session.problem, timeout=LONG):
        window.actions_of_window["delete"].trigger()
    assert "is locked" in window.messages.text
    do(qtbot, window, "lock")
    window.selection.select_cluster(first)
    do(qtbot, window, "delete")
    assert first not in labelling_of(window).clusters


def test_several_selected_clusters_are_merged_grouped_locked_and_dissolved_at_once(
    qtbot: QtBot, mapped_window: MainWindow
) -> None:
    window, before = mapped_window, labelling_of(mapped_window)
    first, second, third, *_ = before.clusters
    window.desk.clusters.clusters_selected.emit((second, first))

    do(qtbot, window, "group", "Complaints")
    (parent,) = set(labelling_of(window).clusters) - set(before.clusters)
    assert [labelling_of(window).clusters[id_].parent for id_ in (first, second)] == [parent, parent]
    assert window.desk.cluster_model.has_groups
    index = window.desk.cluster_model.index_of(first)
    assert index.parent() == window.desk.cluster_model.index_of(parent)

    do(qtbot, window, "lock")
    assert [labelling_of(window).clusters[id_].locked for id_ in (first, second)] == [True, True]
    do(qtbot, window, "lock")
    do(qtbot, window, "ungroup")
    assert parent not in labelling_of(window).clusters

    window.desk.clusters.clusters_selected.emit((second, first))
    do(qtbot, window, "merge")
    assert second in labelling_of(window).clusters
    assert first not in labelling_of(window).clusters
    window.desk.clusters.clusters_selected.emit((second, third))
    do(qtbot, window, "delete")
    assert not {second, third} & set(labelling_of(window).clusters)


def test_a_cluster_dragged_onto_another_is_merged_or_grouped_as_the_person_says(
    qtbot: QtBot, mapped_window: MainWindow
) -> None:
    window, before = mapped_window, labelling_of(mapped_window)
    first, second, third, *_ = before.clusters

    window.desk.clusters.dropped.emit((second,), first)
    menu = window.findChild(QMenu, "drop_menu")
    assert [action.text() for action in menu.actions() if action.text()][-1] == "Cancel"
    menu.actions()[1].trigger()
    with qtbot.waitSignal(window.session.edited, timeout=LONG):
        reply(qtbot, window, "Both")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    (parent,) = set(labelling_of(window).clusters) - set(before.clusters)

    for target, choice in ((parent, 1), (first, 0)):
        window.desk.clusters.dropped.emit((third,), target)
        menu = window.findChild(QMenu, "drop_menu")
        with qtbot.waitSignal(window.session.edited, timeout=LONG):
            menu.actions()[choice].trigger()
        menu.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert third not in labelling_of(window).clusters or labelling_of(window).clusters[third].parent == parent
    assert third not in labelling_of(window).clusters
