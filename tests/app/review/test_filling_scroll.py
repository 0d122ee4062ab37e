"""Parts come as they are scrolled to."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from verbatlas.app.review.filling_scroll import FillingScroll
from verbatlas.app.review.part_list import PartCard, PartList


def test_it_asks_for_more_until_a_page_is_full_and_again_when_it_is_turned(qtbot: QtBot) -> None:
    parts, page, field = PartList(), QWidget(), QLineEdit()
    qtbot.addWidget(field)
    QVBoxLayout(page).addWidget(parts)
    scroll = FillingScroll(page, parts, turned_from=field)
    qtbot.addWidget(scroll)
    card = PartCard("8 comments", ((3, "it came late"), (4, "two days")), (), ())
    parts.more_asked.connect(lambda: parts.add_parts([card], total=60))
    scroll.resize(300, 400)
    scroll.show()
    parts.show_parts([card], total=60)

    bar = scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() >= bar.pageStep())
    qtbot.wait(50)
    n_shown = len(parts.parts)
    assert 1 < n_shown < 60
    qtbot.keyClick(field, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    qtbot.waitUntil(lambda: len(parts.parts) > n_shown)
    qtbot.keyClick(field, Qt.Key.Key_PageUp)
    assert bar.value() == 0


def test_the_first_few_may_all_fit(qtbot: QtBot) -> None:
    parts, page, field = PartList(), QWidget(), QLineEdit()
    qtbot.addWidget(field)
    QVBoxLayout(page).addWidget(parts)
    scroll = FillingScroll(page, parts, turned_from=field)
    qtbot.addWidget(scroll)
    card = PartCard("1 comment", ((3, "late"),), (), ())
    parts.more_asked.connect(lambda: parts.add_parts([card], total=4))
    scroll.resize(300, 900)
    scroll.show()
    qtbot.wait(50)
    parts.show_parts([card], total=4)
    qtbot.waitUntil(lambda: len(parts.parts) == 4)
