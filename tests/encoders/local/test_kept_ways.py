from pathlib import Path

import pytest

from verbatlas.encoders.local import computer
from verbatlas.encoders.local.kept_ways import keep_way, kept_way
from verbatlas.encoders.local.precision import Precision, Way

_WAY = Way(runtime="OpenVINO", arithmetic="bf16", rows_per_second=1900.0, agreement=0.99995)
_DIGEST = "ab" * 32


@pytest.fixture(autouse=True)
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERBATLAS_CACHE_DIR", str(tmp_path))


def test_a_way_is_kept_for_its_model_and_precision() -> None:
    keep_way(_DIGEST, Precision.AUTO, _WAY)
    assert kept_way(_DIGEST, Precision.AUTO) == _WAY
    assert kept_way(_DIGEST, Precision.FAST) is None
    assert kept_way(_DIGEST, Precision.AUTO, device="cuda") is None
    assert kept_way("cd" * 32, Precision.AUTO) is None


def test_another_computer_finds_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_way(_DIGEST, Precision.AUTO, _WAY)
    monkeypatch.setattr(computer, "processor_name", lambda: "Another processor")
    assert kept_way(_DIGEST, Precision.AUTO) is None


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"speed": 1}', "null"])
def test_what_is_damaged_is_not_there(tmp_path: Path, content: str) -> None:
    keep_way(_DIGEST, Precision.AUTO, _WAY)
    (card,) = (tmp_path / "ways").iterdir()
    card.write_text(content)
    assert kept_way(_DIGEST, Precision.AUTO) is None


def test_where_nothing_can_be_kept_nothing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("VERBATLAS_CACHE_DIR", str(tmp_path / "file"))
    keep_way(_DIGEST, Precision.AUTO, _WAY)
    assert kept_way(_DIGEST, Precision.AUTO) is None
