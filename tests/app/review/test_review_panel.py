"""The panel shows a cluster with what can be done, and says how far the person has come."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from verbatlas.app.card.cluster_card import ClusterCard
from verbatlas.app.review.review_order import ReviewState
from verbatlas.app.review.review_panel import ReviewPanel

CARD = ClusterCard(1, "电池", "3 comments", ("battery",), ((4, "the battery is empty"),))


def test_the_buttons_and_enter_say_what_is_wanted(qtbot: QtBot) -> None:
    panel = ReviewPanel()
    qtbot.addWidget(panel)
    panel.show()
    panel.show_cluster(CARD, ReviewState((1, 2), frozenset({2})), colour=QColor("red"))
    heard: list[str] = []
    panel.accepted.connect(heard.append)
    panel.merge_asked.connect(lambda: heard.append("merge"))
    panel.split_asked.connect(lambda: heard.append("split"))
    panel.next_asked.connect(lambda: heard.append("next"))
    panel.previous_asked.connect(lambda: heard.append("previous"))

    assert panel.name.text() == "电池"
    for words in ("Accept and go on", "Merge…", "Split…", "Back", "Later"):
        button = next(part for part in panel.findChildren(QPushButton) if part.text() == words)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert heard == ["电池", "merge", "split", "previous", "next"]


def test_a_name_that_is_being_typed_stays_when_more_becomes_known_of_the_cluster(qtbot: QtBot) -> None:
    panel = ReviewPanel()
    qtbot.addWidget(panel)
    panel.show()
    state, red = ReviewState((1, 2), frozenset()), QColor("red")
    panel.show_cluster(CARD, state, colour=red)
    panel.show_cluster(CARD, state, colour=red)
    assert panel.name.selectedText() == "电池"
    qtbot.keyClicks(panel.name, "Batt")
    panel.show_cluster(replace(CARD, size="4 comments"), state, colour=red)
    qtbot.keyClicks(panel.name, "ery")
    assert panel.name.text() == "Battery"

    panel.show_cluster(replace(CARD, name="Power"), state, colour=red)  # it has another name now
    assert panel.name.text() == panel.name.selectedText() == "Power"
    qtbot.keyClicks(panel.name, "P")
    panel.show_cluster(replace(CARD, id=2, name="Power"), state, colour=red)  # another cluster
    assert panel.name.text() == panel.name.selectedText() == "Power"


def test_without_a_cluster_nothing_can_be_done(qtbot: QtBot) -> None:
    panel = ReviewPanel()
    qtbot.addWidget(panel)
    panel.show_cluster(None, ReviewState((), frozenset()), colour=QColor())
    assert not panel.isEnabled()
