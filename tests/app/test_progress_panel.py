"""The running job in view: its stages, counts, speed, time left and the way out."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from verbatlas.app.progress_panel import ProgressPanel
from verbatlas.app.steps import Step
from verbatlas.engine.stages import Stage

MAP_STEPS = (Step.EMBED, Step.ARRANGE, Step.CLUSTER, Step.NAME)


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[ProgressPanel]:
    panel = ProgressPanel()
    qtbot.addWidget(panel)
    yield panel
    panel.end()


def shown(panel: ProgressPanel) -> list[str]:
    return [label.text() for label in panel.findChildren(QLabel) if not label.isHidden() and label.text()]


def test_the_stages_of_the_job_are_listed_and_no_others(panel: ProgressPanel) -> None:
    panel.begin("Making the map", MAP_STEPS)
    said = shown(panel)
    assert "Making the map" in said
    assert "Arrange the map" in said
    assert "Read the file" not in said


def test_what_is_done_running_and_to_come_has_its_own_mark(panel: ProgressPanel) -> None:
    panel.begin("Making the map", MAP_STEPS)
    panel.advance(Stage.ARRANGE, 1, 10)
    assert [said for said in shown(panel) if said in "✓●○"] == ["✓", "●", "○", "○"]
    assert panel.running is Step.ARRANGE


def test_comments_are_counted_while_they_are_read_by_the_encoder(panel: ProgressPanel) -> None:
    panel.begin("Making the map", MAP_STEPS)
    panel.advance(Stage.EMBED, 1500, 3000)
    assert "1,500 of 3,000" in shown(panel)
    assert panel.findChild(QProgressBar).value() == 500


def test_waiting_for_a_server_is_said_and_the_count_stays(panel: ProgressPanel) -> None:
    panel.begin("Making the map", MAP_STEPS)
    panel.advance(Stage.EMBED, 1500, 3000)
    panel.advance(Stage.WAIT, 3, 6)
    assert "Waiting for the server: try 3 of 6" in shown(panel)
    assert "1,500 of 3,000" in shown(panel)


def test_bytes_are_counted_while_a_file_is_read(panel: ProgressPanel) -> None:
    panel.begin("Reading a.csv", [Step.READ])
    panel.advance(None, 1_500_000, 3_000_000)
    assert "1.5 MB of 3.0 MB" in shown(panel)


def test_a_job_without_stages_shows_that_it_works(panel: ProgressPanel) -> None:
    panel.begin("Writing out.csv", [])
    panel.advance(None, 5, 10)
    assert panel.findChild(QProgressBar).value() == 500


def test_cancel_asks_once_and_says_that_it_was_heard(qtbot: QtBot, panel: ProgressPanel) -> None:
    panel.begin("Making the map", MAP_STEPS)
    button = panel.findChild(QPushButton)
    with qtbot.waitSignal(panel.cancel_asked):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    panel.cancelling()
    assert not button.isEnabled()
    panel.begin("Again", MAP_STEPS)
    assert button.isEnabled()


def test_a_job_that_is_over_at_once_is_not_shown_at_all(qtbot: QtBot, panel: ProgressPanel) -> None:
    panel.begin("Renaming", [])
    assert panel.isHidden()
    panel.end()
    qtbot.wait(500)
    assert panel.isHidden()


def test_a_job_that_takes_a_while_is_shown(qtbot: QtBot, panel: ProgressPanel) -> None:
    panel.begin("Making the map", MAP_STEPS)
    qtbot.waitUntil(panel.isVisible)
    panel.end()
    assert panel.isHidden()
