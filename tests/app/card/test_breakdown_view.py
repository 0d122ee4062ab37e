"""The chart says in words what its bars show, and another column can be asked for."""

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox, QLabel, QProgressBar
from pytestqt.qtbot import QtBot

from verbatlas.app.card.breakdown import Bar, Breakdown
from verbatlas.app.card.breakdown_view import BreakdownView
from verbatlas.app.map.colouring import ColourChoice

VALUES = Breakdown("channel", (Bar("chat", 2, 0.6, 0.2), Bar("mail", 1, 0.4, 0.8)), (), 3)
SCALE = Breakdown("date", tuple(Bar("", 1, 0.1, 0.1) for _ in range(10)), ("2026-01-01", "2026-03-31"), 0)


@pytest.fixture
def view(qtbot: QtBot) -> BreakdownView:
    view = BreakdownView()
    qtbot.addWidget(view)
    view.resize(300, 300)
    view.offer([ColourChoice("strength", "how clearly"), ColourChoice("3", "channel")])
    view.show()
    return view


def words(view: BreakdownView) -> list[str]:
    return [label.text() for label in view.findChildren(QLabel) if label.isVisibleTo(view)]


def test_values_are_bars_with_words_and_a_mark_where_they_are_frequent(qtbot: QtBot, view: BreakdownView) -> None:
    view.show_breakdown(VALUES, colour=QColor("red"))
    expected = {"chat", "60% ↑", "mail", "40% ↓", "3 comments have no value"}
    qtbot.waitUntil(lambda: expected <= set(words(view)))
    spoken = [bar.accessibleName() for bar in view.findChildren(QProgressBar)]
    assert spoken == ["chat: 60% here, 20% of all comments", "mail: 40% here, 80% of all comments"]


def test_a_scale_is_drawn_between_its_ends_and_takes_the_place_of_the_bars(qtbot: QtBot, view: BreakdownView) -> None:
    view.show_breakdown(VALUES, colour=QColor("red"))
    view.show_breakdown(SCALE, colour=QColor("red"))
    qtbot.waitUntil(lambda: {"2026-01-01", "2026-03-31"} <= set(words(view)))
    assert "chat" not in words(view)
    assert not view.grab().isNull()


def test_another_column_is_asked_for_and_stays_when_the_same_are_offered_again(
    qtbot: QtBot, view: BreakdownView
) -> None:
    with qtbot.waitSignal(view.asked) as asked:
        view.findChild(QComboBox).setCurrentIndex(1)
    assert asked.args == ["3"]
    view.offer([ColourChoice("strength", "how clearly"), ColourChoice("2", "stars"), ColourChoice("3", "channel")])
    assert view.key == "3"
