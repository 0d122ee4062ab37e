"""The last model is known to the next process, and nothing is when that cannot be read."""

from pathlib import Path

import pytest

from verbatlas.encoders import Precision
from verbatlas.engine.last_model import recall_model, remember_model


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VERBATLAS_CACHE_DIR", str(tmp_path))
    return tmp_path


def test_the_last_one_is_known_with_how_exact_it_was() -> None:
    assert recall_model() is None
    remember_model("minilm", Precision.FAST)
    remember_model("/模型/客服", Precision.EXACT)
    assert recall_model() == ("/模型/客服", Precision.EXACT)


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"\xff", b'{"name": "minilm"}', b'{"name": "minilm", "precision": "x"}']
)
def test_what_cannot_be_read_is_nothing_and_is_written_anew(own_cache: Path, content: bytes) -> None:
    (own_cache / "last_model.json").write_bytes(content)
    assert recall_model() is None
    remember_model("minilm", Precision.AUTO)
    assert recall_model() == ("minilm", Precision.AUTO)


def test_where_nothing_can_be_written_nothing_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("VERBATLAS_CACHE_DIR", str(tmp_path / "file" / "cache"))
    remember_model("minilm", Precision.AUTO)
    assert recall_model() is None
