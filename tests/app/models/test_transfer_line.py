"""A transfer says how much has come, how fast, and when it will be over."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from verbatlas.app.models import transfer_line
from verbatlas.app.models.transfer_line import TransferLine
from verbatlas.engine.stages import Stage


@pytest.fixture
def line(qtbot: QtBot) -> TransferLine:
    line = TransferLine()
    qtbot.addWidget(line)
    line.show()
    line.begin("Asking the hub…")
    return line


def test_amount_speed_and_time_left_are_told(line: TransferLine, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(transfer_line.time, "monotonic", lambda: now)
    line.advance(Stage.DOWNLOAD, 0, 400_000_000)
    now = 102.0
    line.advance(Stage.DOWNLOAD, 40_000_000, 400_000_000)
    assert line.words.text() == "40.0 MB of 400 MB  ·  20.0 MB per second  ·  18 seconds left"
    assert line.bar.value() == line.bar.maximum() // 10


def test_what_is_not_counted_in_bytes_leaves_the_words(line: TransferLine) -> None:
    line.advance(Stage.PREPARE, 1, 2)
    assert line.words.text() == "Asking the hub…"
    assert line.bar.maximum() == 0


def test_a_pause_is_asked_for_once(qtbot: QtBot, line: TransferLine) -> None:
    with qtbot.waitSignal(line.pause_asked):
        qtbot.mouseClick(line.pause, Qt.MouseButton.LeftButton)
    assert not line.pause.isEnabled()
    line.begin("Once more…")
    assert line.pause.isEnabled()
