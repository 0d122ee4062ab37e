"""A cluster falls into the parts that people see in it."""

from collections import Counter
from typing import Any

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from verbatlas.analysis import cluster
from verbatlas.analysis.splitting import MOST_PARTS, split_cluster
from verbatlas.errors import Problem, UserError
from verbatlas.progress import Cancelled

TWO_GROUPS = np.arange(40, 120)


@pytest.mark.parametrize("method", ["auto", "kmeans", "hdbscan"])
def test_two_kinds_in_one_cluster_become_two_parts(method: Any, blobs: Any) -> None:
    parts = split_cluster(blobs.vectors, TWO_GROUPS, method=method, seed=7)

    assert parts.dtype == np.int32
    assert adjusted_rand_score([blobs.truth[row] for row in TWO_GROUPS], parts) > 0.95


@pytest.mark.parametrize("method", ["auto", "kmeans"])
def test_as_many_parts_as_were_asked_for_by_falling_size(method: Any, blobs: Any) -> None:
    parts = split_cluster(blobs.vectors, np.arange(30, 200), method=method, n_parts=5, seed=7)

    sizes = np.bincount(parts)
    assert len(sizes) == 5
    assert sizes.tolist() == sorted(sizes, reverse=True)


def test_parts_of_mixed_clusters_are_purer_than_the_clusters(banking: Any) -> None:
    ids = cluster(banking.vectors, banking.graph, seed=7).ids
    truth = np.array(banking.truth)
    before = after = total = 0
    for cluster_id in range(20):
        rows = np.flatnonzero(ids == cluster_id)
        parts = split_cluster(banking.vectors, rows, seed=7)
        assert 0 <= parts.max() < MOST_PARTS
        before += most_frequent(truth[rows])
        after += sum(most_frequent(truth[rows[parts == part]]) for part in np.unique(parts))
        total += len(rows)

    assert after / total > before / total + 0.1


def most_frequent(labels: np.ndarray) -> int:
    return Counter(labels.tolist()).most_common(1)[0][1]


def test_the_same_rows_and_seed_give_the_same_parts(blobs: Any) -> None:
    first, second = (split_cluster(blobs.vectors, TWO_GROUPS, seed=7) for _ in range(2))

    assert first.tobytes() == second.tobytes()


def test_documents_that_are_all_alike_are_one_part() -> None:
    vectors = np.tile(np.array([1, 0], np.float32), (30, 1))

    assert not split_cluster(vectors, np.arange(30), seed=7).any()


def test_blank_documents_stay_in_the_first_part(blobs: Any) -> None:
    vectors = blobs.vectors.copy()
    vectors[[41, 90]] = 0

    parts = split_cluster(vectors, TWO_GROUPS, seed=7)

    assert parts[[1, 50]].tolist() == [0, 0]
    assert parts.max() == 1


@pytest.mark.parametrize("rows", [[], [3], [3, 4]], ids=["none", "one", "two"])
@pytest.mark.parametrize("method", ["auto", "kmeans", "hdbscan"])
def test_clusters_too_small_to_split_still_get_an_answer(method: Any, rows: list[int], blobs: Any) -> None:
    assert len(split_cluster(blobs.vectors, np.array(rows, np.int64), method=method, seed=7)) == len(rows)


def test_more_parts_than_documents_are_refused(blobs: Any) -> None:
    with pytest.raises(UserError) as caught:
        split_cluster(blobs.vectors, np.arange(3), n_parts=4, seed=7)

    assert caught.value.problem is Problem.TOO_FEW_DOCUMENTS


@pytest.mark.parametrize("method", ["auto", "kmeans", "hdbscan"])
def test_a_split_can_be_cancelled(method: Any, blobs: Any) -> None:
    def report(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        split_cluster(blobs.vectors, TWO_GROUPS, method=method, seed=7, report=report)
