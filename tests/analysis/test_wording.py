"""What two documents share word for word is their cosine over all sequences."""

import numpy as np
import pytest
import scipy.sparse
from hypothesis import given, settings
from hypothesis import strategies as st
from worded import worded

from verbatlas.analysis import Wording

ANY = np.random.default_rng(2)


@settings(deadline=None)  # the first call on a computer compiles
@given(st.integers(1, 30), st.integers(0, 60), st.integers(0, 10_000))
def test_it_is_the_cosine_of_all_sequences(n: int, first: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    dense = random.random((60 + n, 12)) * (random.random((60 + n, 12)) < 0.3)
    dense /= np.maximum(np.linalg.norm(dense, axis=1, keepdims=True), 1e-12)
    candidates = random.integers(0, 60 + n, (n, 5))

    likeness = worded(np.zeros((60 + n, 1)), dense).likeness(first, candidates)

    expected = np.einsum("ic,ijc->ij", dense[first : first + n], dense[candidates])
    assert likeness.dtype == np.float32
    np.testing.assert_allclose(likeness, expected, atol=1e-5)


def test_nobody_is_like_nothing() -> None:
    wording = worded(np.zeros((3, 1)), np.eye(3))
    likeness = wording.likeness(0, np.array([[-1, 0], [1, -1], [-1, -1]]))
    np.testing.assert_array_equal(likeness, [[0, 1], [1, 0], [0, 0]])


@pytest.mark.parametrize("index_type", [np.int32, np.int64])
def test_the_width_of_the_matrix_s_numbers_makes_no_difference(index_type: type) -> None:
    grams = scipy.sparse.random(20, 50, density=0.2, format="csr", dtype=np.float32, random_state=3)
    grams.indices, grams.indptr = grams.indices.astype(index_type), grams.indptr.astype(index_type)
    candidates = ANY.integers(0, 20, (20, 4))

    likeness = Wording(np.zeros((20, 1), np.float32), grams).likeness(0, candidates)

    full = grams.toarray()
    np.testing.assert_allclose(likeness, np.einsum("ic,ijc->ij", full, full[candidates]), atol=1e-5)
