"""Whole comments, of which one is chosen by mouse or keyboard."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from verbatlas.app.typical_list import TypicalList


def test_a_comment_is_chosen_by_a_click_and_by_enter(qtbot: QtBot) -> None:
    comments = TypicalList()
    qtbot.addWidget(comments)
    comments.resize(300, 200)
    comments.show()
    comments.show_comments([(7, "快递太慢了"), (9, "late again")])
    chosen: list[int] = []
    comments.chosen.connect(chosen.append)

    qtbot.mouseClick(
        comments.viewport(), Qt.MouseButton.LeftButton, pos=comments.visualItemRect(comments.item(1)).center()
    )
    comments.setCurrentRow(0)
    qtbot.keyClick(comments, Qt.Key.Key_Return)

    assert chosen == [9, 7]
