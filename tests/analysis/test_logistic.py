"""A logistic regression tells kinds apart, two of them as well as more."""

from typing import Any

import numpy as np
import pytest

from verbatlas.analysis.logistic import fitted, likelihoods, totals


@pytest.mark.parametrize("n_kinds", [2, 6])
def test_the_own_kind_is_the_likeliest_and_all_add_up_to_one(blobs: Any, n_kinds: int) -> None:
    vectors = blobs.vectors[: 40 * n_kinds]
    codes = np.arange(40 * n_kinds) // 40
    weights, offsets = fitted(vectors[::2], codes[::2], penalty=20, steps=60, tolerance=1e-3)

    found = likelihoods(vectors, weights, offsets)

    assert found.dtype == np.float32
    np.testing.assert_array_equal(found.argmax(axis=1), codes)
    np.testing.assert_allclose(found.sum(axis=1), 1, rtol=1e-5)
    sums = np.exp(vectors @ weights.T + offsets).sum(axis=1)
    np.testing.assert_allclose(totals(vectors, weights, offsets), np.log(sums), rtol=1e-5)


def test_what_is_worth_little_teaches_little(blobs: Any) -> None:
    vectors, codes = blobs.vectors[:80], np.arange(80) // 40
    wrong = codes.copy()
    wrong[:20] = 1
    worth = np.where(wrong == codes, 1, 0.001)

    weights, offsets = fitted(vectors, wrong, penalty=20, steps=60, tolerance=1e-3, worth=worth)

    np.testing.assert_array_equal(likelihoods(vectors, weights, offsets).argmax(axis=1), codes)
