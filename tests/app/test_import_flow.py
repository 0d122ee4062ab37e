"""Between a file and its study stands one page: it is shown, counted on, left, and shows the format that holds."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot
from window_steps import LONG, wait_until_idle

from verbatlas.app.import_flow import ImportFlow
from verbatlas.app.import_page import ImportChoice
from verbatlas.app.session import Session
from verbatlas.app.work import TextChoice


@pytest.fixture
def flow(qtbot: QtBot, session: Session) -> ImportFlow:
    pages = QStackedWidget()
    pages.addWidget(QWidget())
    qtbot.addWidget(pages)
    return ImportFlow(session, pages)


def read(qtbot: QtBot, session: Session, flow: ImportFlow, table: Path) -> None:
    with qtbot.waitSignal(flow.shown, timeout=LONG) as shown:
        session.read(table)
    assert shown.args[0].path == table
    assert flow.is_shown


def test_the_page_is_built_when_a_table_was_read_and_counts_its_comments(
    qtbot: QtBot, session: Session, flow: ImportFlow, small_table: Path
) -> None:
    assert not flow.is_shown
    assert flow._pages.count() == 1
    with qtbot.waitSignal(session.counted, timeout=LONG) as counted:
        read(qtbot, session, flow, small_table)
    assert flow._pages.count() == 2
    assert len(counted.args[0].documents) == 42


def test_what_is_accepted_becomes_a_study(qtbot: QtBot, session: Session, flow: ImportFlow, small_table: Path) -> None:
    read(qtbot, session, flow, small_table)
    with qtbot.waitSignal(session.told, timeout=LONG):
        flow.page.accepted.emit(ImportChoice(TextChoice((1,)), ()))
    assert session.study is not None
    assert session.study.text_columns == (1,)


def test_who_leaves_it_is_counted_for_no_longer(
    qtbot: QtBot, session: Session, flow: ImportFlow, small_table: Path
) -> None:
    read(qtbot, session, flow, small_table)
    with qtbot.waitSignal(flow.left):
        flow.page.left.emit()
    wait_until_idle(qtbot, lambda: session.is_busy)
    assert session.study is None


def test_a_format_that_cannot_be_read_is_taken_back(
    qtbot: QtBot, session: Session, flow: ImportFlow, small_table: Path
) -> None:
    read(qtbot, session, flow, small_table)
    assert flow.page.read is not None
    ascii_only = replace(flow.page.read.table.format, encoding="ascii")
    with qtbot.waitSignal(session.problem, timeout=LONG):
        flow.page.format_chosen.emit(ascii_only)
    assert "utf-8" in [box.currentData() for box in flow.page.findChildren(QComboBox)]
