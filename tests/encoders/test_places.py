from pathlib import Path

import pytest

from verbatlas.encoders.places import cache_folder


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
