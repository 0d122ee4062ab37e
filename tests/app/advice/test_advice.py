"""Advice comes by itself, is about the clusters there are now, and is forgotten when they change."""

import numpy as np
from pytestqt.qtbot import QtBot
from window_steps import LONG, wait_until_idle

from verbatlas.app.advice.advice import Advice
from verbatlas.app.main_window import MainWindow
from verbatlas.app.session import Session
from verbatlas.engine.corrections import Assigned, Overview, Parts
from verbatlas.study import Delete, Merge, Move


def test_all_clusters_are_looked_over_after_the_map_is_made_and_after_every_move(qtbot: QtBot, mapped: Session) -> None:
    advice = Advice(mapped, mapped)
    study = mapped.study
    assert study is not None
    with qtbot.waitSignal(advice.overview_changed, timeout=LONG, check_params_cb=lambda found: found is not None):
        mapped.study_changed.emit()
    assert isinstance(advice.overview, Overview)
    assert set(advice.overview.insights) == set(study.labelling.clusters)

    first, second, *_ = study.labelling.clusters
    heard: list[object] = []
    advice.overview_changed.connect(heard.append)
    mapped.edit(Merge([first, second]))
    qtbot.waitUntil(lambda: len(heard) == 2, timeout=LONG)
    assert heard[0] is None
    assert second not in heard[1].insights


def test_parts_of_a_cluster_are_all_of_its_comments(qtbot: QtBot, mapped: Session) -> None:
    advice, study = Advice(mapped, mapped), mapped.study
    assert study is not None
    cluster = max(study.labelling.clusters, key=study.labelling.sizes().get)
    with qtbot.waitSignal(advice.parts_found, timeout=LONG) as found:
        advice.find_parts(cluster, method="kmeans", n_parts=2)
    parts = found.args[0]
    assert isinstance(parts, Parts)
    assert parts.rows.tolist() == np.flatnonzero(study.labelling.members == cluster).tolist()
    assert len(parts.descriptions) == 2
    with qtbot.waitSignal(advice.parts_found, timeout=LONG) as found:
        advice.find_parts(cluster, method="kmeans", n_parts=50)
    assert "50" in str(found.args[0].values.values())


def test_comments_of_no_cluster_are_placed(qtbot: QtBot, mapped: Session) -> None:
    advice, study = Advice(mapped, mapped), mapped.study
    assert study is not None
    gone = next(iter(study.labelling.clusters))
    with qtbot.waitSignal(mapped.edited, timeout=LONG):
        mapped.edit(Delete([gone]))
    with qtbot.waitSignal(advice.noise_placed, timeout=LONG) as placed:
        advice.place_noise()
    found = placed.args[0]
    assert isinstance(found, Assigned)
    assert found.rows.tolist() == np.flatnonzero(study.labelling.members < 0).tolist()
    assert set(found.clusters.tolist()) <= set(study.labelling.clusters)


def test_an_answer_about_clusters_that_have_changed_since_is_not_told(qtbot: QtBot, mapped: Session) -> None:
    advice, study = Advice(mapped, mapped), mapped.study
    assert study is not None
    first, second, *_ = study.labelling.clusters
    told: list[object] = []
    advice.noise_placed.connect(told.append)
    advice.place_noise()
    study.do(Move(np.flatnonzero(study.labelling.members == first)[:1], second))
    qtbot.waitUntil(lambda: not mapped._questions or "noise" not in mapped._questions, timeout=LONG)
    assert told == []


def test_a_study_that_is_closed_meanwhile_is_no_bug(qtbot: QtBot, mapped_window: MainWindow) -> None:
    bugs: list[str] = []
    mapped_window.session.bug.connect(bugs.append)
    advice = mapped_window._view.advice
    advice.place_noise()
    advice.find_parts(-1, method="auto", n_parts=None)
    mapped_window.commands.close_study()
    wait_until_idle(qtbot, lambda: mapped_window.session.is_busy)
    qtbot.wait(300)
    assert bugs == []
