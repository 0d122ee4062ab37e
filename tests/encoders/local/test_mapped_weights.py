from pathlib import Path

import numpy as np
import pytest
from resident import resident_bytes

from verbatlas.encoders.local.mapped_weights import MappedWeights, can_give_back

_BYTES = 48 * 1024 * 1024


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    path = tmp_path / "weights.bin"
    path.write_bytes(np.random.default_rng(3).bytes(_BYTES))
    return path


def test_the_bytes_are_those_of_the_file(weights: Path) -> None:
    assert MappedWeights(weights).bytes.tobytes() == weights.read_bytes()


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"none\.bin"):
        MappedWeights(tmp_path / "none.bin")


@pytest.mark.skipif(not can_give_back(), reason="only Linux takes mapped pages back when asked")
def test_what_was_read_is_given_back_and_reads_the_same_again(weights: Path) -> None:
    mapped = MappedWeights(weights)
    total = int(mapped.bytes.sum(dtype=np.int64))
    assert resident_bytes(weights) == _BYTES
    with mapped.given_back():
        assert int(mapped.bytes.sum(dtype=np.int64)) == total
    assert resident_bytes(weights) == 0
    assert int(mapped.bytes.sum(dtype=np.int64)) == total


@pytest.mark.skipif(not can_give_back(), reason="only Linux takes mapped pages back when asked")
def test_pages_are_given_back_when_reading_fails(weights: Path) -> None:
    mapped = MappedWeights(weights)
    with pytest.raises(RuntimeError, match="no such layer"):
        _fail_after_reading(mapped)
    assert resident_bytes(weights) == 0


def _fail_after_reading(mapped: MappedWeights) -> None:
    with mapped.given_back():
        assert mapped.bytes[::4096].any()
        raise RuntimeError("no such layer")
