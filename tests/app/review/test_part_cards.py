"""The review shows the parts of a cluster, and one answer names them all; then the names teach."""

import numpy as np
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from window_steps import LONG, wait_until_idle

from verbatlas.analysis.reading_order import N_BEFORE
from verbatlas.analysis.strands import N_SHOWN, Strands
from verbatlas.app.main_window import MainWindow
from verbatlas.app.review.part_cards import ClusterParts, answer_of, part_cards
from verbatlas.study import Labelling, Move, named_by_hand


def labelling_of(window: MainWindow) -> Labelling:
    return window.session.study.labelling


def halves(window: MainWindow) -> Strands:
    """Two strands in every cluster: every other comment."""
    members = labelling_of(window).members
    clusters = sorted(labelling_of(window).clusters)
    ids = np.full(len(members), -1, np.int32)
    shown = np.full((2 * len(clusters), N_SHOWN), -1, np.int64)
    for place, cluster in enumerate(clusters):
        rows = np.flatnonzero(members == cluster)
        for half in (0, 1):
            ids[rows[half::2]] = 2 * place + half
            some = rows[half::2][:N_SHOWN]
            shown[2 * place + half, : len(some)] = some
    vectors = window.session.study.embedding.vectors
    follows = np.full((2 * len(clusters), N_BEFORE), -1, np.int32)
    follows[1::2, 0] = np.arange(0, 2 * len(clusters), 2)
    votes = (follows >= 0).astype(np.float32)
    return Strands(ids, np.repeat(clusters, 2).astype(np.int32), follows, votes, vectors[shown[:, 0]], shown)


def scrolled_down(window: MainWindow) -> int:
    """How many parts are shown after scrolling to the end of them."""
    bar = window.desk.review._scroll.verticalScrollBar()
    bar.setValue(bar.maximum())
    return len(window.desk.review.parts.parts)


def test_the_parts_come_by_themselves_when_the_review_begins(qtbot: QtBot, mapped_window: MainWindow) -> None:
    window = mapped_window
    with qtbot.waitSignal(window._view.advice.strands_found, timeout=LONG) as found:
        window.actions_of_window["review"].trigger()
    strands = found.args[0].inside(window.selection.cluster, labelling_of(window).members)
    assert len(strands) > 0
    qtbot.waitUntil(lambda: scrolled_down(window) == len(strands), timeout=LONG)


def test_one_answer_names_all_parts_and_is_one_edit(qtbot: QtBot, mapped_window: MainWindow) -> None:
    window, panel = mapped_window, mapped_window.desk.review
    window.actions_of_window["review"].trigger()
    window._view.advice.strands_found.emit(halves(window))
    first, n_before = window.selection.cluster, len(labelling_of(window).clusters)
    shown = [[line.row for line in part.comments.comments] for part in panel.parts.parts]
    assert len(shown) == 2
    qtbot.keyClicks(panel.parts.parts[1].name, "Something else")
    panel.name.setText("Mine")
    with qtbot.waitSignal(window.session.edited, timeout=LONG):
        qtbot.keyClick(panel.name, Qt.Key.Key_Return)

    known = named_by_hand(labelling_of(window))
    assert (labelling_of(window).members[shown[0]] == known["mine"]).all()
    assert (labelling_of(window).members[shown[1]] == known["something else"]).all()
    assert window.selection.cluster != first
    wait_until_idle(qtbot, lambda: window.session.is_busy)
    window.actions_of_window["undo"].trigger()
    wait_until_idle(qtbot, lambda: window.session.is_busy)
    assert len(labelling_of(window).clusters) == n_before
    assert named_by_hand(labelling_of(window)) == {}


def test_more_smaller_parts_come_when_they_are_asked_for(qtbot: QtBot, mapped_window: MainWindow) -> None:
    window, panel = mapped_window, mapped_window.desk.review
    found = window._view.advice.strands_found
    with qtbot.waitSignal(found, timeout=LONG) as few:
        window.actions_of_window["review"].trigger()
    with qtbot.waitSignal(found, timeout=LONG) as many:
        panel.many.click()
    assert len(many.args[0].clusters) >= len(few.args[0].clusters)
    inside = many.args[0].inside(window.selection.cluster, labelling_of(window).members)
    qtbot.waitUntil(lambda: scrolled_down(window) == len(inside), timeout=LONG)


def test_a_number_typed_before_the_name_names_that_part(qtbot: QtBot, mapped_window: MainWindow) -> None:
    window, panel = mapped_window, mapped_window.desk.review
    window.actions_of_window["review"].trigger()
    window._view.advice.strands_found.emit(halves(window))
    shown = [[line.row for line in part.comments.comments] for part in panel.parts.parts]
    first = window.selection.cluster
    qtbot.keyClicks(panel.name, "2: Something else")
    assert panel.accept_words == "Name part 2"
    qtbot.keyClick(panel.name, Qt.Key.Key_Return)
    assert window.selection.cluster == first
    assert panel.name.text() == labelling_of(window).clusters[first].name
    assert panel.parts.names == ["", "Something else"]
    with qtbot.waitSignal(window.session.edited, timeout=LONG):
        qtbot.keyClicks(panel.name, "Mine")
        qtbot.keyClick(panel.name, Qt.Key.Key_Return)
    known = named_by_hand(labelling_of(window))
    assert (labelling_of(window).members[shown[0]] == known["mine"]).all()
    assert (labelling_of(window).members[shown[1]] == known["something else"]).all()


def test_a_part_that_is_not_there_is_said_and_nothing_is_done(qtbot: QtBot, mapped_window: MainWindow) -> None:
    window, panel = mapped_window, mapped_window.desk.review
    window.actions_of_window["review"].trigger()
    window._view.advice.strands_found.emit(halves(window))
    before = labelling_of(window)
    qtbot.keyClicks(panel.name, "7: Late")
    assert panel.accept_words == "There is no part 7"
    qtbot.keyClick(panel.name, Qt.Key.Key_Return)
    assert labelling_of(window) is before
    assert panel.name.text() == "7: Late"


def test_the_parts_that_were_not_scrolled_to_are_what_they_follow(qtbot: QtBot, mapped_window: MainWindow) -> None:
    study = mapped_window.session.study
    strands, labelling = halves(mapped_window), labelling_of(mapped_window)
    cluster = next(iter(labelling.clusters))
    parts = ClusterParts.of(cluster, strands, labelling.members)
    assert len(part_cards(study, parts, scheme="light", first=1)) == 1
    answer = answer_of(study, cluster, parts, name="Mine", names=["Late"])
    assert list(answer.names) == ["Late", "Late"]


def test_parts_of_comments_that_are_elsewhere_now_are_not_shown(qtbot: QtBot, mapped_window: MainWindow) -> None:
    window, panel = mapped_window, mapped_window.desk.review
    window.actions_of_window["review"].trigger()
    window._view.advice.strands_found.emit(halves(window))
    first, kept = window.selection.cluster, labelling_of(window).members
    assert len(panel.parts.parts) == 2
    other = next(id_ for id_ in labelling_of(window).clusters if id_ != first)
    with qtbot.waitSignal(window.session.labelling_changed, timeout=LONG):
        window.session.edit(Move(np.flatnonzero(kept == first)[:1], other))
    assert window.selection.cluster == first
    assert len(panel.parts.parts) == 0
    panel.name.setText("Mine")
    qtbot.keyClick(panel.name, Qt.Key.Key_Return)
    assert labelling_of(window).clusters[first].name == "Mine"


def test_a_name_that_is_there_joins_and_the_button_says_so(qtbot: QtBot, mapped_window: MainWindow) -> None:
    window, panel = mapped_window, mapped_window.desk.review
    window.actions_of_window["review"].trigger()
    first = window.selection.cluster
    panel.name.setText("Mine")
    qtbot.keyClick(panel.name, Qt.Key.Key_Return)
    second = window.selection.cluster
    panel.name.setText(" mine")
    assert panel.accept_words == "Join 'mine' and go on"
    with qtbot.waitSignal(window.session.edited, timeout=LONG):
        qtbot.keyClick(panel.name, Qt.Key.Key_Return)
    assert second not in labelling_of(window).clusters
    assert labelling_of(window).clusters[first].name == "Mine"
