"""Models are listed, brought, paused, checked and removed from the window, with a real hub's protocol behind it."""

import hashlib
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from stand_in_hub import StandInHub, running_hub
from tiny_model import TINY, tiny_model
from window_steps import LONG

from verbatlas.app.background import Background
from verbatlas.app.live_preferences import LivePreferences
from verbatlas.app.models.models_window import ModelsWindow
from verbatlas.app.models.shelf_keeper import ShelfKeeper
from verbatlas.encoders.hub.installed import begun_size, installed_names
from verbatlas.encoders.hub.network import Network


@pytest.fixture
def keeper(qtbot: QtBot, background: Background, own: LivePreferences, hub: StandInHub) -> Iterator[ShelfKeeper]:
    parent = QWidget()
    qtbot.addWidget(parent)
    keeper = ShelfKeeper(background, own, network=lambda: Network(endpoint=hub.endpoint), parent=parent)
    yield keeper
    keeper.close()


@pytest.fixture
def window(qtbot: QtBot, keeper: ShelfKeeper) -> Iterator[ModelsWindow]:
    window = ModelsWindow(keeper.parent())
    with qtbot.waitSignal(keeper.changed, timeout=LONG):
        keeper.show_in(window)
    window.show()
    yield window
    window.close()


def bring(qtbot: QtBot, window: ModelsWindow) -> None:
    window.other_asked.emit(TINY)
    window.details.download.click()
    qtbot.waitUntil(lambda: window.details.said.text() != "", timeout=LONG)


def test_what_is_here_is_listed_first(window: ModelsWindow) -> None:
    assert window.models.current_name == "minilm"
    assert window.details.use.isVisible()


def test_a_model_of_the_hub_is_brought_checked_and_removed(qtbot: QtBot, window: ModelsWindow) -> None:
    bring(qtbot, window)
    assert window.details.said.text() == "It is on this computer now."
    qtbot.waitUntil(lambda: window.details.remove.isVisible(), timeout=LONG)
    assert TINY in installed_names()
    window.details.check.click()
    qtbot.waitUntil(lambda: "as they were published" in window.details.said.text(), timeout=LONG)
    window.details.remove.click()
    question = window.findChild(QMessageBox)
    assert "601 KB" in question.text() or "600 KB" in question.text()
    next(button for button in question.findChildren(QPushButton) if button.text() == "Remove").click()
    qtbot.waitUntil(lambda: "was removed" in window.details.said.text(), timeout=LONG)
    assert TINY not in installed_names()


def test_a_damaged_file_is_found(qtbot: QtBot, window: ModelsWindow, tmp_path: Path) -> None:
    bring(qtbot, window)
    qtbot.waitUntil(lambda: window.details.check.isVisible(), timeout=LONG)
    weights = next((tmp_path / "models").rglob("model.safetensors"))
    weights.write_bytes(weights.read_bytes()[:-1] + b"?")
    window.details.check.click()
    qtbot.waitUntil(lambda: "model.safetensors" in window.details.said.text(), timeout=LONG)
    assert window.details.said.property("role") == "problem"


def test_a_download_is_paused_and_goes_on_where_it_was(qtbot: QtBot, window: ModelsWindow, hub: StandInHub) -> None:
    weights = "/lfs/" + hashlib.sha256(tiny_model()["model.safetensors"]).hexdigest()
    hub.trouble(weights, "hold", after=300_000)
    window.other_asked.emit(TINY)
    window.details.download.click()
    qtbot.waitUntil(hub.held.is_set, timeout=LONG)
    window.details.transfer.pause.click()
    qtbot.waitUntil(lambda: window.details.said.text().startswith("Paused"), timeout=LONG)
    hub.released.set()
    assert window.details.download.text() == "Go on downloading"
    already = hub.sent(weights)
    window.details.download.click()
    qtbot.waitUntil(lambda: "on this computer now" in window.details.said.text(), timeout=LONG)
    assert hub.sent(weights) - already < 600_000


def test_the_offline_switch_ends_a_download_with_a_sentence_and_it_can_go_on(
    qtbot: QtBot, window: ModelsWindow, keeper: ShelfKeeper, own: LivePreferences, own_address: str
) -> None:
    with running_hub(host=own_address) as hub:
        hub.add(TINY, tiny_model())
        weights = "/lfs/" + hashlib.sha256(tiny_model()["model.safetensors"]).hexdigest()
        hub.trouble(weights, "hold", after=300_000)
        keeper._network = lambda: Network(endpoint=hub.endpoint)
        window.other_asked.emit(TINY)
        window.details.download.click()
        qtbot.waitUntil(hub.held.is_set, timeout=LONG)
        began = time.monotonic()
        own.stay_offline(is_offline=True)
        qtbot.waitUntil(lambda: window.details.said.text() != "", timeout=LONG)
        assert time.monotonic() - began < 2
        assert f"the connection to {own_address} was ended" in window.details.said.text()
        assert window.details.download.text() == "Go on downloading"
        hub.released.set()
        own.stay_offline(is_offline=False)
        window.details.download.click()
        qtbot.waitUntil(lambda: "on this computer now" in window.details.said.text(), timeout=LONG)
        assert hub.requests(weights)[-1].headers["range"] == "bytes=300000-"


def answer(window: ModelsWindow, words: str) -> str:
    """Press a button of the question and return what was asked."""
    question = [box for box in window.findChildren(QMessageBox) if box.isVisible()][-1]
    next(button for button in question.findChildren(QPushButton) if button.text() == words).click()
    return question.text()


@pytest.mark.parametrize("is_paused", [False, True], ids=["running", "paused"])
def test_a_download_is_cancelled_and_what_has_arrived_is_deleted(
    is_paused: bool, qtbot: QtBot, window: ModelsWindow, hub: StandInHub
) -> None:
    hub.trouble("/lfs/" + hashlib.sha256(tiny_model()["model.safetensors"]).hexdigest(), "hold", after=300_000)
    details = window.details
    window.other_asked.emit(TINY)
    assert details.discard.isHidden()
    details.download.click()
    qtbot.waitUntil(hub.held.is_set, timeout=LONG)
    qtbot.waitUntil(lambda: begun_size(TINY) > 300_000, timeout=LONG)
    if is_paused:
        details.transfer.pause.click()
        qtbot.waitUntil(lambda: details.said.text().startswith("Paused"), timeout=LONG)
    details.discard.click()
    assert answer(window, "Keep") == "Stop downloading tiny-zh and delete what has arrived? 300 KB become free."
    assert begun_size(TINY) > 300_000
    details.discard.click()
    answer(window, "Cancel and delete")
    qtbot.waitUntil(lambda: "what had arrived is deleted" in details.said.text(), timeout=LONG)
    assert begun_size(TINY) == 0
    assert TINY not in installed_names()
    assert details.download.text() == "Download"
    assert details.download.isEnabled()
    assert details.discard.isHidden()


def test_an_address_that_is_none_is_told(qtbot: QtBot, window: ModelsWindow, keeper: ShelfKeeper) -> None:
    keeper._network = lambda: Network(endpoint="no address")
    window.other_asked.emit(TINY)
    window.details.download.click()
    assert "'no address' is not an address" in window.details.said.text()


def test_a_name_that_the_hub_does_not_know_is_told_in_a_sentence(qtbot: QtBot, window: ModelsWindow) -> None:
    window.other_asked.emit("nobody/nothing")
    window.details.download.click()
    qtbot.waitUntil(lambda: "has no model nobody/nothing" in window.details.said.text(), timeout=LONG)
    assert window.details.download.isEnabled()


def test_what_is_no_name_of_a_model_is_refused_at_once(window: ModelsWindow) -> None:
    for typed in ("what is this", "http://localhost:30000/v1", "lexical"):
        window.details.say("")
        window.other_asked.emit(typed)
        assert window.details.said.property("role") == "problem"
        assert typed in window.details.said.text()


def test_a_folder_of_ones_own_is_looked_into_from_then_on(
    qtbot: QtBot, window: ModelsWindow, keeper: ShelfKeeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(qtbot, window)
    mine = tmp_path / "mine"
    next((tmp_path / "models").rglob("model.safetensors")).parent.rename(mine)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_arguments: str(mine))
    window.folder.click()
    qtbot.waitUntil(lambda: str(mine) in {model.name for model in keeper.models if model.is_here}, timeout=LONG)
