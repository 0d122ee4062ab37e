"""The first page says what to do and offers the ways to begin."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from verbatlas.app.empty_state import EmptyState
from verbatlas.app.preferences import Recent


@pytest.fixture
def page(qtbot: QtBot) -> EmptyState:
    page = EmptyState()
    qtbot.addWidget(page)
    return page


def button(page: EmptyState, text: str) -> QPushButton:
    return next(button for button in page.findChildren(QPushButton) if button.text().startswith(text))


def test_a_file_can_be_opened(qtbot: QtBot, page: EmptyState) -> None:
    with qtbot.waitSignal(page.open_asked):
        qtbot.mouseClick(button(page, "Open a file"), Qt.MouseButton.LeftButton)


def test_a_sample_can_be_tried(qtbot: QtBot, page: EmptyState) -> None:
    with qtbot.waitSignal(page.sample_asked) as asked:
        qtbot.mouseClick(page.findChild(QPushButton, "sample_phone_reviews_zh"), Qt.MouseButton.LeftButton)
    assert asked.args == ["phone_reviews_zh"]


def test_a_recent_study_can_be_opened_again(qtbot: QtBot, page: EmptyState, tmp_path: Path) -> None:
    page.show_recent([Recent(str(tmp_path / "a.verbatlas"), "a.csv"), Recent(str(tmp_path / "b.verbatlas"), "b.csv")])
    with qtbot.waitSignal(page.recent_asked) as asked:
        qtbot.mouseClick(button(page, "b.csv"), Qt.MouseButton.LeftButton)
    assert asked.args == [tmp_path / "b.verbatlas"]


def test_the_list_of_recent_studies_is_shown_anew(page: EmptyState, tmp_path: Path) -> None:
    page.show_recent([Recent(str(tmp_path / "a.verbatlas"), "a.csv")])
    page.show_recent([])
    assert not [b for b in page.findChildren(QPushButton) if b.text() == "a.csv" and not b.isHidden()]


def test_every_way_to_begin_is_reached_by_the_keyboard(page: EmptyState) -> None:
    buttons = page.findChildren(QPushButton)
    assert all(button.focusPolicy() & Qt.FocusPolicy.TabFocus for button in buttons)
