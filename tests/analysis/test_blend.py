"""Blended rows compare as the weighted mean of meaning and wording, whatever the encoder's cosines are like."""

import numpy as np
import pytest
from numpy.typing import NDArray
from worded import worded

from verbatlas.analysis.blend import Blend


def unit(rows: NDArray) -> NDArray[np.float32]:
    lengths = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
    return (rows / lengths).astype(np.float32)


def groups(n: int, n_dimensions: int, *, seed: int) -> NDArray[np.float32]:
    """Return unit rows around ten middles."""
    random = np.random.default_rng(seed)
    middles = random.normal(size=(10, n_dimensions))
    return unit(middles[np.arange(n) % 10] + 0.5 * random.normal(size=(n, n_dimensions)))


def test_a_cosine_is_the_weighted_mean_of_both() -> None:
    meaning, wording = groups(300, 32, seed=1), groups(300, 8, seed=2)
    blend = Blend(meaning, worded(wording))
    share = blend.weight**2

    rows = blend.take(slice(0, 300))

    assert rows.shape == (300, 40)
    assert rows.dtype == np.float32
    expected = (meaning @ meaning.T + share * (wording @ wording.T)) / (1 + share)
    np.testing.assert_allclose(rows @ rows.T, expected, atol=1e-5)


def test_some_rows_are_those_of_all() -> None:
    blend = Blend(groups(300, 32, seed=1), worded(groups(300, 8, seed=2)))
    chosen = np.array([5, 2, 290])
    np.testing.assert_array_equal(blend.take(chosen), blend.take(slice(0, 300))[chosen])


@pytest.mark.parametrize("towards", [1.0, 2.0, 4.0])
def test_an_encoder_whose_cosines_are_all_high_is_not_drowned_by_the_wording(towards: float) -> None:
    """Some encoders give any two texts a cosine of 0.7: the wording then weighs less, so that it counts the same."""
    meaning, wording = groups(400, 32, seed=1), groups(400, 8, seed=2)
    squeezed = unit(np.hstack([meaning, np.full((400, 1), towards, np.float32)]))

    weight, squeezed_weight = Blend(meaning, worded(wording)).weight, Blend(squeezed, worded(wording)).weight

    np.testing.assert_allclose(squeezed_weight, weight / (1 + towards**2) ** 0.5, atol=0.01)


def test_the_wording_of_few_documents_weighs_less() -> None:
    weights = [Blend(groups(n, 32, seed=1), worded(groups(n, 8, seed=2))).weight for n in (40, 400, 4_000)]
    assert 0 < weights[0] < weights[1] < weights[2]


def test_what_few_documents_share_word_for_word_weighs_less() -> None:
    weights = [Blend(groups(n, 32, seed=1), worded(groups(n, 8, seed=2))).grams_weight for n in (400, 4_000, 20_000)]
    assert 0 < weights[0] < weights[1] < weights[2]


def test_what_is_shared_word_for_word_does_not_drown_an_encoder_whose_cosines_are_all_high() -> None:
    meaning, wording = groups(400, 32, seed=1), groups(400, 8, seed=2)
    squeezed = unit(np.hstack([meaning, np.full((400, 1), 4, np.float32)]))
    assert Blend(squeezed, worded(wording)).grams_weight < Blend(meaning, worded(wording)).grams_weight / 3


def test_candidates_are_ranked_by_all_three() -> None:
    """Of two that are equally near, the one that shares a sequence of characters comes first."""
    meaning, wording = groups(300, 32, seed=1), groups(300, 8, seed=2)
    put = np.arange(300) % 4
    blend = Blend(meaning, worded(wording, np.eye(4)[put]))
    candidates = np.arange(300)[None, :].repeat(20, axis=0)
    rows = blend.take(slice(0, 300))
    similarities = rows[100:120] @ rows.T

    found, alike = blend.reranked(100, candidates, similarities, k=10)

    both = similarities + blend.grams_weight * (put[100:120, None] == put[None, :])
    expected = np.sort(both, axis=1)[:, ::-1][:, :10] / (1 + blend.grams_weight)
    np.testing.assert_allclose(alike, expected, atol=1e-5)
    np.testing.assert_allclose(np.take_along_axis(both, found, 1) / (1 + blend.grams_weight), alike, atol=1e-5)


def test_a_document_without_any_wording_keeps_its_meaning() -> None:
    meaning, wording = groups(100, 32, seed=1), groups(100, 8, seed=2)
    wording[3] = 0

    rows = Blend(meaning, worded(wording)).take(slice(0, 100))

    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-6)
    np.testing.assert_allclose(rows[3, :32], meaning[3], atol=1e-6)


@pytest.mark.parametrize(
    "wording",
    [np.zeros((40, 3), np.float32), np.ones((40, 1), np.float32), unit(np.eye(40, 3) + np.eye(40, 3, -3))],
    ids=["none", "all alike", "nearly none"],
)
def test_wording_that_tells_nothing_apart_hardly_counts(wording: NDArray[np.float32]) -> None:
    assert 0 <= Blend(groups(40, 32, seed=1), worded(wording)).weight <= 0.6


@pytest.mark.parametrize("n", [1, 2, 3])
def test_few_documents_have_a_blend(n: int) -> None:
    rows = Blend(groups(n, 32, seed=1), worded(groups(n, 8, seed=2))).take(slice(0, n))
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-6)


def test_rounding_of_the_vectors_does_not_change_the_weight() -> None:
    meaning, wording = groups(400, 32, seed=1), groups(400, 8, seed=2)
    shaken = meaning + np.random.default_rng(3).normal(scale=1e-6, size=meaning.shape).astype(np.float32)
    blend, other = Blend(meaning, worded(wording)), Blend(shaken, worded(wording))
    assert (blend.weight, blend.grams_weight) == (other.weight, other.grams_weight)
