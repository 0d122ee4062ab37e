from pathlib import Path

import pytest

from verbatlas.encoders.places import (
    CACHE_BYTES,
    cache_bytes,
    cache_bytes_of_environment,
    cache_folder,
    vectors_path,
)
from verbatlas.shared_settings import change_shared


def test_the_cache_can_be_put_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERBATLAS_CACHE_DIR", str(tmp_path))
    assert cache_folder() == tmp_path


@pytest.mark.parametrize("value", [None, ""])
def test_without_a_wish_the_cache_is_the_users(value: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VERBATLAS_CACHE_DIR")
    if value is not None:
        monkeypatch.setenv("VERBATLAS_CACHE_DIR", value)
    assert cache_folder().is_absolute()
    assert "verbatlas" in cache_folder().parts


@pytest.mark.parametrize(
    ("said", "meant"), [("0", 0), (" 1000 ", 1000), ("", CACHE_BYTES), ("a lot", CACHE_BYTES), ("-1", CACHE_BYTES)]
)
def test_the_environment_says_how_large_the_vector_cache_may_become(
    monkeypatch: pytest.MonkeyPatch, said: str, meant: int
) -> None:
    monkeypatch.setenv("VERBATLAS_CACHE_BYTES", said)
    assert cache_bytes() == meant


def test_what_a_person_has_set_counts_where_the_environment_says_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("VERBATLAS_CONFIG_DIR", str(tmp_path))
    change_shared(cache_bytes=5000)
    monkeypatch.setenv("VERBATLAS_CACHE_BYTES", "1000")
    assert (cache_bytes(), cache_bytes_of_environment()) == (1000, 1000)
    monkeypatch.delenv("VERBATLAS_CACHE_BYTES")
    assert (cache_bytes(), cache_bytes_of_environment()) == (5000, None)
    change_shared(cache_bytes=0)
    assert cache_bytes() == 0


def test_the_vector_cache_lies_in_the_cache_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VERBATLAS_CACHE_DIR", str(tmp_path))
    assert vectors_path().parent == tmp_path
