"""Kept vectors are measured, and forgotten when a person says so."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from window_steps import LONG

from verbatlas.app.background import Background
from verbatlas.app.live_preferences import LivePreferences
from verbatlas.app.models.kept_vectors import KeptVectors
from verbatlas.app.models.storage_keeper import StorageKeeper
from verbatlas.encoders.places import cache_bytes
from verbatlas.encoders.vector_cache import vector_cache
from verbatlas.shared_settings import shared_settings_file


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERBATLAS_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("VERBATLAS_CACHE_BYTES", "100000000")


@pytest.fixture
def page(qtbot: QtBot) -> KeptVectors:
    page = KeptVectors()
    qtbot.addWidget(page)
    return page


def fill(n_texts: int) -> list[str]:
    texts = [f"comment {number}" for number in range(n_texts)]
    with vector_cache() as cache:
        cache.keep("an encoder", texts, np.ones((n_texts, 64), np.float32) / 8, np.zeros(n_texts, np.bool_))
    return texts


def test_kept_vectors_are_measured_and_forgotten(
    qtbot: QtBot, page: KeptVectors, background: Background, own: LivePreferences
) -> None:
    texts = fill(2_000)
    parent = QWidget()
    qtbot.addWidget(parent)
    keeper = StorageKeeper(background, own, parent)
    keeper.show_in(page)
    qtbot.waitUntil(lambda: page.amount.text() != "", timeout=LONG)
    assert page.clear.isEnabled()
    before = page.amount.text()
    page.clear.click()
    qtbot.waitUntil(lambda: page.amount.text() != before, timeout=LONG)
    with vector_cache() as cache:
        assert not cache.look_up("an encoder", texts).found.any()


def test_a_page_that_is_gone_is_not_written_to(
    qtbot: QtBot, page: KeptVectors, background: Background, own: LivePreferences
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    keeper = StorageKeeper(background, own, parent)
    keeper.show_in(page)
    keeper.let_go()
    qtbot.wait(100)
    assert page.amount.text() == ""


def test_a_lower_limit_holds_at_once_everywhere_and_outlives_the_window(
    qtbot: QtBot,
    page: KeptVectors,
    background: Background,
    own: LivePreferences,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("VERBATLAS_CACHE_BYTES")
    fill(1_000_000 // 4)
    parent = QWidget()
    qtbot.addWidget(parent)
    keeper = StorageKeeper(background, own, parent)
    keeper.show_in(page)
    qtbot.waitUntil(lambda: page.amount.text().endswith("of at most 2.1 GB"), timeout=LONG)
    page.most.setValue(0.1)  # of 70 MB nothing goes
    qtbot.waitUntil(lambda: page.amount.text().endswith("of at most 100 MB"), timeout=LONG)
    with vector_cache() as cache:
        assert cache.size() > 60_000_000
    page.limit_asked.emit(20_000_000)
    qtbot.waitUntil(lambda: float(page.amount.text().split()[0]) <= 20, timeout=LONG)
    with vector_cache() as cache:
        assert 10_000_000 < cache.size() <= 20_000_000
    program = "from verbatlas.encoders.places import cache_bytes; print(cache_bytes())"
    finished = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert int(finished.stdout) == cache_bytes() == 20_000_000
    page.most.setValue(0)
    qtbot.waitUntil(lambda: vector_cache().size() < 1_000_000, timeout=LONG)
    assert cache_bytes() == 0
    assert page.most.text() == "keep none"


def test_a_limit_that_the_environment_sets_cannot_be_changed_here(
    qtbot: QtBot, page: KeptVectors, background: Background, own: LivePreferences
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    StorageKeeper(background, own, parent).show_in(page)
    qtbot.waitUntil(lambda: page.amount.text() != "", timeout=LONG)
    assert not page.most.isEnabled()
    assert page.amount.text().endswith("of at most 100 MB")


def test_a_limit_that_cannot_be_kept_is_told(
    qtbot: QtBot, page: KeptVectors, background: Background, own: LivePreferences
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    StorageKeeper(background, own, parent).show_in(page)
    shared_settings_file().mkdir(parents=True)
    page.limit_asked.emit(1)
    assert str(shared_settings_file()) in page.problem.text()
