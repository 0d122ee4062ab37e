from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from verbatlas.encoders.server.answers import unit
from verbatlas.encoders.server.fingerprint import fingerprint, is_same_model, remembered


def vector(seed: int, n_dimensions: int = 384) -> NDArray[np.float32]:
    return unit(np.random.default_rng(seed).standard_normal((1, n_dimensions)).astype(np.float32))[0]


def rounded(of: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the vector as a server gives it that computes with 16 bits."""
    return unit(of.astype(np.float16).astype(np.float32)[None])[0]


@pytest.mark.parametrize("n_dimensions", [384, 768, 1024])
def test_rounding_to_16_bits_hardly_ever_changes_a_fingerprint_and_another_model_does(n_dimensions: int) -> None:
    vectors = [vector(seed, n_dimensions) for seed in range(50)]

    same = sum(fingerprint(one) == fingerprint(rounded(one)) for one in vectors)

    assert same >= 48
    assert len({fingerprint(one) for one in vectors}) == 50


def test_the_first_answer_is_remembered_so_that_rounding_never_changes_a_fingerprint(own_cache: None) -> None:
    for seed in range(20):
        first = vector(seed)
        assert remembered(first, where=f"host#{seed}") is first
        np.testing.assert_array_equal(remembered(rounded(first), where=f"host#{seed}"), first)


def test_another_model_under_the_same_name_is_another(own_cache: None) -> None:
    remembered(vector(1), where="there#model")

    for other in (vector(2), vector(3, 768)):
        np.testing.assert_array_equal(remembered(other, where="there#model"), other)
    np.testing.assert_array_equal(remembered(rounded(vector(3, 768)), where="there#model"), vector(3, 768))


def test_a_damaged_memory_is_a_new_beginning(cache: Path) -> None:
    remembered(vector(1), where="damaged")
    for path in (cache / "servers").iterdir():
        path.write_bytes(b"\x93NUMPY damaged")

    np.testing.assert_array_equal(remembered(vector(2), where="damaged"), vector(2))
    np.testing.assert_array_equal(remembered(rounded(vector(2)), where="damaged"), vector(2))


def test_no_room_for_a_memory_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("VERBATLAS_CACHE_DIR", str(tmp_path / "file"))

    np.testing.assert_array_equal(remembered(vector(1), where="there"), vector(1))


def test_the_same_model_may_round_but_not_turn() -> None:
    assert is_same_model(rounded(vector(1)), vector(1))
    assert not is_same_model(vector(2), vector(1))
    assert not is_same_model(vector(1, 768), vector(1))
