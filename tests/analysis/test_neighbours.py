"""Neighbours are the nearest others, however many documents are the same."""

import numpy as np
import pytest
from numpy.typing import NDArray
from worded import worded

from verbatlas.analysis import neighbours
from verbatlas.analysis.neighbours import nearest_neighbours
from verbatlas.progress import Cancelled


def unit_rows(n: int, n_dimensions: int = 24) -> NDArray[np.float32]:
    rows = np.random.default_rng(3).normal(size=(n, n_dimensions)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_neighbours_are_the_most_similar_others() -> None:
    vectors = unit_rows(400)
    similarity = vectors @ vectors.T
    np.fill_diagonal(similarity, -2)
    expected = np.sort(similarity, axis=1)[:, ::-1][:, :15]

    graph = nearest_neighbours(vectors, seed=7)

    assert graph.indices.dtype == np.int32
    assert (graph.indices != np.arange(400)[:, None]).all()
    np.testing.assert_allclose(graph.similarities, expected, atol=1e-5)


@pytest.mark.parametrize(("n", "k"), [(0, 0), (1, 0), (2, 1), (3, 2), (10, 9), (40, 15)])
def test_few_documents_have_fewer_neighbours(n: int, k: int) -> None:
    graph = nearest_neighbours(unit_rows(n), seed=7)

    assert graph.indices.shape == graph.similarities.shape == (n, k)


def test_nobody_is_its_own_neighbour_among_a_thousand_alike() -> None:
    graph = nearest_neighbours(np.repeat(unit_rows(1), 1000, axis=0), seed=7)

    assert (graph.indices != np.arange(1000)[:, None]).all()
    np.testing.assert_allclose(graph.similarities, 1, atol=1e-5)


def test_the_index_for_large_tables_finds_nearly_all(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(5)
    vectors = np.repeat(unit_rows(60), 50, axis=0) + 0.1 * random.normal(size=(3000, 24))
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    exact = nearest_neighbours(vectors, seed=7)
    monkeypatch.setattr(neighbours, "_EXACT_UP_TO", 1000)

    quick = nearest_neighbours(vectors, seed=7)
    again = nearest_neighbours(vectors, seed=7)

    pairs = zip(exact.indices.tolist(), quick.indices.tolist(), strict=True)
    assert np.mean([len({*a} & {*b}) / 15 for a, b in pairs]) > 0.95
    assert (quick.indices == again.indices).all()


def test_it_can_be_cancelled() -> None:
    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        nearest_neighbours(unit_rows(50), seed=7, report=stop)


def test_wording_brings_together_what_the_meaning_leaves_open() -> None:
    """Two documents that mean the same as any other, but are put alike, become neighbours."""
    meaning = np.repeat(unit_rows(2), 100, axis=0)
    meaning = meaning + 0.01 * np.random.default_rng(1).normal(size=meaning.shape)
    meaning = (meaning / np.linalg.norm(meaning, axis=1, keepdims=True)).astype(np.float32)
    put = np.arange(200) % 5
    wording = np.eye(5, dtype=np.float32)[put]

    alone = nearest_neighbours(meaning, seed=7).indices
    both = nearest_neighbours(meaning, wording=worded(wording), seed=7).indices

    assert (put[alone] == put[:, None]).mean() < 0.3
    assert (put[both] == put[:, None]).all()
    assert (both // 100 == np.arange(200)[:, None] // 100).all()  # and nobody leaves what means the same


def test_a_rare_word_decides_between_documents_that_are_alike_otherwise() -> None:
    """Good morning and good evening to the same friend: what tells them apart is one word in ten."""
    vectors = np.repeat(unit_rows(10), 40, axis=0) + 0.02 * np.random.default_rng(1).normal(size=(400, 24))
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    said = np.arange(400) % 2
    shared, rare = np.full((400, 9), 0.3), np.eye(2)[said] * (1 - 9 * 0.3**2) ** 0.5

    alone = nearest_neighbours(vectors, seed=7).indices
    wording = worded(np.repeat(unit_rows(10, 6), 40, axis=0), np.hstack([shared, rare]))
    both = nearest_neighbours(vectors, wording=wording, seed=7).indices

    assert (said[alone] == said[:, None]).mean() < 0.6
    assert (said[both] == said[:, None]).mean() > 0.95


@pytest.mark.parametrize(("n", "k"), [(2, 1), (3, 2), (16, 15), (17, 15), (61, 15), (62, 15)])
def test_few_documents_have_neighbours_by_wording_too(n: int, k: int) -> None:
    graph = nearest_neighbours(unit_rows(n), wording=worded(unit_rows(n, 4), np.eye(n)), seed=7)
    assert graph.indices.shape == graph.similarities.shape == (n, k)
    assert (graph.indices != np.arange(n)[:, None]).all()
    assert (np.diff(graph.similarities, axis=1) <= 0).all()


def test_the_index_for_large_tables_knows_the_wording_too(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors, wording = np.repeat(unit_rows(60), 50, axis=0), np.tile(unit_rows(50, 6), (60, 1))
    shaken = vectors + 0.1 * np.random.default_rng(5).normal(size=vectors.shape)
    vectors = (shaken / np.linalg.norm(shaken, axis=1, keepdims=True)).astype(np.float32)
    exact = nearest_neighbours(vectors, wording=worded(wording), seed=7)
    monkeypatch.setattr(neighbours, "_EXACT_UP_TO", 1000)
    monkeypatch.setattr(neighbours, "_ADDED_AT_ONCE", 700)

    quick = nearest_neighbours(vectors, wording=worded(wording), seed=7)

    pairs = zip(exact.indices.tolist(), quick.indices.tolist(), strict=True)
    assert np.mean([len({*a} & {*b}) / 15 for a, b in pairs]) > 0.95
