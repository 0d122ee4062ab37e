"""What the tests of the window of models share: a hub on this computer, folders of their own, and a tiny model."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[2] / "encoders" / "hub"))

from stand_in_hub import StandInHub, running_hub
from tiny_model import TINY, tiny_model

from verbatlas.app.background import Background
from verbatlas.app.live_preferences import LivePreferences
from verbatlas.app.preferences import PreferenceFile

_VARIABLES = ("HF_ENDPOINT", "HF_HUB_OFFLINE", "VERBATLAS_OFFLINE", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


@pytest.fixture(autouse=True)
def own_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the models nor the network settings of whoever runs the tests."""
    for name in _VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setenv("VERBATLAS_MODELS_DIR", str(tmp_path / "models"))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))


@pytest.fixture
def own(tmp_path: Path) -> LivePreferences:
    return LivePreferences(PreferenceFile(tmp_path / "preferences.ini"))


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    background = Background()
    background.start()
    yield background
    background.close()


@pytest.fixture
def hub() -> Iterator[StandInHub]:
    with running_hub() as hub:
        hub.add(TINY, tiny_model())
        yield hub
