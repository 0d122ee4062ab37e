"""The panel shows a cluster with what can be done, and says how far the person has come."""

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


def test_without_a_cluster_nothing_can_be_done(qtbot: QtBot) -> None:
    panel = ReviewPanel()
    qtbot.addWidget(panel)
    panel.show_cluster(None, ReviewState((), frozenset()), colour=QColor())
    assert not panel.isEnabled()
