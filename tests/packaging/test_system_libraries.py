"""Missing libraries are found by trying them, and named by the package to install."""

import importlib
import sys
from types import ModuleType

import pytest


@pytest.fixture
def system_libraries() -> ModuleType:
    return importlib.import_module("system_libraries")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere Qt brings its own libraries")
def test_what_is_missing_is_named_by_its_package(system_libraries: ModuleType) -> None:
    needed = [("libc.so.6", "libc6"), ("libnothing.so.9", "libnothing9"), ("sh", "dash"), ("no-such-program", "nsp")]

    assert system_libraries.missing(needed) == ["libnothing9", "nsp"]


def test_nothing_is_asked_for_where_qt_brings_its_own(
    system_libraries: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")

    assert system_libraries.missing([("libnothing.so.9", "libnothing9")]) == []


def test_without_root_the_one_line_to_type_is_printed(
    system_libraries: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)

    assert system_libraries.install(["libegl1", "xvfb"]) is False
    assert "apt-get install -y --no-install-recommends libegl1 xvfb" in capsys.readouterr().out


def test_nothing_is_installed_when_all_is_there(system_libraries: ModuleType) -> None:
    assert system_libraries.ready([]) is True
