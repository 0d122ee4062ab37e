"""A server is tried from the window, compared with the same model here, and listed; troubles come as sentences."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from window_steps import LONG

from model_server import ModelServer
from verbatlas.app.live_preferences import LivePreferences
from verbatlas.app.models.server_page import ServerPage
from verbatlas.app.models.server_talk import ServerTalk


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
    talk = ServerTalk(own, here=lambda: ["minilm", "lexical"], parent=parent)
    talk.show_in(page)
    yield talk
    talk.close()


def wait_for_words(qtbot: QtBot, page: ServerPage) -> str:
    page.test.click()
    qtbot.waitUntil(page.test.isEnabled, timeout=LONG)
    return page.result.text()


def test_a_real_server_is_tried_and_agrees_with_the_model_here(
    qtbot: QtBot, talk: ServerTalk, page: ServerPage, model_server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERBATLAS_API_KEY", model_server.key)
    page.address.setText(model_server.address)
    page.model.setEditText(model_server.model)
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
