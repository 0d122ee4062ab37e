"""One comment in full."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from verbatlas.analysis.text_query import SearchKind
from verbatlas.app.comment_view import CommentView
from verbatlas.app.elsewhere import Place
from verbatlas.app.reading_card import Comment
from verbatlas.app.search.found_parts import FoundParts
from verbatlas.app.search.query import Query
from verbatlas.app.theme import ROLES

COMMENT = Comment(
    row=1233,
    text="<b>Not</b> markup\nbut a comment",
    cluster="Q&A",
    is_in_cluster=True,
    strength="Fits well (80%)",
    others=(("date", "2026-01-01"), ("stars", "5")),
)


@pytest.fixture
def view(qtbot: QtBot) -> CommentView:
    view = CommentView()
    qtbot.addWidget(view)
    view.show_comment(COMMENT, colour=QColor("#336699"))
    return view


def words(view: CommentView) -> list[str]:
    return [label.text() for label in view.findChildren(QLabel)]


def test_the_comment_is_shown_as_it_is_with_its_row_and_its_other_columns(view: CommentView) -> None:
    assert view.text == COMMENT.text
    assert "Comment in row 1,234" in words(view)
    assert {"date", "2026-01-01", "stars", "5", "Fits well (80%)"} <= set(words(view))


def test_the_next_comment_leaves_nothing_of_the_one_before(view: CommentView) -> None:
    other = Comment(row=0, text="short", cluster="In no cluster", is_in_cluster=False, strength="", others=())
    view.show_comment(other, colour=QColor("#999999"))
    assert view.text == "short"
    assert "2026-01-01" not in words(view)
    assert not view.findChildren(QPushButton)[0].isEnabled()


def test_a_huge_comment_is_shown_by_its_beginning(view: CommentView) -> None:
    huge = Comment(
        row=0, text="x" * 10_000_000, cluster="a", is_in_cluster=True, strength="", others=(("b", "y" * 10**6),)
    )
    view.show_comment(huge, colour=QColor("#999999"))
    assert view.text.endswith("…")
    assert max(map(len, words(view))) < 30_000


def test_its_cluster_and_its_neighbours_are_one_press_away(qtbot: QtBot, view: CommentView) -> None:
    buttons = {button.text(): button for button in view.findChildren(QPushButton)}
    for text, signal in (("Q&&A", view.cluster_asked), ("Next", view.next_asked), ("Previous", view.previous_asked)):
        with qtbot.waitSignal(signal):
            qtbot.mouseClick(buttons[text], Qt.MouseButton.LeftButton)


def test_what_a_search_has_found_stands_out_in_the_comment(view: CommentView) -> None:
    ground = QColor(ROLES["light"].found)

    def is_marked() -> bool:
        image = view.grab().toImage()
        return any(image.pixelColor(x, y) == ground for x in range(image.width()) for y in range(image.height()))

    view.mark_found(FoundParts(Query("markup", SearchKind.WORDS, 1)))
    assert is_marked()
    assert view.text == COMMENT.text
    view.mark_found(FoundParts(Query("elsewhere", SearchKind.WORDS, 1)))
    assert not is_marked()
    assert view.text in words(view)


def test_tab_comes_to_the_cluster_and_to_other_places_before_the_next_comment(qtbot: QtBot, view: CommentView) -> None:
    view.elsewhere.offer([Place(1, "Refund", QColor("red")), Place(2, "Late", QColor("blue"))])
    view.show()
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    view.setFocus()
    walked = []
    for _step in range(6):
        QTest.keyClick(view.focusWidget(), Qt.Key.Key_Tab)
        walked.append(view.focusWidget().text())
    assert walked == ["Q&&A", "Refund", "Late", "Another…", "Previous", "Next"]
    view.take_keyboard()
    assert view.focusWidget().text() == "Next"
