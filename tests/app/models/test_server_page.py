"""The page of a server asks, shows what came, and never offers what cannot be done."""

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from verbatlas.app.models.server_page import ServerPage
from verbatlas.encoders.server import DEFAULT_ADDRESS


@pytest.fixture
def page(qtbot: QtBot) -> ServerPage:
    page = ServerPage()
    qtbot.addWidget(page)
    page.show_kept(())
    page.allow_use(is_possible=True)
    page.show()
    return page


def test_it_starts_where_sglang_listens_and_hides_the_key(page: ServerPage) -> None:
    assert page.encoder == DEFAULT_ADDRESS
    assert page.key.echoMode() is QLineEdit.EchoMode.Password


def test_a_test_is_asked_with_all_that_was_typed(qtbot: QtBot, page: ServerPage) -> None:
    page.address.setText(" http://gpu:8000/v1/ ")
    page.key.setText("secret")
    page.model.setEditText("bge-m3")
    with qtbot.waitSignal(page.test_asked) as asked:
        page.test.click()
    assert asked.args == ["http://gpu:8000/v1/", "secret", "bge-m3"]
    assert page.encoder == "http://gpu:8000/v1#bge-m3"


def test_the_answer_offers_the_servers_models_and_takes_the_first(page: ServerPage) -> None:
    page.show_testing()
    assert not page.test.isEnabled()
    page.show_answer("bge-m3 answers in 12 ms.", ("bge-m3", "gte"))
    assert page.test.isEnabled()
    assert page.model.currentText() == "bge-m3"
    assert page.result.text() == "bge-m3 answers in 12 ms."


def test_a_problem_is_shown_and_gone_with_another_address(page: ServerPage) -> None:
    page.show_problem("No server answers.")
    assert page.result.property("role") == "problem"
    page.address.setText("http://localhost:1/v1")
    assert not page.result.text()


def test_without_a_table_it_can_be_listed_but_not_used(qtbot: QtBot, page: ServerPage) -> None:
    page.allow_use(is_possible=False)
    assert not page.use.isEnabled()
    with qtbot.waitSignal(page.keep_asked) as kept:
        page.keep.click()
    assert kept.args == [DEFAULT_ADDRESS, ""]
    page.address.clear()
    assert not page.keep.isEnabled()


def test_a_listed_server_comes_back_into_the_fields_and_can_be_taken_off(qtbot: QtBot, page: ServerPage) -> None:
    page.show_kept(("http://gpu:8000/v1#bge-m3",))
    page.kept.setCurrentRow(0)
    page.kept.itemClicked.emit(page.kept.item(0))
    assert (page.address.text(), page.model.currentText()) == ("http://gpu:8000/v1", "bge-m3")
    with qtbot.waitSignal(page.forget_asked) as forgotten:
        page.forget.click()
    assert forgotten.args == ["http://gpu:8000/v1#bge-m3"]
