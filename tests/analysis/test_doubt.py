"""Small groups in the wrong cluster are the doubtful ones."""

from typing import Any

import numpy as np
import pytest

from verbatlas.analysis.doubt import doubts_of, most_doubtful
from verbatlas.analysis.reading_order import N_BEFORE
from verbatlas.analysis.strands import Strands, find_strands
from verbatlas.progress import Cancelled

SEED = 7
STRAYED = [0, 5, 10, 15, 20, 25]


@pytest.fixture
def strands(blobs: Any) -> Strands:
    """Six clusters of five strands of eight each; the first strand of every cluster is of another kind."""
    ids = np.arange(240, dtype=np.int32) // 8
    ids = np.where(ids % 5 == 0, (ids + 5) % 30, ids).astype(np.int32)
    clusters = (np.arange(30, dtype=np.int32) // 5) * 3
    shown = np.array([np.flatnonzero(ids == strand)[:5] for strand in range(30)])
    nobody = np.full((30, N_BEFORE), -1, np.int32), np.zeros((30, N_BEFORE), np.float32)
    return Strands(ids, clusters, *nobody, blobs.vectors[shown[:, 0]], shown)


def test_groups_that_strayed_are_doubted_and_no_others(blobs: Any, strands: Strands) -> None:
    doubts = doubts_of(blobs.vectors, strands.ids, strands.clusters, seed=SEED)
    order = most_doubtful(strands, doubts, among=np.unique(strands.clusters).tolist())

    assert doubts.dtype == np.float32
    assert doubts.shape == (30,)
    assert (doubts <= 8).all()
    assert sorted(np.flatnonzero(doubts > 0).tolist()) == STRAYED
    assert sorted(order[:6].tolist()) == STRAYED
    assert doubts[order].tolist() == sorted(doubts[order].tolist(), reverse=True)


def test_only_what_is_asked_about_comes_back_and_only_so_many(blobs: Any, strands: Strands) -> None:
    doubts = doubts_of(blobs.vectors, strands.ids, strands.clusters, seed=SEED)

    assert set(most_doubtful(strands, doubts, among=(3, 6))[:2].tolist()) == {5, 10}
    assert set(strands.clusters[most_doubtful(strands, doubts, among=(3, 6))].tolist()) <= {3, 6}
    assert len(most_doubtful(strands, doubts, among=(0, 3, 6, 9), most=2)) == 2
    assert len(most_doubtful(strands, doubts, among=())) == 0


def test_the_only_strand_of_a_cluster_is_not_doubted_and_confuses_nobody(blobs: Any, strands: Strands) -> None:
    clusters = strands.clusters.copy()
    clusters[7] = 99
    doubts = doubts_of(blobs.vectors, strands.ids, clusters, seed=SEED)

    assert doubts[7] == -np.inf
    assert sorted(np.argsort(-doubts)[:6].tolist()) == STRAYED


def test_documents_that_are_not_asked_about_count_nowhere(blobs: Any, strands: Strands) -> None:
    ids = strands.ids.copy()
    ids[strands.ids == 5] = -1
    doubts = doubts_of(blobs.vectors, ids, strands.clusters, seed=SEED)

    assert doubts[5] == 0
    assert doubts[10] > 2


def test_with_one_cluster_nothing_is_doubtful(blobs: Any) -> None:
    ids = np.arange(240, dtype=np.int32) // 8
    assert (doubts_of(blobs.vectors, ids, np.zeros(30, np.int32), seed=SEED) == -np.inf).all()
    assert len(doubts_of(blobs.vectors, np.full(240, -1, np.int32), np.zeros(0, np.int32), seed=SEED)) == 0


def test_of_many_documents_a_draw_teaches_and_no_small_cluster_is_missing(
    blobs: Any, strands: Strands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("verbatlas.analysis.doubt._MOST_LESSONS", 60)
    monkeypatch.setattr("verbatlas.analysis.doubt._LESSONS_PER_CLUSTER", 10)
    doubts = doubts_of(blobs.vectors, strands.ids, strands.clusters, seed=SEED)

    assert np.isfinite(doubts).all()
    assert len(set(np.argsort(-doubts)[:6].tolist()) & set(STRAYED)) >= 5


def test_documents_come_in_blocks_and_strands_over_their_borders(
    blobs: Any, strands: Strands, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = doubts_of(blobs.vectors, strands.ids, strands.clusters, seed=SEED)
    monkeypatch.setattr("verbatlas.analysis.blocks._ROWS", 5)

    np.testing.assert_allclose(doubts_of(blobs.vectors, strands.ids, strands.clusters, seed=SEED), whole, atol=1e-4)


def test_doubtful_strands_of_real_comments_are_wrong_far_more_often_than_others(banking: Any) -> None:
    truth = np.unique(banking.truth, return_inverse=True)[1].astype(np.int32)
    home = find_strands(banking.vectors, banking.graph, truth, seed=SEED, fineness="many")
    members = truth.copy()
    for strand in np.random.default_rng(SEED).choice(len(home.clusters), 60, replace=False).tolist():
        members[home.ids == strand] = (home.clusters[strand] + 1) % 77
    found = find_strands(banking.vectors, banking.graph, members, seed=SEED, fineness="finest")
    doubts = doubts_of(banking.vectors, found.ids, found.clusters, seed=SEED)
    order = most_doubtful(found, doubts, among=range(77))

    is_wrong = np.bincount(found.ids, weights=members != truth) > np.bincount(found.ids) / 2
    assert is_wrong[order].mean() > 2.5 * is_wrong.mean()
    assert is_wrong[order[:30]].mean() > 5 * is_wrong.mean()
    assert is_wrong[order].sum() > 0.6 * is_wrong.sum()


def test_twice_gives_the_same(blobs: Any, strands: Strands) -> None:
    first, second = (doubts_of(blobs.vectors, strands.ids, strands.clusters, seed=SEED) for _ in range(2))

    assert first.tobytes() == second.tobytes()


def test_it_can_be_cancelled(blobs: Any, strands: Strands) -> None:
    def report(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        doubts_of(blobs.vectors, strands.ids, strands.clusters, seed=SEED, report=report)
