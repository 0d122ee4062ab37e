"""Whole comments, of which one is chosen by mouse or keyboard, with their telling words."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from verbatlas.app.card.typical_list import TypicalList


def test_a_comment_is_chosen_by_a_click_and_by_enter(qtbot: QtBot) -> None:
    shown = TypicalList("Typical comments")
    qtbot.addWidget(shown)
    shown.resize(300, 200)
    shown.show_comments([(7, "快递太慢了"), (9, "late again")])
    shown.show()
    chosen: list[int] = []
    shown.chosen.connect(chosen.append)

    qtbot.mouseClick(shown.comments[1], Qt.MouseButton.LeftButton)
    qtbot.keyClick(shown.comments[0], Qt.Key.Key_Return)

    assert chosen == [9, 7]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("快递太慢了", ("太慢",), "快递<b>太慢</b>了"),
        ("Late latecomers, LATE", ("late",), "<b>Late</b> latecomers, <b>LATE</b>"),
        ("<b>not bold</b> & so on", (), "&lt;b&gt;not bold&lt;/b&gt; &amp; so on"),
        ("a refund request", ("refund", "refund request"), "a <b>refund request</b>"),
        ("c++ (really)", ("(", " "), "c++ (really)"),
    ],
)
def test_telling_words_stand_out_and_nothing_in_a_comment_is_taken_for_markup(
    text: str, words: tuple[str, ...], expected: str, qtbot: QtBot
) -> None:
    shown = TypicalList("Typical comments")
    qtbot.addWidget(shown)
    shown.show_comments([(0, text)], marked=words)
    assert shown.comments[0].text() == expected
