"""Preferences and log lie in the system's folders, or where the person says."""

from pathlib import Path

import pytest

from verbatlas.app.places import log_folder, preferences_file
from verbatlas.shared_settings import CONFIG_VARIABLE


def test_one_variable_keeps_everything_in_one_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(CONFIG_VARIABLE, str(tmp_path))
    assert preferences_file() == tmp_path / "verbatlas.ini"
    assert log_folder() == tmp_path / "logs"


def test_otherwise_the_system_says_where(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(CONFIG_VARIABLE)
    assert "verbatlas" in preferences_file().parts
    assert "verbatlas" in log_folder().parts
