"""A cluster in short, and the ways on from there."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from verbatlas.app.card.cluster_card import ClusterCard, Neighbour
from verbatlas.app.card.cluster_view import ClusterView
from verbatlas.app.card.typical_list import CommentLine

CARD = ClusterCard(
    id=3,
    name="Battery",
    size="12 comments",
    keywords=("battery", "empty"),
    typical=((4, "empty so soon"), (9, "hot & empty")),
    borderline=((7, "the charger"),),
    cohesion=0.71,
    nearest=Neighbour(5, "Charger", 0.9),
)


@pytest.fixture
def view(qtbot: QtBot) -> ClusterView:
    view = ClusterView()
    qtbot.addWidget(view)
    view.show_cluster(CARD, colour=QColor("#336699"))
    view.resize(300, 700)
    view.show()
    return view


def lines(view: ClusterView) -> list[CommentLine]:
    return [line for line in view.findChildren(CommentLine) if line.isVisibleTo(view)]


def press(qtbot: QtBot, view: ClusterView, words: str) -> None:
    button = next(part for part in view.findChildren(QPushButton) if part.text() == words)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_typical_and_borderline_comments_are_chosen_by_a_click_or_by_enter(qtbot: QtBot, view: ClusterView) -> None:
    chosen: list[int] = []
    view.document_chosen.connect(chosen.append)
    assert [line.plain for line in lines(view)] == ["empty so soon", "hot & empty", "the charger"]
    assert "<b>empty</b>" in lines(view)[0].text()
    qtbot.mouseClick(lines(view)[1], Qt.MouseButton.LeftButton)
    qtbot.keyClick(lines(view)[2], Qt.Key.Key_Return)
    assert chosen == [9, 7]


def test_another_cluster_takes_the_place_of_the_first(qtbot: QtBot, view: ClusterView) -> None:
    other = ClusterCard(4, "Refund", "1 comment", (), ((1, "money back"),))
    view.show_cluster(other, colour=QColor("#000000"))
    qtbot.waitUntil(lambda: [line.plain for line in lines(view)] == ["money back"])
    assert not next(part for part in view.findChildren(QPushButton) if part.text() == "Merge with it").isVisible()


def test_a_locked_cluster_is_called_so(view: ClusterView) -> None:
    (words,) = [label for label in view.findChildren(QLabel) if label.text().startswith("Locked")]
    assert not words.isVisible()
    view.show_cluster(replace(CARD, locked=True), colour=QColor("#336699"))
    assert words.isVisible()
    view.show_cluster(CARD, colour=QColor("#336699"))
    assert not words.isVisible()


def test_name_parts_colour_and_neighbour_are_asked_for_from_here(qtbot: QtBot, view: ClusterView) -> None:
    heard: list[object] = []
    view.rename_asked.connect(lambda: heard.append("rename"))
    view.split_asked.connect(lambda: heard.append("split"))
    view.merge_asked.connect(lambda kept, other: heard.append((kept, other)))
    for words in ("Rename…", "Split…", "Merge with it"):
        press(qtbot, view, words)
    assert heard == ["rename", "split", (3, 5)]


def test_tab_comes_to_all_that_can_be_done_from_the_top_on(qtbot: QtBot, view: ClusterView) -> None:
    walked = []
    part = view.nextInFocusChain()
    while part is not view:
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisible():
            walked.append(part.accessibleName() or part.text())
        part = part.nextInFocusChain()
    head = ["Another colour", "Rename…", "Split…", "Your note on this cluster", "Merge with it"]
    assert walked[: len(head)] == head
    assert view.focusProxy() is None, "Tab would come to that first, and to nothing above it"
