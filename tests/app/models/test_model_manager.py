"""The window of models leads to another reading of the comments, and never sends them anywhere unasked."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from window_steps import LONG

from verbatlas import network_guard
from verbatlas.app.background import Background
from verbatlas.app.live_preferences import LivePreferences
from verbatlas.app.models.model_manager import ModelManager
from verbatlas.encoders.hub.network import HUB
from verbatlas.shared_settings import shared_settings_file

FAR = "https://models.example.com/v1#bge-m3"


@pytest.fixture
def manager(qtbot: QtBot, background: Background, own: LivePreferences) -> Iterator[ModelManager]:
    window = QWidget()
    qtbot.addWidget(window)
    manager = ModelManager(window, background, own)
    with qtbot.waitSignal(manager.changed, timeout=LONG):
        manager.shelf.look()
    yield manager
    manager.close()


def press(manager: ModelManager, words: str) -> None:
    question = manager.parent().findChild(QMessageBox)
    next(button for button in question.findChildren(QPushButton) if button.text() == words).click()


def test_what_is_here_and_listed_servers_can_be_picked(manager: ModelManager, own: LivePreferences) -> None:
    own.remember_server(FAR)
    assert manager.offered() == [
        ("auto", "Automatic"),
        ("minilm", "all-MiniLM-L6-v2"),
        ("use-multilingual", "Universal Sentence Encoder"),
        ("lexical", "Shared characters (no model)"),
        (FAR, "bge-m3 on models.example.com"),
    ]


def test_a_model_is_used_and_the_window_goes_out_of_the_way(qtbot: QtBot, manager: ModelManager) -> None:
    manager.allow_use(is_possible=True)
    manager.open()
    qtbot.waitUntil(lambda: manager.view.models.current_name == "minilm", timeout=LONG)
    with qtbot.waitSignal(manager.use_asked) as used:
        manager.view.details.use.click()
    assert used.args == ["minilm", "auto"]
    assert manager.view is None


def test_a_second_open_brings_the_same_window_back(manager: ModelManager) -> None:
    manager.open()
    first = manager.view
    manager.open()
    assert manager.view is first
    first.close()
    assert manager.view is None


def test_comments_leave_this_computer_only_when_the_person_agreed_once(
    qtbot: QtBot, manager: ModelManager, own: LivePreferences
) -> None:
    gone: list[str] = []
    manager.ask_before_sending(FAR, lambda: gone.append("first"))
    assert gone == []
    press(manager, "Send them")
    assert gone == ["first"]
    manager.ask_before_sending(FAR, lambda: gone.append("second"))
    assert gone == ["first", "second"]
    assert own.preferences.told_hosts == ("models.example.com",)


def test_who_does_not_agree_is_asked_again(manager: ModelManager, own: LivePreferences) -> None:
    manager.ask_before_sending(FAR, lambda: pytest.fail("nobody agreed"))
    press(manager, "Cancel")
    assert own.preferences.told_hosts == ()


def test_a_server_on_this_computer_needs_no_question(manager: ModelManager) -> None:
    gone: list[str] = []
    manager.ask_before_sending("http://localhost:30000/v1#bge-m3", lambda: gone.append("local"))
    manager.ask_before_sending("lexical", lambda: gone.append("lexical"))
    assert gone == ["local", "lexical"]


def test_the_offline_switch_keeps_everything_shut_at_once(manager: ModelManager, own: LivePreferences) -> None:
    manager.open()
    manager.view.network.offline.click()
    assert network_guard.is_offline()
    assert manager.network().offline
    manager.view.network.offline.click()
    assert not network_guard.is_offline()
    assert not own.shared.is_offline


def test_the_switch_of_another_window_is_seen_in_this_one(
    qtbot: QtBot, manager: ModelManager, own: LivePreferences
) -> None:
    manager.open()
    page = manager.view.network
    program = "from verbatlas.shared_settings import change_shared; change_shared(is_offline=True)"
    subprocess.run([sys.executable, "-c", program], check=True)
    qtbot.waitUntil(page.offline.isChecked, timeout=LONG)
    assert own.shared.is_offline
    assert not page.mirror.isEnabled()
    page.offline.click()
    assert not network_guard.is_offline()


def test_a_switch_that_cannot_be_kept_is_not_turned(manager: ModelManager, tmp_path: Path) -> None:
    manager.open()
    shared_settings_file().mkdir(parents=True)  # nothing can be put in its place
    page = manager.view.network
    page.offline.click()
    assert not page.offline.isChecked()
    assert "cannot be written" in page.problem.text() or str(shared_settings_file()) in page.problem.text()


def test_what_the_environment_names_is_shown_and_a_choice_wins(
    qtbot: QtBot, manager: ModelManager, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "https://mirror.example/")
    manager.open()
    page = manager.view.network
    assert page.mirror.currentText() == "https://mirror.example"
    assert "HF_ENDPOINT" in page.origin.text()
    assert manager.network().endpoint == "https://mirror.example"
    page.mirror.setCurrentText(HUB)
    page.mirror.activated.emit(0)
    assert manager.network().endpoint == HUB
    assert "your choice" in page.origin.text()
    assert "https://mirror.example" in page.origin.text()
    page.mirror.setCurrentText("https://mirror.example")
    page.mirror.activated.emit(0)
    assert manager.network().endpoint == "https://mirror.example"


def test_a_mirror_is_where_models_come_from(manager: ModelManager, own: LivePreferences) -> None:
    own.use_network(mirror="https://hf-mirror.com", proxy="http://proxy.example:3128")
    network = manager.network()
    assert (network.endpoint, network.proxy) == ("https://hf-mirror.com", "http://proxy.example:3128")
