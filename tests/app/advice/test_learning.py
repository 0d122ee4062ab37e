"""After a move by hand more comments are offered, looked at, accepted or refused; nothing is moved unasked."""

import numpy as np
from pytestqt.qtbot import QtBot
from window_steps import LONG, wait_until_idle

from verbatlas.analysis.corrections import Proposal
from verbatlas.app.main_window import MainWindow
from verbatlas.study import Labelling, Move, MoveToNew


def labelling_of(window: MainWindow) -> Labelling:
    return window.session.study.labelling


def offered(qtbot: QtBot, window: MainWindow) -> np.ndarray:
    """Move a comment about batteries out of its cluster and return what is offered for the same move."""
    documents = window.session.study.documents
    rows = np.array([row for row, text in enumerate(documents) if "battery" in text.lower()])
    with qtbot.waitSignal(window.session.edited, timeout=LONG):
        window.session.edit(MoveToNew(rows[:2], "Batteries"))
    target = max(labelling_of(window).clusters)
    proposal = Proposal(
        rows[2:],
        labelling_of(window).members[rows[2:]],
        np.full(len(rows) - 2, target, np.int32),
        np.full(len(rows) - 2, 0.5, np.float32),
    )
    window._view.advice.more_found.emit(proposal, target)
    return rows


def test_more_comments_are_asked_for_after_a_move_by_hand(qtbot: QtBot, mapped_window: MainWindow) -> None:
    window = mapped_window
    first, second, *_ = labelling_of(window).clusters
    rows = np.flatnonzero(labelling_of(window).members == first)[:1]
    with qtbot.waitSignal(window._view.advice.more_found, timeout=LONG) as found:
        window.session.edit(Move(rows, second))
    assert found.args[1] == second
    assert not set(found.args[0].rows.tolist()) & set(rows.tolist())


def test_what_is_offered_can_be_looked_at_and_accepted_as_one_edit(qtbot: QtBot, mapped_window: MainWindow) -> None:
    window, bar = mapped_window, mapped_window.desk.proposal
    rows = offered(qtbot, window)
    assert f"{len(rows) - 2} similar comments may belong to 'Batteries' too." == bar.text
    bar.look.click()
    assert np.flatnonzero(window.selection.chosen).tolist() == rows[2:].tolist()
    before = labelling_of(window)

    with qtbot.waitSignal(window.session.edited, timeout=LONG):
        bar.accept.click()
    assert (labelling_of(window).members[rows] == max(labelling_of(window).clusters)).all()
    assert not labelling_of(window).by_hand[rows[2:]].any()
    assert bar.text == ""
    window.actions_of_window["undo"].trigger()
    wait_until_idle(qtbot, lambda: window.session.is_busy)
    assert labelling_of(window).members.tolist() == before.members.tolist()


def test_what_is_refused_or_out_of_date_is_gone(qtbot: QtBot, mapped_window: MainWindow) -> None:
    window, bar = mapped_window, mapped_window.desk.proposal
    offered(qtbot, window)
    before = labelling_of(window).members.tolist()
    bar.refuse.click()
    assert bar.text == ""
    assert labelling_of(window).members.tolist() == before
    window.actions_of_window["undo"].trigger()
    wait_until_idle(qtbot, lambda: window.session.is_busy)
    offered(qtbot, window)
    window.actions_of_window["undo"].trigger()
    wait_until_idle(qtbot, lambda: window.session.is_busy)
    assert bar.text == ""


def test_what_all_names_teach_is_asked_for_offered_and_accepted_as_one_edit(
    qtbot: QtBot, mapped_window: MainWindow
) -> None:
    window, bar = mapped_window, mapped_window.desk.proposal
    first, second, *_ = labelling_of(window).clusters
    for id_ in labelling_of(window).clusters:
        assert window.session.rename(id_, f"Name {id_}")
    with qtbot.waitSignal(window._view.advice.learned, timeout=LONG) as found:
        window.actions_of_window["learn"].trigger()
    members = labelling_of(window).members
    np.testing.assert_array_equal(found.args[0].sources, members[found.args[0].rows])

    rows = np.flatnonzero(members == first)[:3]
    moves = Proposal(rows, members[rows], np.full(3, second, np.int32), np.full(3, 0.5, np.float32))
    window._view.advice.learned.emit(moves.take(np.zeros(3, np.bool_)))
    assert "Nothing to move" in window.messages.text
    window._view.advice.learned.emit(moves)
    assert bar.text == "By what you named, 3 comments belong in other clusters."
    with qtbot.waitSignal(window.session.edited, timeout=LONG):
        bar.accept.click()
    assert (labelling_of(window).members[rows] == second).all()


def test_comments_of_clusters_without_a_name_are_moved_only_when_wanted(
    qtbot: QtBot, mapped_window: MainWindow
) -> None:
    window, bar = mapped_window, mapped_window.desk.proposal
    named, other, unnamed, *_ = labelling_of(window).clusters
    assert window.session.rename(named, "Praise")
    assert window.session.rename(other, "Blame")
    members = labelling_of(window).members
    rows = np.concatenate([np.flatnonzero(members == unnamed)[:2], np.flatnonzero(members == other)[:1]])
    moves = Proposal(rows, members[rows], np.full(len(rows), named, np.int32), np.full(len(rows), 0.5, np.float32))
    is_read = members[rows] == other

    window._view.advice.learned.emit(moves)
    assert bar.text == "By what you named, 1 comment belongs in another cluster."
    assert bar.also.isVisible()
    assert bar.also.text() == "Also 2 of clusters without a name"
    bar.look.click()
    assert np.flatnonzero(window.selection.chosen).tolist() == rows[is_read].tolist()
    bar.also.click()
    bar.look.click()
    assert np.flatnonzero(window.selection.chosen).tolist() == sorted(rows.tolist())
    bar.refuse.click()

    window._view.advice.learned.emit(moves.take(~is_read))
    assert bar.text == "By what you named, 2 comments of clusters without a name belong in those with a name."
    assert not bar.also.isVisible()
    with qtbot.waitSignal(window.session.edited, timeout=LONG):
        bar.accept.click()
    assert (labelling_of(window).members[rows[~is_read]] == named).all()


def test_the_window_asks_about_clusters_without_a_name_too(qtbot: QtBot, mapped_window: MainWindow) -> None:
    window = mapped_window
    *named, unnamed = labelling_of(window).clusters
    for cluster in named:
        assert window.session.rename(cluster, f"Theme {cluster}")
    unread = np.flatnonzero(labelling_of(window).members == unnamed)
    with qtbot.waitSignal(window._view.advice.learned, timeout=LONG) as found:
        window.actions_of_window["learn"].trigger()
    assert set(found.args[0].rows.tolist()) & set(unread.tolist())
