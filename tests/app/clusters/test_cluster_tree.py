"""Several clusters are chosen by mouse and keyboard, and dragged onto another."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from verbatlas.app.clusters.cluster_list import ClusterList
from verbatlas.app.clusters.cluster_model import ClusterModel
from verbatlas.app.main_window import MainWindow
from verbatlas.study import Cluster, Labelling


@pytest.fixture
def clusters(qtbot: QtBot) -> Iterator[ClusterList]:
    members = np.repeat(np.array([0, 1, 2, -1], np.int32), [5, 4, 3, 2])
    named = {0: Cluster(0, "Refund"), 1: Cluster(1, "电池"), 2: Cluster(2, "Delivery")}
    model = ClusterModel()
    labelling = Labelling(members, np.ones(14, np.float32), named, 3)
    model.show_labelling(labelling)
    made = ClusterList(model)
    made.model_kept, made.kept = model, labelling  # type: ignore[attr-defined]
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


def test_rows_are_moved_and_not_copied(clusters: ClusterList) -> None:
    # A drag that can only copy is refused by a view that moves its own rows: tests/end_to_end drags for real.
    assert clusters.view.model().supportedDropActions() == Qt.DropAction.MoveAction


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


def take_names(clusters: ClusterList) -> None:
    """Take every name that is asked for, as the study does."""

    def take(cluster: int, name: str) -> None:
        labelling = clusters.kept  # type: ignore[attr-defined]
        named = {**labelling.clusters, cluster: replace(labelling.clusters[cluster], name=name)}
        clusters.kept = replace(labelling, clusters=named)  # type: ignore[attr-defined]
        clusters.model_kept.show_labelling(clusters.kept)  # type: ignore[attr-defined]

    clusters.rename_asked.connect(take)


def fields(view: QWidget) -> list[QLineEdit]:
    """Return the field in which a name is typed now, if there is one."""
    return [field for field in view.findChildren(QLineEdit, "cluster_name") if field.isVisible()]


def give_name(qtbot: QtBot, view: QWidget, name: str) -> None:
    """Type a name into the field that is open, and wait until that is gone after Enter."""
    (field,) = fields(view)
    qtbot.keyClicks(field, name)
    assert field.text() == name
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: field not in fields(view))


def names(clusters: ClusterList) -> dict[int, str]:
    return {id_: cluster.name for id_, cluster in clusters.kept.clusters.items()}  # type: ignore[attr-defined]


def test_enter_goes_on_to_the_next_name_until_escape_or_the_last_cluster(clusters: ClusterList, qtbot: QtBot) -> None:
    take_names(clusters)
    clusters.select_clusters((0,))
    clusters.view.setFocus()
    qtbot.keyClick(clusters.view, Qt.Key.Key_F2)
    give_name(qtbot, clusters.view, "Money back")
    assert clusters.selected_clusters() == (1,)
    assert [field.text() for field in fields(clusters.view)] == ["电池"]
    qtbot.keyClick(fields(clusters.view)[0], Qt.Key.Key_Escape)
    assert not fields(clusters.view)

    qtbot.keyClick(clusters.view, Qt.Key.Key_F2)
    (field,) = fields(clusters.view)
    qtbot.keyClick(field, Qt.Key.Key_Return)  # as it is
    qtbot.waitUntil(lambda: clusters.selected_clusters() == (2,))
    give_name(qtbot, clusters.view, "Late parcels")
    assert not fields(clusters.view)
    assert clusters.selected_clusters() == (2,)
    assert names(clusters) == {0: "Money back", 1: "电池", 2: "Late parcels"}


def test_the_next_name_is_that_of_the_cluster_below_wherever_the_new_name_puts_this_one(
    clusters: ClusterList, qtbot: QtBot
) -> None:
    take_names(clusters)
    choice = clusters.findChild(QComboBox, "cluster_sort")
    choice.setCurrentIndex(choice.findText("By name"))
    clusters.select_clusters((2,))  # Delivery, Refund, 电池
    clusters.rename_selected()
    give_name(qtbot, clusters.view, "Speed")  # Refund, Speed, 电池
    assert clusters.selected_clusters() == (0,)
    give_name(qtbot, clusters.view, "Zero refunds")  # Speed, Zero refunds, 电池
    assert clusters.selected_clusters() == (2,)
    assert [field.text() for field in fields(clusters.view)] == ["Speed"]
    assert names(clusters) == {0: "Zero refunds", 1: "电池", 2: "Speed"}


def test_a_name_that_the_filter_does_not_find_is_followed_by_the_next(clusters: ClusterList, qtbot: QtBot) -> None:
    take_names(clusters)
    clusters.filter.setText("e")  # Refund, Delivery
    clusters.select_clusters((0,))
    clusters.rename_selected()
    give_name(qtbot, clusters.view, "Cash")
    assert clusters.selected_clusters() == (2,)
    give_name(qtbot, clusters.view, "Parcels")
    assert names(clusters) == {0: "Cash", 1: "电池", 2: "Parcels"}


def test_nothing_follows_a_name_that_is_not_taken(clusters: ClusterList, qtbot: QtBot) -> None:
    clusters.select_clusters((0,))
    clusters.rename_selected()
    give_name(qtbot, clusters.view, "Money back")
    assert not fields(clusters.view)
    assert clusters.selected_clusters() == (0,)


def test_names_are_typed_one_after_the_other_in_the_window(qtbot: QtBot, mapped_window: MainWindow) -> None:
    view, study = mapped_window.desk.clusters.view, mapped_window.session.study
    assert study is not None
    sizes = study.labelling.sizes()
    first, second, *_others = sorted(sizes, key=lambda id_: (-sizes[id_], id_))
    mapped_window.activateWindow()
    mapped_window.desk.clusters.clusters_selected.emit((first,))
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_F2)
    give_name(qtbot, view, "The first")
    give_name(qtbot, view, "The second")
    assert [study.labelling.clusters[id_].name for id_ in (first, second)] == ["The first", "The second"]
    assert mapped_window.selection.clusters == mapped_window.desk.clusters.selected_clusters()

    after = mapped_window.selection.clusters
    fields(view)[0].clear()
    give_name(qtbot, view, " ")
    assert "A cluster needs a name" in mapped_window.messages.text
    assert not fields(view)
    assert mapped_window.selection.clusters == after
