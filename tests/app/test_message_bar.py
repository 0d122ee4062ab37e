"""Messages stand in a bar: they can be read, copied, closed and, where it makes sense, answered."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QListWidget, QPushButton, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from verbatlas.app.message_bar import MessageBar, Tone


@pytest.fixture
def bar(qtbot: QtBot) -> MessageBar:
    bar = MessageBar()
    qtbot.addWidget(bar)
    return bar


def button(bar: MessageBar, text: str) -> QPushButton:
    return next(button for button in bar.findChildren(QPushButton) if button.text() == text)


def test_there_is_no_bar_until_there_is_something_to_say(bar: MessageBar) -> None:
    assert bar.isHidden()
    assert bar.text == ""


def test_a_message_takes_the_place_of_the_one_before(bar: MessageBar) -> None:
    bar.say("first")
    bar.say("second", tone=Tone.PROBLEM)
    assert bar.text == "second"
    assert bar.property("tone") == "problem"


def test_angle_brackets_in_a_message_are_text_and_not_markup(bar: MessageBar) -> None:
    bar.say("<b>file</b>.csv")
    assert bar.text == "<b>file</b>.csv"


def test_a_message_can_be_copied(qtbot: QtBot, bar: MessageBar) -> None:
    bar.say("what happened")
    qtbot.mouseClick(button(bar, "Copy"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "what happened"


@pytest.mark.parametrize("way", ["click", "escape"])
def test_a_message_can_be_closed(qtbot: QtBot, bar: MessageBar, way: str) -> None:
    bar.say("what happened")
    close = bar.findChild(QToolButton)
    if way == "click":
        qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    else:
        qtbot.keyClick(close, Qt.Key.Key_Escape)
    assert bar.isHidden()


def test_try_again_is_offered_only_where_it_makes_sense(qtbot: QtBot, bar: MessageBar) -> None:
    bar.say("gone")
    assert button(bar, "Try again").isHidden()
    bar.say("stopped", can_retry=True)
    with qtbot.waitSignal(bar.retry_asked):
        qtbot.mouseClick(button(bar, "Try again"), Qt.MouseButton.LeftButton)
    assert bar.isHidden()


def test_a_click_leaves_the_keyboard_where_it_was(qtbot: QtBot) -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    view, field, bar = QListWidget(), QLineEdit(), MessageBar()
    for part in (bar, field, view):
        column.addWidget(part)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    view.setFocus()
    bar.say("Moved 3 comments", can_undo=True)
    qtbot.mouseClick(button(bar, "Undo"), Qt.MouseButton.LeftButton)
    assert bar.isHidden()
    assert page.focusWidget() is view
