"""The window of models has its pages, answers to Enter in its own field, and closes by Escape."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from verbatlas.app.models.models_window import ModelsWindow


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[ModelsWindow]:
    parent = QWidget()
    qtbot.addWidget(parent)
    window = ModelsWindow(parent)
    window.show()
    yield window
    window.close()


def test_enter_in_the_field_asks_for_that_model(qtbot: QtBot, window: ModelsWindow) -> None:
    qtbot.keyClicks(window.other, " owner/name ")
    with qtbot.waitSignal(window.other_asked) as asked:
        qtbot.keyClick(window.other, Qt.Key.Key_Return)
    assert asked.args == ["owner/name"]
    assert window.isVisible()
    with qtbot.waitSignal(window.closed):
        window.close()


def test_a_blank_field_asks_for_nothing(qtbot: QtBot, window: ModelsWindow) -> None:
    with qtbot.assertNotEmitted(window.other_asked):
        window.look_up.click()


def test_escape_closes_it(qtbot: QtBot, window: ModelsWindow) -> None:
    with qtbot.waitSignal(window.closed):
        qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_the_page_of_the_server_can_be_brought_to_the_front(window: ModelsWindow) -> None:
    window.show_server()
    assert window.server.isVisible()
