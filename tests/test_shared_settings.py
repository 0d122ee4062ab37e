"""What is set for every process is on the disk at once, and never half."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from verbatlas.errors import Problem, UserError
from verbatlas.shared_settings import (
    CONFIG_VARIABLE,
    SharedSettings,
    change_shared,
    config_folder,
    shared_settings,
    shared_settings_file,
)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CONFIG_VARIABLE, str(tmp_path / "config"))


def test_nothing_is_set_at_first() -> None:
    assert shared_settings() == SharedSettings(is_offline=False, cache_bytes=None)
    assert not config_folder().exists()


def test_a_change_leaves_the_rest_as_it_is() -> None:
    assert change_shared(is_offline=True) == SharedSettings(is_offline=True)
    assert change_shared(cache_bytes=0) == SharedSettings(is_offline=True, cache_bytes=0)
    assert shared_settings() == SharedSettings(is_offline=True, cache_bytes=0)
    assert [path.name for path in config_folder().iterdir()] == ["shared.json"]


def test_another_process_knows_it_at_once() -> None:
    change_shared(is_offline=True)
    program = "from verbatlas.shared_settings import shared_settings; print(shared_settings().is_offline)"
    finished = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert finished.stdout.split() == ["True"]


@pytest.mark.parametrize(
    "content",
    ["", "[]", "not json", '{"is_offline": "yes", "cache_bytes": true}', '{"cache_bytes": -1}', '{"cache_bytes": 1.5}'],
)
def test_what_is_damaged_counts_as_not_set(content: str) -> None:
    config_folder().mkdir()
    shared_settings_file().write_text(content, encoding="utf-8")
    assert shared_settings() == SharedSettings()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="whoever runs this may write anywhere")
def test_a_folder_that_may_not_be_written_is_told() -> None:
    config_folder().mkdir()
    config_folder().chmod(0o500)
    _refused()


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file", encoding="utf-8")
    _refused()


def _refused() -> None:
    with pytest.raises(UserError) as caught:
        change_shared(is_offline=True)
    assert caught.value.problem is Problem.OUTPUT_UNWRITABLE
    assert caught.value.values["path"] == shared_settings_file()
    assert not shared_settings().is_offline
