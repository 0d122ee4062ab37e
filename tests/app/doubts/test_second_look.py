"""A person looks over the doubtful parts and corrects them: by menu, button and keyboard, as one edit."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_steps import LONG, wait_until_idle

from verbatlas.analysis.reading_order import N_BEFORE
from verbatlas.analysis.strands import N_SHOWN, Strands
from verbatlas.app.doubts.doubt_panel import DoubtPanel
from verbatlas.app.main_window import MainWindow
from verbatlas.app.review.part_entry import PartEntry
from verbatlas.engine.corrections import Doubtful
from verbatlas.errors import Problem, UserError
from verbatlas.problem_words import sentence
from verbatlas.study import Labelling, Move, named_by_hand


def labelling_of(window: MainWindow) -> Labelling:
    return window.session.study.labelling


@pytest.fixture
def reviewed(qtbot: QtBot, mapped_window: MainWindow) -> MainWindow:
    """Every cluster has got a name in the review, which stands at its end."""
    window, panel = mapped_window, mapped_window.desk.review
    window.actions_of_window["review"].trigger()
    assert panel.second_look.isHidden()
    for number in range(len(labelling_of(window).clusters)):
        panel.name.setText(f"Theme {number}")
        qtbot.keyClick(panel.name, Qt.Key.Key_Return)
    return window


def doubtful_of(window: MainWindow, *, n: int = 3) -> Doubtful:
    """The first ``n`` comments of each cluster one by one, all of them doubtful."""
    labelling = labelling_of(window)
    rows = np.concatenate([np.flatnonzero(labelling.members == id_)[:n] for id_ in sorted(labelling.clusters)])
    ids = np.full(len(labelling.members), -1, np.int32)
    ids[rows] = np.arange(len(rows))
    shown = np.full((len(rows), N_SHOWN), -1, np.int64)
    shown[:, 0] = rows
    vectors = window.session.study.embedding.vectors[rows]
    follows, votes = np.full((len(rows), N_BEFORE), -1, np.int32), np.zeros((len(rows), N_BEFORE), np.float32)
    strands = Strands(ids, labelling.members[rows], follows, votes, vectors, shown)
    return Doubtful(strands, np.arange(len(rows)))


def shown(qtbot: QtBot, window: MainWindow, doubtful: Doubtful) -> DoubtPanel:
    """The panel with this list, once the true answer has come."""
    with qtbot.waitSignal(window._view.advice.doubtful_found, timeout=LONG):
        window.actions_of_window["second_look"].trigger()
    window._view.advice.doubtful_found.emit(doubtful)
    return window.desk.doubts


def test_the_review_offers_it_at_its_end_and_the_engine_answers(qtbot: QtBot, reviewed: MainWindow) -> None:
    window, button = reviewed, reviewed.desk.review.second_look
    assert button.isVisible()
    assert button.text() == "Look over the doubtful parts"
    advice, progress = window._view.advice, []
    advice.doubtful_progress.connect(lambda _stage, done, total: progress.append(done / total))
    with qtbot.waitSignal(advice.doubtful_found, timeout=LONG) as found:
        button.setFocus()
        qtbot.keyClick(button, Qt.Key.Key_Space)
        assert window.desk.doubts.isVisible()
        assert window.desk.doubts.is_searching
    order, panel = found.args[0].order, window.desk.doubts
    assert progress == sorted(progress)
    assert len(progress) > 0
    assert not panel.is_searching
    assert ("doubtful name" in panel.said) if len(order) else panel.said.startswith("No name is doubtful")
    qtbot.keyClick(panel, Qt.Key.Key_B, Qt.KeyboardModifier.AltModifier)
    assert window.desk.review.isVisible()


def test_a_press_and_a_number_are_one_edit_that_can_be_undone(qtbot: QtBot, reviewed: MainWindow) -> None:
    window, doubtful = reviewed, doubtful_of(reviewed)
    panel, before, known = shown(qtbot, window, doubtful), labelling_of(window), named_by_hand(labelling_of(window))
    n_edits = len(window.session.study.history)
    assert QApplication.focusWidget() is panel.name
    first, second = doubtful.strands.shown[:2, 0].tolist()
    part = panel.parts.parts[0]
    target = next(iter(part.buttons))
    qtbot.mouseClick(part.buttons[target], Qt.MouseButton.LeftButton)
    qtbot.keyClicks(panel.name, "2: Something new")
    qtbot.keyClick(panel.name, Qt.Key.Key_Return)
    assert labelling_of(window) is before
    assert panel.enter_words == "Done: correct 2 parts"
    with qtbot.waitSignal(window.session.edited, timeout=LONG):
        qtbot.keyClick(panel.name, Qt.Key.Key_Return)

    after = labelling_of(window)
    assert after.members[first] == known[target]
    assert after.members[second] == named_by_hand(after)["something new"]
    assert np.flatnonzero(after.members != before.members).tolist() == sorted([first, second])
    assert len(window.session.study.history) == n_edits + 1
    assert window.messages.text == "Corrected the names of 2 parts"
    assert window.desk.review.isVisible()
    wait_until_idle(qtbot, lambda: window.session.is_busy)
    window.messages._undo.click()
    wait_until_idle(qtbot, lambda: window.session.is_busy)
    assert labelling_of(window).members.tolist() == before.members.tolist()
    assert labelling_of(window).clusters == before.clusters


def test_several_numbers_before_one_name_correct_those_parts(qtbot: QtBot, reviewed: MainWindow) -> None:
    window, doubtful = reviewed, doubtful_of(reviewed)
    panel, before = shown(qtbot, window, doubtful), labelling_of(window)
    qtbot.waitUntil(lambda: len(panel.parts.parts) >= 4, timeout=LONG)
    qtbot.keyClicks(panel.name, "1, 3-4: Something new")
    assert panel.enter_words == "Name parts 1, 3, 4"
    assert [part.said[0] for part in panel.parts.parts[:4]] == ["▸", "2", "▸", "▸"]
    qtbot.keyClick(panel.name, Qt.Key.Key_Return)
    assert [part.said[0] for part in panel.parts.parts[:4]] == ["1", "2", "3", "4"]
    with qtbot.waitSignal(window.session.edited, timeout=LONG):
        qtbot.keyClick(panel.name, Qt.Key.Key_Return)
    after, wanted = labelling_of(window), doubtful.strands.shown[[0, 2, 3], 0]
    assert np.flatnonzero(after.members != before.members).tolist() == sorted(wanted.tolist())
    assert set(after.members[wanted].tolist()) == {named_by_hand(after)["something new"]}


def test_nothing_said_keeps_every_name(qtbot: QtBot, reviewed: MainWindow) -> None:
    window, doubtful = reviewed, doubtful_of(reviewed)
    panel, before = shown(qtbot, window, doubtful), labelling_of(window)
    qtbot.keyClick(panel.name, Qt.Key.Key_Return)
    assert labelling_of(window) is before
    assert window.messages.text == "All of these parts keep their names."
    assert window.desk.review.isVisible()


def test_the_list_is_filled_as_it_is_scrolled_and_kept_while_another_page_is_looked_at(
    qtbot: QtBot, reviewed: MainWindow
) -> None:
    window, doubtful = reviewed, doubtful_of(reviewed, n=9)
    panel = shown(qtbot, window, doubtful)
    bar = panel._scroll.verticalScrollBar()

    def is_whole() -> bool:
        bar.setValue(bar.maximum())
        return len(panel.parts.parts) == len(doubtful.order)

    assert len(panel.parts.parts) < len(doubtful.order)
    qtbot.waitUntil(is_whole, timeout=LONG)
    panel.parts.answer(PartEntry((1,), "Something new"))
    window.actions_of_window["review"].trigger()
    assert window.desk.review.isVisible()
    window.actions_of_window["second_look"].trigger()
    assert panel.isVisible()
    assert panel.parts.names[0] == "Something new"


def test_an_edit_in_between_takes_nothing_back_that_was_answered(qtbot: QtBot, reviewed: MainWindow) -> None:
    window, doubtful = reviewed, doubtful_of(reviewed)
    panel = shown(qtbot, window, doubtful)
    panel.parts.answer(PartEntry((1,), "Something new"))
    first, second = doubtful.strands.shown[:2, 0]
    other = int(labelling_of(window).members[doubtful.strands.shown[-1, 0]])
    with qtbot.waitSignal(window.session.edited, timeout=LONG):
        window.session.edit(Move(np.array([second]), other))
    wait_until_idle(qtbot, lambda: window.session.is_busy)
    panel.parts.answer(PartEntry((2,), "Wet"))
    with qtbot.waitSignal(window.session.edited, timeout=LONG):
        qtbot.keyClick(panel.name, Qt.Key.Key_Return)
    assert labelling_of(window).members[first] == named_by_hand(labelling_of(window))["something new"]
    assert labelling_of(window).members[second] == other


def test_it_is_said_why_there_is_no_list(qtbot: QtBot, mapped_window: MainWindow) -> None:
    window, panel = mapped_window, mapped_window.desk.doubts
    window.actions_of_window["second_look"].trigger()
    assert panel.said == "Name some clusters first: only names that you gave are looked over."
    assert QApplication.focusWidget() is not None
    for cluster in list(labelling_of(window).clusters):
        window.session.rename(cluster, f"Theme {cluster}")
    found = shown(qtbot, window, replace(doubtful_of(window), order=np.zeros(0, np.int64)))
    assert found.said == "No name is doubtful: all comments are where your names say."
    window._view.advice.doubtful_found.emit(UserError(Problem.ENGINE_DIED))
    assert panel.said == sentence(UserError(Problem.ENGINE_DIED))
    assert panel.enter_words == ""


def test_what_a_job_pushes_aside_is_asked_again(qtbot: QtBot, reviewed: MainWindow) -> None:
    window = reviewed
    window.actions_of_window["second_look"].trigger()
    with qtbot.waitSignal(window._view.advice.doubtful_found, timeout=LONG):
        window.session.go_to(window.session.study.history[-1].number)
    assert not window.desk.doubts.is_searching


def test_it_fits_into_a_small_window(qtbot: QtBot, reviewed: MainWindow) -> None:
    window = reviewed
    window.resize(1280, 720)
    panel = shown(qtbot, window, doubtful_of(window))
    qtbot.wait(20)
    assert (window.width(), window.height()) == (1280, 720)
    assert panel.height() <= 720
    for part in (panel.name, panel._accept, panel._back):
        assert part.isVisible()
        assert panel.rect().contains(part.geometry())
    assert panel._scroll.viewport().width() >= panel._scroll.widget().width()


def test_another_study_begins_with_its_clusters(qtbot: QtBot, reviewed: MainWindow) -> None:
    panel = shown(qtbot, reviewed, doubtful_of(reviewed))
    reviewed.session.close_study()
    assert len(panel.parts.parts) == 0
    assert panel.said == ""
