"""The signature of a model tells every change of its files, and nothing else."""

import os
from pathlib import Path

import pytest

from verbatlas.encoders.local.signature import signature_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "1_Pooling").mkdir()
    for name in ("model.safetensors", "config.json", "1_Pooling/config.json"):
        (tmp_path / name).write_bytes(b"0123456789")
    return tmp_path


def test_the_same_files_and_settings_have_the_same_signature(folder: Path) -> None:
    assert signature_of(folder, "auto") == signature_of(folder, "auto")


def test_other_settings_have_another(folder: Path) -> None:
    assert signature_of(folder, "auto") != signature_of(folder, "fast")


@pytest.mark.parametrize("name", ["model.safetensors", "1_Pooling/config.json"])
def test_a_file_that_was_touched_has_another(folder: Path, name: str) -> None:
    before = signature_of(folder, "auto")
    os.utime(folder / name, ns=(1, 1))
    assert signature_of(folder, "auto") != before


def test_a_file_more_has_another(folder: Path) -> None:
    before = signature_of(folder, "auto")
    (folder / "config_sentence_transformers.json").write_text("{}")
    assert signature_of(folder, "auto") != before
