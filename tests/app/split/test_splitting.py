"""A cluster is split after its parts have been seen, and stays as it is until then."""

import pytest
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot
from window_steps import LONG, wait_until_idle

from verbatlas.app.main_window import MainWindow
from verbatlas.app.split.split_dialog import SplitDialog
from verbatlas.study import Labelling


def labelling_of(window: MainWindow) -> Labelling:
    return window.session.study.labelling


@pytest.fixture
def asked(qtbot: QtBot, mapped_window: MainWindow) -> SplitDialog:
    """The question about the largest cluster, answered with two parts."""
    window = mapped_window
    largest = max(labelling_of(window).clusters, key=labelling_of(window).sizes().get)
    window.selection.select_cluster(largest)
    with qtbot.waitSignal(window._view.advice.parts_found, timeout=LONG):
        window.actions_of_window["split"].trigger()
    dialog = window._view.splitting._dialog
    with qtbot.waitSignal(window._view.advice.parts_found, timeout=LONG):
        dialog._number.setValue(2)
    return dialog


def test_the_parts_are_seen_on_the_map_and_made_when_accepted(
    qtbot: QtBot, mapped_window: MainWindow, asked: SplitDialog
) -> None:
    window, before = mapped_window, labelling_of(mapped_window)
    cluster = window.selection.cluster
    assert asked._parts.count() == 2
    preview = window.desk.map._preview
    assert preview is not None
    assert set(preview.codes[before.members == cluster].tolist()) == {1, 2}
    assert not preview.codes[before.members != cluster].any()
    assert "2 parts" in asked._state.text()

    with qtbot.waitSignal(window.session.edited, timeout=LONG):
        asked._split.click()
    after = labelling_of(window)
    (new,) = set(after.clusters) - set(before.clusters)
    assert set(after.members[before.members == cluster].tolist()) == {cluster, new}
    assert window.desk.map._preview is None
    window.actions_of_window["undo"].trigger()
    wait_until_idle(qtbot, lambda: window.session.is_busy)
    assert dict(labelling_of(window).clusters) == dict(before.clusters)


def test_cancelling_leaves_the_cluster_and_the_map_as_they_were(
    qtbot: QtBot, mapped_window: MainWindow, asked: SplitDialog
) -> None:
    before = labelling_of(mapped_window)
    asked._buttons.button(QDialogButtonBox.StandardButton.Cancel).click()
    assert mapped_window._view.splitting._dialog is None
    assert mapped_window.desk.map._preview is None
    assert labelling_of(mapped_window) is before


def test_more_parts_than_comments_are_refused_with_a_sentence(
    qtbot: QtBot, mapped_window: MainWindow, asked: SplitDialog
) -> None:
    with qtbot.waitSignal(mapped_window._view.advice.parts_found, timeout=LONG):
        asked._number.setValue(50)
    assert "You asked for 50 clusters" in asked._state.text()
    asked.reject()


def test_the_question_does_not_hide_the_parts_on_the_map(mapped_window: MainWindow, asked: SplitDialog) -> None:
    shown = mapped_window.desk.map
    right = shown.mapToGlobal(shown.rect().topRight()).x()
    screen = shown.screen().availableGeometry()
    assert asked.x() == min(right, screen.right() - asked.frameGeometry().width())
    assert asked.frameGeometry().right() <= screen.right()
