"""Beside the map: a comment, else a cluster, else how to select one; and the keyboard is not lost between them."""

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from verbatlas.app.card.cluster_card import ClusterCard
from verbatlas.app.card.typical_list import CommentLine
from verbatlas.app.comment_panel import CommentPanel
from verbatlas.app.reading_card import Comment

COMMENT = Comment(row=0, text="a comment", cluster="c", is_in_cluster=True, strength="", others=())
CARD = ClusterCard(1, "c", "1 comment", ("word",), ((0, "a comment"),))
COLOUR = QColor("#336699")


@pytest.fixture
def panel(qtbot: QtBot) -> CommentPanel:
    panel = CommentPanel()
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitActive(panel)
    return panel


def test_at_first_there_is_a_hint(panel: CommentPanel) -> None:
    assert panel.text == ""
    assert panel.comment.isHidden()
    assert panel.cluster.isHidden()


def test_one_thing_is_shown_at_a_time(panel: CommentPanel) -> None:
    panel.show_cluster(CARD, colour=COLOUR)
    assert panel.comment.isHidden()
    panel.show_comment(COMMENT, colour=COLOUR)
    assert panel.cluster.isHidden()
    assert panel.text == "a comment"
    panel.show_hint()
    assert panel.text == ""


def test_the_keyboard_stays_in_the_panel_when_its_page_changes(panel: CommentPanel) -> None:
    panel.show_cluster(CARD, colour=COLOUR)
    panel.cluster.findChild(CommentLine).setFocus()
    panel.show_comment(COMMENT, colour=COLOUR)
    focus = panel.focusWidget()
    assert focus is not None
    assert panel.comment.isAncestorOf(focus)
