"""The window of models by mouse and keyboard alone, from the menu to another reading of the comments."""

import hashlib
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from stand_in_hub import StandInHub
from tiny_model import TINY, tiny_model
from window_steps import LONG

from verbatlas.app.main_window import MainWindow
from verbatlas.app.models.models_window import ModelsWindow
from verbatlas.encoders.hub.installed import begun_size, installed_names

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def driven(mapped_window: MainWindow) -> Iterator[MainWindow]:
    """The window with a map, whose models' engine ends with the test."""
    yield mapped_window
    mapped_window.models.close()


def click(qtbot: QtBot, part: QWidget) -> None:
    """Press with the mouse, as a person can: what is shown, enabled and in sight."""
    assert part.isVisible()
    assert part.isEnabled()
    assert part.visibleRegion().contains(part.rect().center())
    qtbot.mouseClick(part, LEFT)


def click_model(qtbot: QtBot, view: ModelsWindow, title: str) -> None:
    (item,) = view.models.findItems(title, Qt.MatchFlag.MatchExactly)
    view.models.scrollToItem(item)
    place: QPoint = view.models.visualItemRect(item).center()
    qtbot.mouseClick(view.models.viewport(), LEFT, pos=place)


def opened_from_the_menu(qtbot: QtBot, window: MainWindow) -> ModelsWindow:
    """Alt, the letter of the first menu, and on down to the models."""
    bar = window.menuBar()
    bar.setActiveAction(bar.actions()[0])
    menu = bar.actions()[0].menu()
    assert menu.isVisible()
    models = window.actions_of_window["models"]
    for _ in range(len(menu.actions())):
        if menu.activeAction() is models:
            break
        qtbot.keyClick(menu, Qt.Key.Key_Down)
    assert menu.activeAction() is models
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    view = window.models.view
    assert view is not None
    qtbot.waitExposed(view)
    qtbot.waitUntil(lambda: view.models.count() > 0, timeout=LONG)
    return view


@pytest.mark.timeout(200)
def test_a_model_is_found_brought_paused_used_and_removed(
    qtbot: QtBot, driven: MainWindow, hub: StandInHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", hub.endpoint)
    weights = "/lfs/" + hashlib.sha256(tiny_model()["model.safetensors"]).hexdigest()
    hub.trouble(weights, "hold", after=300_000)
    view = opened_from_the_menu(qtbot, driven)
    details = view.details

    click_model(qtbot, view, "bge-m3")
    assert details.title.text() == "bge-m3"
    assert details.download.text() == "Download (2.3 GB)"
    click(qtbot, view.other)
    qtbot.keyClicks(view.other, TINY)
    qtbot.keyClick(view.other, Qt.Key.Key_Return)
    assert details.title.text() == "tiny-zh"
    click(qtbot, details.download)
    qtbot.waitUntil(lambda: " KB of 60" in details.transfer.words.text(), timeout=LONG)
    assert details.transfer.bar.value() > 0
    qtbot.waitUntil(lambda: begun_size(TINY) > 300_000, timeout=LONG)
    click(qtbot, details.transfer.pause)
    qtbot.waitUntil(lambda: details.said.text() == "Paused. What has arrived is kept.", timeout=LONG)
    hub.released.set()
    click(qtbot, details.download)
    qtbot.waitUntil(lambda: details.said.text() == "It is on this computer now.", timeout=LONG)
    assert hub.requests(weights)[-1].headers["range"] == "bytes=300000-"
    qtbot.waitUntil(lambda: details.remove.isVisible(), timeout=LONG)
    assert TINY in installed_names()

    click(qtbot, details.remove)
    question = view.findChild(QMessageBox)
    assert question.isVisible()
    click(qtbot, next(one for one in question.findChildren(QPushButton) if one.text() == "Remove"))
    qtbot.waitUntil(lambda: details.said.text() == "tiny-zh was removed.", timeout=LONG)
    assert TINY not in installed_names()

    click_model(qtbot, view, "all-MiniLM-L6-v2")
    click(qtbot, details.use)
    assert driven.models.view is None
    session = driven.session
    qtbot.waitUntil(lambda: not session.is_busy and session.study.settings.encoder == "minilm", timeout=LONG)
    assert session.study.embedding.identity.model.endswith("MiniLM-L6-v2")


@pytest.mark.timeout(100)
def test_the_network_and_its_switch_by_keyboard(qtbot: QtBot, driven: MainWindow) -> None:
    view = opened_from_the_menu(qtbot, driven)
    bar = view.pages.tabBar()
    bar.setFocus()
    qtbot.keyClick(bar, Qt.Key.Key_Right)
    qtbot.keyClick(bar, Qt.Key.Key_Right)
    page = view.network
    assert page.isVisible()
    page.offline.setFocus()
    qtbot.keyClick(page.offline, Qt.Key.Key_Space)
    assert driven.own.shared.is_offline
    qtbot.keyClick(bar, Qt.Key.Key_Left)
    qtbot.keyClick(bar, Qt.Key.Key_Left)
    click_model(qtbot, view, "bge-m3")
    click(qtbot, view.details.download)
    qtbot.waitUntil(lambda: "switched to work offline" in view.details.said.text(), timeout=LONG)
    assert view.details.said.property("role") == "problem"
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert driven.models.view is None
