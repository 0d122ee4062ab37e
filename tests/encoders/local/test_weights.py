import hashlib
import os
from pathlib import Path

import pytest
from encoder_reports import Reports

from verbatlas.encoders.local.weights import kept_digest, weights_digest
from verbatlas.progress import Cancelled


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    path = tmp_path / "model.safetensors"
    path.write_bytes(bytes(range(256)) * 40_000)
    return path


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_one_file_has_the_digest_that_anyone_can_check(weights: Path) -> None:
    assert weights_digest((weights,)) == _digest(weights)


def test_parts_have_one_digest_that_each_of_them_changes(weights: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.safetensors"
    other.write_bytes(b"other")
    before = weights_digest((weights, other))
    other.write_bytes(b"changed")
    assert weights_digest((weights, other)) != before
    assert weights_digest((other, weights)) != weights_digest((weights, other))


def test_a_file_is_hashed_once(weights: Path) -> None:
    first, second = Reports(), Reports()
    weights_digest((weights,), report=first)
    weights_digest((weights,), report=second)
    assert first[-1] == (weights.stat().st_size, weights.stat().st_size)
    assert second == []


def test_a_file_that_has_changed_is_hashed_again(weights: Path) -> None:
    kept_digest(weights)
    found = weights.stat()
    content = weights.read_bytes()
    weights.write_bytes(content[::-1])
    os.utime(weights, ns=(found.st_atime_ns, found.st_mtime_ns + 1))
    assert kept_digest(weights) == _digest(weights)


def test_what_is_kept_of_a_digest_may_be_damaged(weights: Path, cache: Path) -> None:
    kept_digest(weights)
    for card in (cache / "digests").iterdir():
        card.write_text("{")
    assert kept_digest(weights) == _digest(weights)


def test_without_a_cache_it_is_hashed_all_the_same(weights: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERBATLAS_CACHE_DIR", str(weights))
    assert weights_digest((weights,)) == _digest(weights)


def test_hashing_can_be_cancelled(weights: Path) -> None:
    with pytest.raises(Cancelled):
        weights_digest((weights,), report=Reports(cancel_after=1))
