"""One model in full offers what can be done with it, and nothing else."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from verbatlas.app.models.model_details import ModelDetails
from verbatlas.app.models.shelf import ShelfModel, shelf
from verbatlas.encoders.hub.installed import InstalledModel, Origin
from verbatlas.engine.stages import Stage

HERE = InstalledModel("bge-m3", "BAAI/bge-m3", Path("/models/bge-m3"), 2_293_000_000, "abc", Origin.DOWNLOADED)


@pytest.fixture
def details(qtbot: QtBot) -> ModelDetails:
    details = ModelDetails()
    qtbot.addWidget(details)
    details.allow_use(is_possible=True)
    details.show()
    return details


def model_called(name: str, *installed: InstalledModel) -> ShelfModel:
    return next(model for model in shelf(installed) if model.name == name)


def offered(details: ModelDetails) -> set[str]:
    parts = {"use": details.use, "download": details.download, "check": details.check, "remove": details.remove}
    return {name for name, part in parts.items() if part.isVisible()}


def test_a_model_that_is_not_here_can_be_downloaded_for_a_price(qtbot: QtBot, details: ModelDetails) -> None:
    details.show_model(model_called("bge-m3"))
    assert offered(details) == {"download"}
    assert details.download.text() == "Download (2.3 GB)"
    assert details.about.text().startswith("Over 100 languages")
    with qtbot.waitSignal(details.download_asked) as asked:
        details.download.click()
    assert asked.args == ["bge-m3"]
    details.show_model(model_called("bge-m3"), is_begun=True)
    assert details.download.text() == "Go on downloading (2.3 GB)"


def test_a_model_that_is_here_can_be_used_checked_and_removed(qtbot: QtBot, details: ModelDetails) -> None:
    details.show_model(model_called("bge-m3", HERE))
    assert offered(details) == {"use", "check", "remove"}
    with qtbot.waitSignal(details.use_asked) as asked:
        details.use.click()
    assert asked.args == ["bge-m3", "auto"]
    details.precision.setCurrentIndex(2)
    with qtbot.waitSignal(details.use_asked) as asked:
        details.use.click()
    assert asked.args == ["bge-m3", "fast"]


def test_what_came_with_the_program_is_not_removed(details: ModelDetails) -> None:
    packaged = InstalledModel("minilm", "", Path("/site-packages/model"), 91_000_000, "0.1.0", Origin.PACKAGED)
    details.show_model(model_called("minilm", packaged))
    assert offered(details) == {"use", "check"}
    details.show_model(model_called("lexical"))
    assert offered(details) == {"use"}


def test_without_a_table_nothing_can_be_used_and_it_says_why(details: ModelDetails) -> None:
    details.show_model(model_called("bge-m3", HERE))
    details.allow_use(is_possible=False)
    assert not details.use.isEnabled()
    assert details.use.toolTip() == "Open a table first."


def test_while_it_arrives_it_can_be_paused_and_nothing_else(qtbot: QtBot, details: ModelDetails) -> None:
    details.show_model(model_called("bge-m3"))
    details.begin("Asking the hub…", is_pausable=True)
    details.advance(Stage.DOWNLOAD, 1_000_000_000, 2_293_000_000)
    assert details.transfer.words.text() == "1.0 GB of 2.3 GB"
    assert not details.download.isEnabled()
    with qtbot.waitSignal(details.pause_asked) as asked:
        details.transfer.pause.click()
    assert asked.args == ["bge-m3"]
    details.show_model(model_called("bge-m3"), is_begun=True)
    assert details.transfer.isHidden()


def test_a_download_that_runs_or_is_paused_can_be_thrown_away(qtbot: QtBot, details: ModelDetails) -> None:
    details.show_model(model_called("bge-m3"))
    assert details.discard.isHidden()
    details.begin("Asking the hub…", is_pausable=True)
    assert details.discard.isVisible()
    with qtbot.waitSignal(details.discard_asked) as asked:
        details.discard.click()
    assert asked.args == ["bge-m3"]
    details.show_model(model_called("bge-m3"), is_begun=True)
    assert details.discard.isEnabled()
    details.begin("Working…", is_pausable=False)
    assert not details.discard.isEnabled()
    details.show_model(model_called("bge-m3", HERE), is_begun=True)
    assert details.discard.isHidden()


def test_what_came_of_it_is_said(details: ModelDetails) -> None:
    details.show_model(model_called("bge-m3"))
    details.say("The hub cannot be reached.", is_problem=True)
    assert details.said.isVisible()
    assert details.said.property("role") == "problem"
    details.say("")
    assert details.said.isHidden()
