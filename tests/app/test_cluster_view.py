"""A cluster in short, and the ways on from there."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from verbatlas.app.cluster_card import ClusterCard
from verbatlas.app.cluster_view import ClusterView


@pytest.fixture
def view(qtbot: QtBot) -> ClusterView:
    view = ClusterView()
    qtbot.addWidget(view)
    card = ClusterCard("Battery", "12 comments", "battery, empty", ((4, "empty so soon"), (9, "hot & empty")))
    view.show_cluster(card, colour=QColor("#336699"))
    view.resize(300, 400)
    view.show()
    return view


def test_a_typical_comment_is_chosen_by_a_click_or_by_enter(qtbot: QtBot, view: ClusterView) -> None:
    typical = view.findChild(QListWidget)
    with qtbot.waitSignal(view.document_chosen) as chosen:
        place = typical.visualItemRect(typical.item(1)).center()
        qtbot.mouseClick(typical.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == [9]
    typical.setCurrentRow(0)
    with qtbot.waitSignal(view.document_chosen) as chosen:
        qtbot.keyClick(typical, Qt.Key.Key_Return)
    assert chosen.args == [4]


def test_another_cluster_takes_the_place_of_the_first(view: ClusterView) -> None:
    view.show_cluster(ClusterCard("Refund", "1 comment", "", ((1, "money back"),)), colour=QColor("#000000"))
    typical = view.findChild(QListWidget)
    assert [typical.item(row).text() for row in range(typical.count())] == ["money back"]


def test_the_name_can_be_changed_from_here(qtbot: QtBot, view: ClusterView) -> None:
    with qtbot.waitSignal(view.rename_asked):
        qtbot.mouseClick(view.findChild(QPushButton), Qt.MouseButton.LeftButton)
