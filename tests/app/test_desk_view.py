"""List, map and panel show the same study and the same selection."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QMenu
from pytestqt.qtbot import QtBot
from window_steps import LONG, wait_until_idle

from verbatlas.app.clusters.cluster_model import COHESION_ROLE
from verbatlas.app.documents.listing import CLUSTER
from verbatlas.app.main_window import MainWindow
from verbatlas.study import Labelling, Move, Settings


def labelling_of(window: MainWindow) -> Labelling:
    assert window.session.study is not None
    assert window.session.study.labelling is not None
    return window.session.study.labelling


def test_a_chosen_cluster_is_the_same_everywhere(mapped_window: MainWindow) -> None:
    desk = mapped_window.desk
    cluster = next(iter(labelling_of(mapped_window).clusters))
    desk.clusters.clusters_selected.emit((cluster,))
    assert mapped_window.selection.cluster == cluster
    assert desk.clusters.selected_clusters() == (cluster,)
    assert desk.comment.cluster.isVisible()


def test_the_menu_at_a_point_renames_its_cluster_in_two_gestures(qtbot: QtBot, mapped_window: MainWindow) -> None:
    window, view = mapped_window, mapped_window.desk.map
    place = view.place_of(0).toPoint()
    row = view.document_at(view.place_of(0))
    QApplication.sendEvent(view, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, view.mapToGlobal(place)))
    (menu,) = [part for part in view.findChildren(QMenu) if part.isVisible()]
    assert window.selection.cluster == int(labelling_of(window).members[row])
    rename = window.actions_of_window["rename"]
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(rename).center())
    assert window.desk.clusters.view.findChild(QLineEdit).isVisible()


def test_choosing_a_cluster_leaves_a_sorted_table_where_it_is(qtbot: QtBot, mapped_window: MainWindow) -> None:
    window, table = mapped_window, mapped_window.desk.documents
    with qtbot.waitSignal(table.model.modelReset, timeout=LONG):
        table.view.sortByColumn(CLUSTER, Qt.SortOrder.AscendingOrder)
    told: list[object] = []
    table.model.modelReset.connect(lambda: told.append(1))
    for cluster in labelling_of(window).clusters:
        window.desk.clusters.clusters_selected.emit((cluster,))
    qtbot.wait(100)
    assert told == []


def test_the_table_shows_the_comments_of_the_chosen_cluster_alone(qtbot: QtBot, mapped_window: MainWindow) -> None:
    window, table = mapped_window, mapped_window.desk.documents
    first, second, *_ = labelling_of(window).clusters
    window.desk.clusters.clusters_selected.emit((first,))
    qtbot.mouseClick(table.findChild(QCheckBox, "only_selected"), Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    assert table.model.rows.tolist() == np.flatnonzero(labelling_of(window).members == first).tolist()
    window.desk.clusters.clusters_selected.emit((second,))
    inside = np.flatnonzero(labelling_of(window).members == second)
    assert table.model.rows.tolist() == inside.tolist()
    with qtbot.waitSignal(window.session.edited, timeout=LONG):
        window.session.edit(Move(inside[:1], first))
    assert table.model.rows.tolist() == inside[1:].tolist()


def test_a_column_is_filtered_from_its_heading(qtbot: QtBot, mapped_window: MainWindow) -> None:
    window, table = mapped_window, mapped_window.desk.documents
    header = table.view.horizontalHeader()
    header.customContextMenuRequested.emit(QPoint(header.sectionViewportPosition(CLUSTER) + 4, 5))
    table.findChild(QMenu).actions()[-1].trigger()
    qtbot.waitUntil(lambda: window.desk.filters.dialog is not None, timeout=LONG)
    assert window.desk.filters.dialog.isVisible()
    window.desk.filters.dialog.reject()


def test_a_typical_comment_leads_to_the_comment_and_back_to_its_cluster(mapped_window: MainWindow) -> None:
    desk = mapped_window.desk
    cluster, value = next(iter(labelling_of(mapped_window).clusters.items()))
    desk.clusters.clusters_selected.emit((cluster,))
    desk.comment.cluster.document_chosen.emit(value.typical[0])
    assert desk.comment.comment.isVisible()
    desk.comment.comment.cluster_asked.emit()
    assert desk.comment.cluster.isVisible()
    assert mapped_window.selection.document is None


def test_a_click_on_the_ground_selects_nothing(mapped_window: MainWindow) -> None:
    cluster = next(iter(labelling_of(mapped_window).clusters))
    mapped_window.desk.clusters.clusters_selected.emit((cluster,))
    mapped_window.desk.map.document_clicked.emit(None)
    assert mapped_window.selection.cluster is None
    assert mapped_window.desk.clusters.selected_clusters() == ()


def test_a_new_name_is_shown_at_once_and_the_selection_stays(mapped_window: MainWindow) -> None:
    desk = mapped_window.desk
    cluster = next(iter(labelling_of(mapped_window).clusters))
    desk.clusters.clusters_selected.emit((cluster,))
    mapped_window.session.rename(cluster, "A new name")
    assert desk.cluster_model.index_of(cluster).data() == "A new name"
    assert desk.clusters.selected_clusters() == (cluster,)


def test_how_alike_comments_are_is_not_said_of_the_clusters_of_another_study(mapped_window: MainWindow) -> None:
    model = mapped_window.desk.cluster_model
    cluster = next(iter(labelling_of(mapped_window).clusters))
    model.show_cohesions({cluster: 0.5})
    assert model.index_of(cluster).data(COHESION_ROLE) == 0.5
    mapped_window.session.study_changed.emit()
    assert model.index_of(cluster).data(COHESION_ROLE) is None


@pytest.mark.parametrize("n_clusters", [2, 5])
def test_a_new_clustering_keeps_the_selection_only_where_the_cluster_is_still_there(
    qtbot: QtBot, mapped_window: MainWindow, n_clusters: int
) -> None:
    desk = mapped_window.desk
    cluster = next(iter(labelling_of(mapped_window).clusters))
    desk.clusters.clusters_selected.emit((cluster,))
    mapped_window.session.want(Settings(method="kmeans", n_clusters=n_clusters))
    with qtbot.waitSignal(mapped_window.session.told, timeout=LONG):
        mapped_window.session.run()
    expected = cluster if cluster in labelling_of(mapped_window).clusters else None
    assert mapped_window.selection.cluster == expected
    assert desk.clusters.selected_clusters() == (() if expected is None else (expected,))


def test_undoing_the_first_clustering_leaves_no_map_and_redo_brings_it_back(
    qtbot: QtBot, mapped_window: MainWindow
) -> None:
    mapped_window.commands.undo()
    wait_until_idle(qtbot, lambda: mapped_window.session.is_busy)
    assert not mapped_window.desk.map.isVisible()
    assert mapped_window.desk.cluster_model.rowCount() == 0
    mapped_window.commands.redo()
    wait_until_idle(qtbot, lambda: mapped_window.session.is_busy)
    assert mapped_window.desk.map.isVisible()


def test_rows_selected_in_the_table_are_selected_on_the_map_and_the_other_way_round(mapped_window: MainWindow) -> None:
    window, table = mapped_window, mapped_window.desk.documents
    chosen = np.zeros(42, np.bool_)
    chosen[[2, 5]] = True
    table.rows_selected.emit(chosen)
    assert np.flatnonzero(window.selection.chosen).tolist() == [2, 5]
    assert window.actions_of_window["new_cluster"].isEnabled()

    other = np.zeros(42, np.bool_)
    other[7] = True
    window.selection.choose(other)
    assert np.flatnonzero(table.model.chosen).tolist() == [7]
    window.selection.select_document(9)
    assert table.view.currentIndex().row() == table.model.place_of(9)
    table.row_activated.emit(11)
    assert window.desk.comment.text == window.session.study.documents[11]


def test_an_edit_is_seen_in_the_table(qtbot: QtBot, mapped_window: MainWindow) -> None:
    window = mapped_window
    cluster = next(iter(labelling_of(window).clusters))
    window.session.rename(cluster, "物流")
    row = int(np.flatnonzero(labelling_of(window).members == cluster)[0])
    model = window.desk.documents.model
    assert model.index(model.place_of(row), CLUSTER).data() == "物流"
