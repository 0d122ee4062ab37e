"""A cluster of several kinds falls into strands of one kind each."""

from typing import Any

import numpy as np
import pytest

from verbatlas.analysis.strands import N_SHOWN, find_strands
from verbatlas.progress import Cancelled

SEED = 7


@pytest.fixture
def pairs(blobs: Any) -> np.ndarray:
    """Three clusters with gaps in their ids, of two kinds each; one document is noise."""
    members = np.array([3 * (int(label) // 2) for label in blobs.truth], np.int32)
    members[0] = -1
    return members


def test_every_strand_is_of_one_cluster_and_nearly_all_of_one_kind(blobs: Any, pairs: np.ndarray) -> None:
    found = find_strands(blobs.vectors, blobs.graph, pairs, seed=SEED)

    assert found.ids[0] == -1
    assert set(found.clusters.tolist()) == {0, 3, 6}
    np.testing.assert_array_equal(found.clusters[found.ids[1:]], pairs[1:])
    for strand in range(len(found.clusters)):
        kinds = [blobs.truth[row] for row in np.flatnonzero(found.ids == strand)]
        assert max(kinds.count(kind) for kind in kinds) > 0.8 * len(kinds)
        shown = [row for row in found.shown[strand].tolist() if row >= 0]
        assert 0 < len(shown) <= N_SHOWN
        assert (found.ids[shown] == strand).all()


def test_the_parts_of_a_cluster_are_known_until_others_come_in(blobs: Any, pairs: np.ndarray) -> None:
    found = find_strands(blobs.vectors, blobs.graph, pairs, seed=SEED)
    strands = found.inside(3, pairs)
    rows, parts = found.rows_of(strands, 3, pairs)

    assert rows.tolist() == np.flatnonzero(pairs == 3).tolist()
    np.testing.assert_array_equal(np.array(strands)[parts], found.ids[rows])
    assert np.bincount(parts).argmax() == 0
    assert (found.follows[strands[0]] == -1).all()
    for place, strand in enumerate(strands[1:], start=1):
        voters = found.follows[strand][found.votes[strand] > 0].tolist()
        assert voters
        assert set(voters) <= set(strands[:place])
    for row, cluster in ((200, 3), (100, 6)):  # one comes in, one leaves
        after = pairs.copy()
        after[row] = cluster
        assert found.inside(3, after) == ()


def test_a_strand_is_offered_the_clusters_of_the_strands_most_like_it(blobs: Any, pairs: np.ndarray) -> None:
    pairs[20:40] = 6  # half of the first kind has strayed
    found = find_strands(blobs.vectors, blobs.graph, pairs, seed=SEED)
    strand = int(found.ids[25])

    assert found.likeliest(strand, pairs, among=(0, 3, 6), n=1) == (0,)
    assert found.likeliest(strand, pairs, among=(3, 6), n=5) == (3,)
    assert found.likeliest(strand, pairs, among=(), n=5) == ()


def test_strands_of_real_comments_are_purer_than_their_clusters(banking: Any) -> None:
    truth = np.unique(banking.truth, return_inverse=True)[1]
    members = (truth // 4).astype(np.int32)
    found = find_strands(banking.vectors, banking.graph, members, seed=SEED)

    assert sum(np.bincount(truth[found.ids == strand]).max() for strand in range(len(found.clusters))) > 0.8 * len(
        truth
    )
    assert len(found.clusters) < 600


def test_a_strand_is_mostly_of_the_kind_that_those_before_it_vote_for(banking: Any) -> None:
    truth = np.unique(banking.truth, return_inverse=True)[1]
    members = (truth // 4).astype(np.int32)
    few, many, finest = (
        find_strands(banking.vectors, banking.graph, members, seed=SEED, fineness=fineness)
        for fineness in ("few", "many", "finest")
    )
    kinds = [np.bincount(truth[many.ids == strand]).argmax() for strand in range(len(many.clusters))]
    followers = np.flatnonzero(many.follows[:, 0] >= 0)

    assert len(many.clusters) > 1.5 * len(few.clusters)
    assert len(finest.clusters) > 1.1 * len(few.clusters)
    by_strongest, by_votes = [], []
    for strand in followers:
        votes = np.zeros(len(kinds))
        np.add.at(votes, np.array(kinds)[many.follows[strand]], many.votes[strand])
        by_votes.append(votes.argmax() == kinds[strand])
        by_strongest.append(kinds[many.follows[strand, 0]] == kinds[strand])
    assert np.mean(by_votes) > max(0.7, np.mean(by_strongest) - 0.005)


def test_nothing_is_found_where_there_is_no_cluster(blobs: Any) -> None:
    found = find_strands(blobs.vectors, blobs.graph, np.full(240, -1, np.int32), seed=SEED)

    assert (found.ids == -1).all()
    assert found.inside(0, np.full(240, -1, np.int32)) == ()


def test_twice_gives_the_same(blobs: Any, pairs: np.ndarray) -> None:
    first, second = (find_strands(blobs.vectors, blobs.graph, pairs, seed=SEED) for _ in range(2))

    assert first.ids.tobytes() == second.ids.tobytes()
    assert first.shown.tobytes() == second.shown.tobytes()


def test_it_can_be_cancelled(blobs: Any, pairs: np.ndarray) -> None:
    def report(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        find_strands(blobs.vectors, blobs.graph, pairs, seed=SEED, report=report)
