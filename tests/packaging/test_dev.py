"""The two commands: what they take as a display, and what they say to a wrong word."""

import importlib
import os
import subprocess
import sys
from types import ModuleType

import pytest


@pytest.fixture
def dev() -> ModuleType:
    return importlib.import_module("dev")


@pytest.mark.parametrize("variable", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_a_display_is_seen_in_the_environment(dev: ModuleType, monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delitem(os.environ, name, raising=False)
    assert dev.has_display() is False

    monkeypatch.setitem(os.environ, variable, ":7")

    assert dev.has_display() is True


def test_windows_and_macs_always_have_a_display(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")

    assert dev.has_display() is True


def test_a_wrong_word_is_bad_usage(dev: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        dev.main(["fly"])

    assert ended.value.code == 2
    assert "run" in capsys.readouterr().err


def test_the_status_of_a_program_is_passed_on(dev: ModuleType) -> None:
    assert dev.call([sys.executable, "-c", "raise SystemExit(3)"]) == 3


def test_a_failed_installation_is_told_in_plain_words(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(rest: object) -> int:
        raise subprocess.CalledProcessError(2, ["pip", "install", "numpy"])

    monkeypatch.setattr(dev, "run", fail)

    assert dev.main(["run"]) == 2
    said = capsys.readouterr().err
    assert "pip install numpy" in said
    assert "Traceback" not in said
