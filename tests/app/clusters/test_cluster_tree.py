"""Several clusters are chosen by mouse and keyboard, and dragged onto another."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from verbatlas.app.clusters.cluster_list import ClusterList
from verbatlas.app.clusters.cluster_model import ClusterModel
from verbatlas.study import Cluster, Labelling


@pytest.fixture
def clusters(qtbot: QtBot) -> Iterator[ClusterList]:
    members = np.repeat(np.array([0, 1, 2, -1], np.int32), [5, 4, 3, 2])
    named = {0: Cluster(0, "Refund"), 1: Cluster(1, "电池"), 2: Cluster(2, "Delivery")}
    model = ClusterModel()
    model.show_labelling(Labelling(members, np.ones(14, np.float32), named, 3))
    made = ClusterList(model)
    qtbot.addWidget(made)
    made.resize(280, 400)
    made.show()
    qtbot.waitExposed(made)
    yield made
    model.deleteLater()


def place(clusters: ClusterList, row: int) -> QPointF:
    return QPointF(clusters.view.visualRect(clusters.view.model().index(row, 0)).center())


def drop(clusters: ClusterList, row: int) -> None:
    data = QMimeData()
    event = QDropEvent(
        place(clusters, row), Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    clusters.view.dropEvent(event)


def test_ctrl_click_and_shift_arrow_choose_several(clusters: ClusterList, qtbot: QtBot) -> None:
    heard: list[tuple[int, ...]] = []
    clusters.clusters_selected.connect(heard.append)
    for row, key in ((0, Qt.KeyboardModifier.NoModifier), (2, Qt.KeyboardModifier.ControlModifier)):
        qtbot.mouseClick(clusters.view.viewport(), Qt.MouseButton.LeftButton, key, place(clusters, row).toPoint())
    assert [set(chosen) for chosen in heard] == [{0}, {0, 2}]
    assert heard[-1][0] == 2
    clusters.select_clusters((0,))
    qtbot.keyClick(clusters.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert set(clusters.selected_clusters()) == {0, 1}


def test_clusters_are_dropped_on_another_and_never_on_themselves_or_on_noise(
    clusters: ClusterList, qtbot: QtBot
) -> None:
    clusters.select_clusters((0, 2))
    with qtbot.assertNotEmitted(clusters.dropped):
        drop(clusters, 2)
        drop(clusters, 3)
    with qtbot.waitSignal(clusters.dropped) as dropped:
        drop(clusters, 1)
    assert dropped.args == [(0, 2), 1]
    assert clusters.view.model().rowCount() == 4


def test_enter_after_a_name_goes_on_to_the_next_cluster(clusters: ClusterList, qtbot: QtBot) -> None:
    clusters.select_clusters((0,))
    clusters.rename_selected()
    editor = clusters.view.findChild(QLineEdit, "cluster_name")
    qtbot.keyClicks(editor, "Money back")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: clusters.selected_clusters() == (1,))
