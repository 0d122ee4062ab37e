"""A title and, where the line ends, its detail."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from verbatlas.app.detail_lines import DetailDelegate, detail_line
from verbatlas.app.icons import dot
from verbatlas.app.theme import ROLES
from verbatlas.app.theme.theme import palette_of


@pytest.fixture
def lines(qtbot: QtBot) -> QListWidget:
    found = QListWidget()
    qtbot.addWidget(found)
    found.setItemDelegate(DetailDelegate(found))
    found.setPalette(palette_of(ROLES["light"]))
    found.resize(300, 200)
    found.show()
    return found


def ink(lines: QListWidget, row: int) -> list[int]:
    """Return in which columns of pixels something stands in a line."""
    image = lines.viewport().grab(lines.visualItemRect(lines.item(row))).toImage()
    ground = image.pixelColor(image.width() // 2, 0)
    return [
        x
        for x in range(image.width())
        if any(abs(image.pixelColor(x, y).lightness() - ground.lightness()) > 60 for y in range(image.height()))
    ]


def test_details_end_where_all_lines_end_and_long_titles_make_room(lines: QListWidget) -> None:
    for title, detail in (("Open", "Ctrl+O"), ("Export", "Ctrl+Shift+E"), ("word " * 60, "Ctrl+K"), ("alone", "")):
        lines.addItem(detail_line(title, detail))
    ends = [ink(lines, row)[-1] for row in range(3)]
    assert max(ends) - min(ends) <= 3
    assert ends[0] > 270
    assert ink(lines, 3)[-1] < 100
    start = ends[2] - lines.fontMetrics().horizontalAdvance("Ctrl+K")
    assert not set(range(start - 9, start - 2)) & set(ink(lines, 2)), "the cut title stops before the detail"


def test_screen_readers_read_both() -> None:
    assert detail_line("Late", "12 comments").data(Qt.ItemDataRole.AccessibleTextRole) == "Late, 12 comments"


def test_the_dot_of_a_selected_line_keeps_its_colour(qtbot: QtBot) -> None:
    icon = dot(QColor("#008800"))
    pictures = [icon.pixmap(32, mode).toImage() for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected)]
    assert pictures[0].pixelColor(16, 16) == pictures[1].pixelColor(16, 16) == QColor("#008800")
