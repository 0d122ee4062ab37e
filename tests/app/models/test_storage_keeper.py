"""Kept vectors are measured, and forgotten when a person says so."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from window_steps import LONG

from verbatlas.app.background import Background
from verbatlas.app.models.network_page import NetworkPage
from verbatlas.app.models.storage_keeper import StorageKeeper
from verbatlas.encoders.vector_cache import vector_cache


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERBATLAS_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("VERBATLAS_CACHE_BYTES", "100000000")


@pytest.fixture
def page(qtbot: QtBot) -> NetworkPage:
    page = NetworkPage()
    qtbot.addWidget(page)
    return page


def test_kept_vectors_are_measured_and_forgotten(qtbot: QtBot, page: NetworkPage, background: Background) -> None:
    texts = [f"comment {number}" for number in range(2_000)]
    vectors = np.ones((2_000, 64), np.float32) / 8
    with vector_cache() as cache:
        cache.keep("an encoder", texts, vectors, np.zeros(2_000, np.bool_))
    parent = QWidget()
    qtbot.addWidget(parent)
    keeper = StorageKeeper(background, parent)
    keeper.show_in(page)
    qtbot.waitUntil(lambda: page.kept.text() != "", timeout=LONG)
    assert page.clear.isEnabled()
    before = page.kept.text()
    page.clear.click()
    qtbot.waitUntil(lambda: page.kept.text() != before, timeout=LONG)
    with vector_cache() as cache:
        assert not cache.look_up("an encoder", texts).found.any()


def test_a_page_that_is_gone_is_not_written_to(qtbot: QtBot, page: NetworkPage, background: Background) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    keeper = StorageKeeper(background, parent)
    keeper.show_in(page)
    keeper.let_go()
    qtbot.wait(100)
    assert page.kept.text() == ""
