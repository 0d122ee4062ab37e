"""A steady widget is as high as what is in it, and knows when that has changed."""

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from verbatlas.app.steady_widget import SteadyWidget


def test_it_is_as_high_as_its_words_need_and_follows_them(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    steady, words = SteadyWidget(), QLabel("a word or two")
    words.setWordWrap(True)
    QVBoxLayout(steady.body).addWidget(words)
    column.addWidget(steady)
    column.addStretch(1)
    window.resize(300, 600)
    window.show()
    low = steady.height()
    assert steady.body.size() == steady.size()
    assert steady.heightForWidth(100) >= steady.heightForWidth(300)

    words.setText("many words " * 60)
    qtbot.waitUntil(lambda: steady.height() > 3 * low)
    assert words.height() >= words.heightForWidth(words.width())
    words.setText("few")
    qtbot.waitUntil(lambda: steady.height() <= low)
