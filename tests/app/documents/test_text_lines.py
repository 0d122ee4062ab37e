"""Texts stay on their lines."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from verbatlas.app.documents.text_lines import draw_lines, line_step

WIDTH, HEIGHT = 300, 120


def ink(text: str, *, n_lines: int = 3) -> tuple[int, int]:
    """Return the lowest and the rightmost pixel that was drawn."""
    image = QImage(WIDTH + 100, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    step = line_step(painter.fontMetrics())
    draw_lines(painter, QRect(0, 0, WIDTH, HEIGHT), text, n_lines=n_lines, alignment=Qt.AlignmentFlag.AlignLeft)
    painter.end()
    drawn = [(x, y) for y in range(HEIGHT) for x in range(WIDTH + 100) if image.pixelColor(x, y).lightness() < 200]
    return max((y for _x, y in drawn), default=-1) // step, max((x for x, _y in drawn), default=-1)


@pytest.mark.parametrize(
    "text", ["word " * 200, "x" * 600, "退款太慢" * 100, "😀 smile " * 80, "שלום עולם " * 60], ids=ascii
)
def test_long_texts_fill_three_lines_and_no_more(qtbot: QtBot, text: str) -> None:
    lowest_line, rightmost = ink(text)
    assert lowest_line == 2
    assert rightmost < WIDTH


def test_short_texts_stay_on_the_first_line_and_empty_ones_draw_nothing(qtbot: QtBot) -> None:
    assert ink("short")[0] == 0
    assert ink("word " * 200, n_lines=1)[0] == 0
    assert ink("") == (-1, -1)
