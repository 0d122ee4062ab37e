"""The list is found in, chosen from and renamed in, by mouse and by keyboard."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from verbatlas.app.clusters.cluster_list import ClusterList
from verbatlas.app.clusters.cluster_model import ID_ROLE, NUMBER_ROLE, ClusterModel
from verbatlas.app.main_window import MainWindow
from verbatlas.study import Cluster, Labelling


@pytest.fixture
def clusters(qtbot: QtBot) -> Iterator[ClusterList]:
    members = np.repeat(np.array([0, 1, 2, -1], np.int32), [5, 4, 3, 2])
    named = {0: Cluster(0, "Refund"), 1: Cluster(1, "电池", keywords=("续航",)), 2: Cluster(2, "Delivery")}
    model = ClusterModel()
    model.show_labelling(Labelling(members, np.ones(14, np.float32), named, 3))
    made = ClusterList(model)
    made.model_kept = model  # type: ignore[attr-defined]
    qtbot.addWidget(made)
    made.resize(280, 400)
    made.show()
    qtbot.waitExposed(made)
    yield made


def shown(clusters: ClusterList) -> list[str]:
    model = clusters.view.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def order_by(clusters: ClusterList, words: str) -> None:
    choice = clusters.findChild(QComboBox, "cluster_sort")
    choice.setCurrentIndex(choice.findText(words))


def test_words_narrow_the_list_by_name_and_keyword(clusters: ClusterList, qtbot: QtBot) -> None:
    qtbot.keyClicks(clusters.filter, "DELI")
    assert shown(clusters) == ["Delivery"]
    clusters.filter.setText("续航")
    assert shown(clusters) == ["电池"]
    clusters.filter.clear()
    assert len(shown(clusters)) == 4


def test_the_order_can_be_chosen_and_what_is_in_no_cluster_stays_last(clusters: ClusterList) -> None:
    assert shown(clusters) == ["Refund", "电池", "Delivery", "No cluster"]
    order_by(clusters, "By name")
    assert shown(clusters)[:2] == ["Delivery", "Refund"]
    assert shown(clusters)[-1] == "No cluster"
    order_by(clusters, "Smallest first")
    assert shown(clusters) == ["Delivery", "电池", "Refund", "No cluster"]


def test_a_click_chooses_a_cluster(clusters: ClusterList, qtbot: QtBot) -> None:
    place = clusters.view.visualRect(clusters.view.model().index(1, 0)).center()
    with qtbot.waitSignal(clusters.clusters_selected) as chosen:
        QTest.mouseClick(clusters.view.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert chosen.args == [(1,)]


def test_a_cluster_is_renamed_in_place_by_the_keyboard(clusters: ClusterList, qtbot: QtBot) -> None:
    clusters.select_clusters((2,))
    clusters.view.setFocus()
    QTest.keyClick(clusters.view, Qt.Key.Key_F2)
    editor = clusters.view.findChild(QLineEdit, "cluster_name")
    assert editor.text() == "Delivery"
    editor.selectAll()
    qtbot.keyClicks(editor, "Late parcels")
    with qtbot.waitSignal(clusters.rename_asked) as asked:
        QTest.keyClick(editor, Qt.Key.Key_Return)

    assert asked.args == [2, "Late parcels"]


def test_a_name_that_is_being_typed_stays_when_something_becomes_known_of_the_clusters(
    clusters: ClusterList, qtbot: QtBot
) -> None:
    clusters.select_clusters((2,))
    clusters.view.setFocus()
    QTest.keyClick(clusters.view, Qt.Key.Key_F2)
    editor = clusters.view.findChild(QLineEdit, "cluster_name")
    editor.selectAll()
    qtbot.keyClicks(editor, "Late par")
    clusters.model_kept.show_cohesions({0: 0.5, 1: 0.6, 2: 0.7})
    qtbot.keyClicks(editor, "cels")
    with qtbot.waitSignal(clusters.rename_asked) as asked:
        QTest.keyClick(editor, Qt.Key.Key_Return)

    assert asked.args == [2, "Late parcels"]


def test_an_unchanged_name_asks_for_nothing(clusters: ClusterList, qtbot: QtBot) -> None:
    clusters.select_clusters((0,))
    clusters.rename_selected()
    editor = clusters.view.findChild(QLineEdit, "cluster_name")
    with qtbot.assertNotEmitted(clusters.rename_asked):
        QTest.keyClick(editor, Qt.Key.Key_Return)


def test_choosing_none_clears_the_choice(clusters: ClusterList) -> None:
    clusters.select_clusters((1,))
    assert clusters.selected_clusters() == (1,)
    clusters.select_clusters(())
    assert clusters.selected_clusters() == ()


def test_the_list_draws_in_both_states(clusters: ClusterList) -> None:
    clusters.select_clusters((0,))

    assert not clusters.grab().isNull()


def numbers(clusters: ClusterList) -> list[str]:
    model = clusters.view.model()
    return [model.index(row, 0).data(NUMBER_ROLE) for row in range(model.rowCount())]


def test_the_least_alike_can_come_first_and_say_how_alike_they_are(clusters: ClusterList) -> None:
    clusters.model_kept.show_cohesions({0: 0.9, 1: 0.2, 2: 0.5})
    assert numbers(clusters) == ["5", "4", "3", "2"]
    order_by(clusters, "Least alike first")
    assert shown(clusters) == ["电池", "Delivery", "Refund", "No cluster"]
    assert numbers(clusters) == ["20%", "50%", "90%", ""]
    order_by(clusters, "Largest first")
    assert numbers(clusters) == ["5", "4", "3", "2"]


def test_rows_are_drawn_anew_when_it_becomes_known_how_alike_they_are_where_that_is_shown(
    clusters: ClusterList, qtbot: QtBot
) -> None:
    order_by(clusters, "Least alike first")
    unknown = clusters.view.viewport().grab().toImage()
    with qtbot.waitSignal(clusters.view.model().layoutChanged):
        clusters.model_kept.show_cohesions({0: 0.5, 1: 0.6, 2: 0.7})  # the order stays
    assert shown(clusters) == ["Refund", "电池", "Delivery", "No cluster"]
    assert clusters.view.viewport().grab().toImage() != unknown

    order_by(clusters, "By name")
    with (
        qtbot.assertNotEmitted(clusters.view.model().layoutChanged),
        qtbot.assertNotEmitted(clusters.view.model().dataChanged),
    ):
        clusters.model_kept.show_cohesions({0: 0.9, 1: 0.2, 2: 0.5})


def test_a_right_click_chooses_a_cluster_and_offers_what_can_be_done_with_it(
    mapped_window: MainWindow, qtbot: QtBot
) -> None:
    view = mapped_window.desk.clusters.view
    index = view.model().index(1, 0)
    place = view.visualRect(index).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.RightButton, pos=place)
    click = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, view.viewport().mapToGlobal(place))
    QApplication.sendEvent(view.viewport(), click)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    offered = {action.objectName() for action in menu.actions() if action.isEnabled()}
    menu.close()

    assert mapped_window.selection.clusters == (index.data(ID_ROLE),)
    assert {"rename", "merge", "split", "lock", "delete"} <= offered
