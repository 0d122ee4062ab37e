"""Texts stay on their lines."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QGuiApplication, QImage, QPainter
from pytestqt.qtbot import QtBot

from verbatlas.app.documents.text_lines import draw_lines, line_step

WIDTH, HEIGHT = 300, 120


GROUND = QColor("#ffe08a")


def drawn(text: str, marks: list[tuple[int, int]], *, n_lines: int = 3) -> QImage:
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    where = QRect(0, 0, WIDTH, HEIGHT)
    draw_lines(painter, where, text, n_lines=n_lines, alignment=Qt.AlignmentFlag.AlignLeft, marks=marks, ground=GROUND)
    painter.end()
    return image


def marked_places(image: QImage) -> tuple[list[int], list[int]]:
    """Return in which columns and rows of pixels the ground of marks is."""
    found = [(x, y) for y in range(HEIGHT) for x in range(WIDTH) if image.pixelColor(x, y) == GROUND]
    return sorted({x for x, _y in found}), sorted({y for _x, y in found})


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


@pytest.mark.parametrize("before", ["", "long ", "电池很好，", "😀😀 "], ids=ascii)
def test_a_marked_part_has_its_ground_where_it_stands(qtbot: QtBot, before: str) -> None:
    text = f"{before}太慢 and so on"
    across, _down = marked_places(drawn(text, [(len(before), len(before) + 2)]))
    metrics = QFontMetrics(QGuiApplication.font())
    assert across
    assert abs(across[0] - metrics.horizontalAdvance(before)) < 8
    assert across[-1] - across[0] < 60, "two characters, not the whole line"
    assert marked_places(drawn(text, [])) == ([], [])


def test_a_mark_in_the_last_line_which_is_cut_stays_in_its_place(qtbot: QtBot) -> None:
    text = "word " * 200
    step = line_step(QFontMetrics(QGuiApplication.font()))
    for start in (0, 100):  # of the first line, and of the third
        _across, down = marked_places(drawn(text, [(start, start + 4)], n_lines=3))
        lines = {y // step for y in down}
        assert len(lines) <= 2
        assert (min(lines) == 0) == (start == 0)
    assert marked_places(drawn(text, [(0, 4), (5, 9)], n_lines=1))[1][-1] < 1.5 * step
    assert marked_places(drawn(text, [(900, 904)])) == ([], []), "beyond what is shown"
