"""What a few examples teach puts the others right."""

from typing import Any

import numpy as np
import pytest

from verbatlas.analysis import cluster, nearest_neighbours
from verbatlas.analysis.learning import learn_moves
from verbatlas.progress import Cancelled


@pytest.fixture
def shuffled(blobs: Any) -> np.ndarray:
    """Six clusters with gaps in their ids, into each of which ten of the next kind have strayed."""
    members = np.array([3 * int(label) for label in blobs.truth], np.int32)
    for kind in range(6):
        members[40 * kind : 40 * kind + 10] = 3 * ((kind + 5) % 6)
    return members


EXAMPLES = np.array([40 * kind + 20 + place for kind in range(6) for place in range(3)])


def test_strays_are_proposed_to_go_home(blobs: Any, shuffled: np.ndarray) -> None:
    found = learn_moves(blobs.vectors, blobs.graph, shuffled, EXAMPLES)

    assert sorted(found.rows.tolist()) == [40 * kind + place for kind in range(6) for place in range(10)]
    np.testing.assert_array_equal(found.clusters, [3 * int(blobs.truth[row]) for row in found.rows])
    np.testing.assert_array_equal(found.sources, shuffled[found.rows])
    assert found.scores.tolist() == sorted(found.scores.tolist(), reverse=True)


def test_examples_are_never_proposed(blobs: Any, shuffled: np.ndarray) -> None:
    found = learn_moves(blobs.vectors, blobs.graph, shuffled, np.append(EXAMPLES, 0))

    assert not set(EXAMPLES.tolist()) & set(found.rows.tolist())
    assert 0 not in found.rows.tolist()


def test_clusters_without_examples_keep_what_they_have_unless_asked(blobs: Any, shuffled: np.ndarray) -> None:
    examples = EXAMPLES[:15]  # of five of the six
    kept = learn_moves(blobs.vectors, blobs.graph, shuffled, examples)
    emptied = learn_moves(blobs.vectors, blobs.graph, shuffled, examples, unread=True)

    assert 15 not in kept.sources
    assert 15 in emptied.sources


def test_what_has_no_name_yet_is_left_where_it_is_while_half_is_unread(banking: Any) -> None:
    """Most of the clusters without a name are about something that has none: they are not emptied into the others."""
    truth = np.unique(banking.truth, return_inverse=True)[1].astype(np.int32)
    named = np.arange(0, int(truth.max()) + 1, 2)
    examples = np.sort(np.concatenate([np.flatnonzero(truth == label)[:8] for label in named.tolist()]))
    options = {"named": tuple(named.tolist()), "unread": True}

    found = learn_moves(banking.vectors, banking.graph, truth, examples, **options)

    is_unread = ~np.isin(truth, named)
    assert np.isin(found.rows, np.flatnonzero(is_unread)).sum() < 0.02 * is_unread.sum()


def test_noise_is_proposed_to_go_home(blobs: Any, shuffled: np.ndarray) -> None:
    shuffled[60:80] = -1
    examples = np.setdiff1d(np.append(EXAMPLES, [55, 56]), np.arange(60, 80))

    found = learn_moves(blobs.vectors, blobs.graph, shuffled, examples)

    assert set(found.clusters[found.sources == -1].tolist()) == {3}


def test_two_clusters_are_enough_and_one_is_not(blobs: Any, shuffled: np.ndarray) -> None:
    two = learn_moves(blobs.vectors, blobs.graph, shuffled, EXAMPLES[:6])
    one = learn_moves(blobs.vectors, blobs.graph, shuffled, EXAMPLES[:3])

    assert two.clusters[two.rows < 10].tolist() == []  # they stray in a cluster that has no example
    assert set(two.rows.tolist()) >= set(range(40, 50))
    assert len(one.rows) == 0


def test_examples_of_real_comments_teach_more_right_than_wrong(banking: Any) -> None:
    truth = np.unique(banking.truth, return_inverse=True)[1].astype(np.int32)
    ids = cluster(banking.vectors, banking.graph, seed=7).ids
    named = np.array([np.bincount(truth[ids == id_]).argmax() for id_ in range(ids.max() + 1)], np.int32)
    members = named[ids]
    examples = np.random.default_rng(7).choice(len(truth), 800, replace=False)
    members[examples] = truth[examples]

    found = learn_moves(banking.vectors, banking.graph, members, examples)
    after = members.copy()
    after[found.rows] = found.clusters

    assert (truth[found.rows] == found.clusters).mean() > 0.6
    assert (after == truth).mean() > (members == truth).mean() + 0.08


def test_learning_twice_gives_the_same(blobs: Any, shuffled: np.ndarray) -> None:
    first, second = (learn_moves(blobs.vectors, blobs.graph, shuffled, EXAMPLES) for _ in range(2))

    assert first.scores.tobytes() == second.scores.tobytes()


def test_a_table_of_one_document_teaches_nothing() -> None:
    vectors = np.ones((1, 1), np.float32)

    assert (
        len(
            learn_moves(vectors, nearest_neighbours(vectors, seed=7), np.zeros(1, np.int32), np.zeros(1, np.int64)).rows
        )
        == 0
    )


def test_learning_can_be_cancelled(blobs: Any, shuffled: np.ndarray) -> None:
    def report(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        learn_moves(blobs.vectors, blobs.graph, shuffled, EXAMPLES, report=report)


def test_names_alone_teach_what_is_where_it_should_not_be(blobs: Any, shuffled: np.ndarray) -> None:
    nobody = np.zeros(0, np.int64)

    found = learn_moves(blobs.vectors, blobs.graph, shuffled, nobody, named=range(0, 18, 3))

    assert set(found.rows.tolist()) >= {40 * kind + place for kind in range(6) for place in range(8)}
    assert (found.clusters == np.array([3 * int(blobs.truth[row]) for row in found.rows])).mean() > 0.95
    assert len(learn_moves(blobs.vectors, blobs.graph, shuffled, nobody, named=(3,)).rows) == 0
