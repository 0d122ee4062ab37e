"""A server is tried from the window, compared with the same model here, and listed; troubles come as sentences."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from window_steps import LONG

from model_server import ModelServer
from verbatlas.app.live_preferences import LivePreferences
from verbatlas.app.models.server_page import ServerPage
from verbatlas.app.models.server_talk import ServerTalk

_ADDRESS = "http://localhost:30000/v1"
_KEYRING = """
import json
from pathlib import Path
from keyring.backend import KeyringBackend

FILE = Path(__file__).with_name("keys.json")


class FileKeyring(KeyringBackend):
    priority = 1

    def get_password(self, service, username):
        return json.loads(FILE.read_text()).get(service) if FILE.exists() else None

    def set_password(self, service, username, password):
        FILE.write_text(json.dumps({service: password}))

    def delete_password(self, service, username):
        FILE.unlink()
"""


@pytest.fixture
def page(qtbot: QtBot) -> ServerPage:
    page = ServerPage()
    qtbot.addWidget(page)
    page.show()
    return page


@pytest.fixture
def talk(qtbot: QtBot, own: LivePreferences, page: ServerPage) -> Iterator[ServerTalk]:
    parent = QWidget()
    qtbot.addWidget(parent)
    talk = ServerTalk(own, parent=parent)
    talk.show_in(page)
    yield talk
    talk.close()


def wait_for_words(qtbot: QtBot, page: ServerPage) -> str:
    page.test.click()
    qtbot.waitUntil(page.test.isEnabled, timeout=LONG)
    return page.result.text()


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """What a keyring has for an address: one of the test's own, in a file."""
    folder = tmp_path / "keyring"
    folder.mkdir()
    (folder / "file_keyring.py").write_text(_KEYRING)
    monkeypatch.setenv("PYTHONPATH", f"{folder}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "file_keyring.FileKeyring")

    def kept(address: str) -> str:
        file = folder / "keys.json"
        known = json.loads(file.read_text()) if file.exists() else {}
        return str(known.get(f"verbatlas {address}", ""))

    return kept


@pytest.fixture
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")


def test_a_real_server_is_tried_and_agrees_with_the_model_here_though_nobody_named_it(
    qtbot: QtBot, talk: ServerTalk, page: ServerPage, model_server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERBATLAS_API_KEY", model_server.key)
    page.address.setText(model_server.address)
    said = wait_for_words(qtbot, page)
    assert "384 numbers for each comment" in said
    assert "as the same model on this computer does (similarity 1.0000)" in said
    assert page.result.property("role") == "cell"


def test_where_no_server_is_it_says_how_to_start_one(qtbot: QtBot, talk: ServerTalk, page: ServerPage) -> None:
    page.address.setText("http://127.0.0.1:9/v1")
    said = wait_for_words(qtbot, page)
    assert said.startswith("No server answers at http://127.0.0.1:9/v1")
    assert "sglang.launch_server" in said
    assert page.result.property("role") == "problem"


def test_offline_nothing_beyond_this_computer_is_tried(
    qtbot: QtBot, talk: ServerTalk, page: ServerPage, own: LivePreferences
) -> None:
    own.stay_offline(is_offline=True)
    page.address.setText("http://192.0.2.1:30000/v1")
    assert "switched to work offline" in wait_for_words(qtbot, page)


def test_before_comments_leave_this_computer_it_is_said(talk: ServerTalk, page: ServerPage) -> None:
    assert page.leaves.isHidden()
    page.address.setText("https://models.example.com/v1")
    assert "it leaves this computer" in page.leaves.text()
    page.address.setText("http://127.0.0.1:30000/v1")
    assert page.leaves.isHidden()
    page.address.setText("no address at all?")
    assert page.leaves.isHidden()


def test_servers_are_listed_and_taken_off(
    qtbot: QtBot, talk: ServerTalk, page: ServerPage, own: LivePreferences
) -> None:
    page.model.setEditText("bge-m3")
    with qtbot.waitSignal(talk.changed):
        page.keep.click()
    assert own.preferences.servers == ("http://localhost:30000/v1#bge-m3",)
    assert page.kept.item(0).text() == "http://localhost:30000/v1#bge-m3"
    page.kept.setCurrentRow(0)
    page.kept.itemClicked.emit(page.kept.item(0))
    with qtbot.waitSignal(talk.changed):
        page.forget.click()
    assert own.preferences.servers == ()


def test_what_is_no_address_is_not_listed(talk: ServerTalk, page: ServerPage, own: LivePreferences) -> None:
    page.address.setText("http://:0")
    page.keep.click()
    assert page.result.property("role") == "problem"
    assert own.preferences.servers == ()


def test_a_key_is_kept_by_whichever_button_the_server_is_taken(
    qtbot: QtBot, talk: ServerTalk, page: ServerPage, keys: Callable[[str], str]
) -> None:
    page.allow_use(is_possible=True)
    page.model.setEditText("bge-m3")
    page.key.setText("first")
    with qtbot.waitSignal(talk.changed, timeout=LONG):
        page.keep.click()
    assert keys(_ADDRESS) == "first"

    page.key.setText("second")
    with qtbot.waitSignal(talk.use_asked, timeout=LONG) as used:
        page.use.click()
    assert used.args == [f"{_ADDRESS}#bge-m3"]
    assert keys(_ADDRESS) == "second", "the job would have begun without its key"


def test_without_a_key_nothing_is_waited_for(qtbot: QtBot, talk: ServerTalk, page: ServerPage) -> None:
    page.allow_use(is_possible=True)
    with qtbot.waitSignal(talk.use_asked, timeout=100):
        page.use.click()


def test_a_key_that_cannot_be_kept_stays_told_beside_the_answer(
    qtbot: QtBot, talk: ServerTalk, page: ServerPage, model_server: ModelServer, no_keyring: None
) -> None:
    page.address.setText(model_server.address)
    page.key.setText(model_server.key)
    said = wait_for_words(qtbot, page)
    assert "384 numbers for each comment" in said
    assert page.key_problem.isVisible()
    assert "VERBATLAS_API_KEY" in page.key_problem.text()

    page.key.clear()
    assert page.key_problem.isHidden()


def test_a_server_is_not_used_without_the_key_that_was_typed_for_it(
    qtbot: QtBot, talk: ServerTalk, page: ServerPage, own: LivePreferences, no_keyring: None
) -> None:
    page.allow_use(is_possible=True)
    page.key.setText("secret")
    talk.use_asked.connect(lambda _encoder: pytest.fail("it has no key"))
    page.use.click()
    qtbot.waitUntil(page.key_problem.isVisible, timeout=LONG)
    assert "no keyring" in page.key_problem.text()
    assert own.preferences.servers == ()
