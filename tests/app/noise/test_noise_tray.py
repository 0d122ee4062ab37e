"""What is left over is shown, previewed, and dealt with in three ways, each of which can be undone."""

from collections import Counter

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from window_steps import LONG, wait_until_idle

from verbatlas.app.main_window import MainWindow
from verbatlas.study import Delete, Labelling


def labelling_of(window: MainWindow) -> Labelling:
    return window.session.study.labelling


@pytest.fixture
def noisy(qtbot: QtBot, mapped_window: MainWindow) -> MainWindow:
    """The window with two clusters dissolved and the tray open, where it is known where their comments belong."""
    window = mapped_window
    first, second, *_ = labelling_of(window).clusters
    with qtbot.waitSignal(window.session.edited, timeout=LONG):
        window.session.edit(Delete([first, second]))
    with qtbot.waitSignal(window._view.advice.noise_placed, timeout=LONG):
        window.desk.show_panel("noise")
    return window


def test_the_tray_says_how_many_and_previews_them_on_the_map(qtbot: QtBot, noisy: MainWindow) -> None:
    panel, n_noise = noisy.desk.noise, labelling_of(noisy).n_noise
    panel.slider.setValue(0)
    assert panel.result.text().startswith(f"{n_noise} would get a cluster")
    preview = noisy.desk.map._preview
    assert preview is not None
    assert np.count_nonzero(preview.codes) == n_noise
    legend = {value.label: value.count for value in preview.values}
    names = [labelling_of(noisy).clusters[id_].name for id_ in noisy._view.tray._assigned.clusters.tolist()]
    assert legend == dict(Counter(names)), "the colours are explained by the names of the clusters, with how many"
    panel.slider.setValue(100)
    assert noisy.desk.map._preview is not preview
    assert not panel.assign.isEnabled()
    noisy.desk.show_panel("details")
    qtbot.waitUntil(lambda: noisy.desk.map._preview is None)


def test_the_sure_ones_are_assigned_and_undo_takes_it_back(qtbot: QtBot, noisy: MainWindow) -> None:
    panel, before = noisy.desk.noise, labelling_of(noisy)
    assigned = noisy._view.tray._assigned
    panel.slider.setValue(round(100 * float(np.median(assigned.strengths))))
    n_sure = int((assigned.strengths >= panel.least).sum())
    with qtbot.waitSignal(noisy.session.edited, timeout=LONG):
        qtbot.mouseClick(panel.assign, Qt.MouseButton.LeftButton)
    assert labelling_of(noisy).n_noise == before.n_noise - n_sure
    noisy.actions_of_window["undo"].trigger()
    wait_until_idle(qtbot, lambda: noisy.session.is_busy)
    assert labelling_of(noisy).members.tolist() == before.members.tolist()


def test_every_comment_gets_a_cluster(qtbot: QtBot, noisy: MainWindow) -> None:
    with qtbot.waitSignal(noisy.session.edited, timeout=LONG):
        qtbot.mouseClick(noisy.desk.noise.assign_all, Qt.MouseButton.LeftButton)
    assert labelling_of(noisy).n_noise == 0
    assert not noisy.desk.noise.assign_all.isEnabled()


def test_clusters_are_found_in_what_is_left_over(qtbot: QtBot, noisy: MainWindow) -> None:
    before = labelling_of(noisy)
    with qtbot.waitSignal(noisy._view.advice.parts_found, timeout=LONG):
        qtbot.mouseClick(noisy.desk.noise.find_clusters, Qt.MouseButton.LeftButton)
    dialog = noisy._view.splitting._dialog
    n_parts = dialog._parts.count()
    assert n_parts >= 1
    with qtbot.waitSignal(noisy.session.edited, timeout=LONG):
        dialog.accept()
    assert len(set(labelling_of(noisy).clusters) - set(before.clusters)) == n_parts
    assert labelling_of(noisy).n_noise < before.n_noise


def test_what_is_left_over_can_be_selected(qtbot: QtBot, noisy: MainWindow) -> None:
    qtbot.mouseClick(noisy.desk.noise.select_all, Qt.MouseButton.LeftButton)
    assert noisy.selection.chosen.tolist() == (labelling_of(noisy).members < 0).tolist()
