"""Numbers stand as far in as words."""

from PySide6.QtWidgets import QSpinBox
from pytestqt.qtbot import QtBot

from verbatlas.app.number_box import indent_words


def test_the_words_begin_further_in(qtbot: QtBot) -> None:
    box = QSpinBox()
    qtbot.addWidget(box)
    before = box.lineEdit().textMargins().left()
    indent_words(box)
    assert box.lineEdit().textMargins().left() > before
