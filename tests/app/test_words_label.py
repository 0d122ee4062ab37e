"""Words of a person are shown as they are."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from verbatlas.app.words_label import words_label


def test_markup_in_a_comment_is_text(qtbot: QtBot) -> None:
    label = words_label("comment", text="<img src=x>", selectable=True)
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == "<img src=x>"
    assert label.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard
