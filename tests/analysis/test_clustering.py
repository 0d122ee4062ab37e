"""Clusters agree with people, are the same every time, and answer what was asked."""

from typing import Any

import numpy as np
import pytest
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

from verbatlas.analysis import Clustering, Method, cluster, nearest_neighbours
from verbatlas.analysis.clustering import by_falling_size
from verbatlas.errors import Problem, UserError
from verbatlas.progress import Cancelled


def clustered(data: Any, **asked: Any) -> Clustering:
    return cluster(data.vectors, data.graph, seed=7, **asked)


def test_defaults_find_what_people_find_and_leave_no_noise(banking: Any) -> None:
    found = clustered(banking)

    assert adjusted_mutual_info_score(banking.truth, found.ids) >= 0.79
    assert adjusted_rand_score(banking.truth, found.ids) >= 0.50
    assert (found.ids == -1).mean() <= 0.02


def test_kmeans_with_the_true_number_agrees_with_people(banking: Any) -> None:
    found = clustered(banking, method=Method.KMEANS, n_clusters=77)

    assert found.n_clusters == 77
    assert adjusted_mutual_info_score(banking.truth, found.ids) >= 0.74


def test_hdbscan_leaves_little_noise_and_none_when_every_row_counts(banking: Any) -> None:
    found = clustered(banking, method=Method.HDBSCAN)
    everyone = clustered(banking, method=Method.HDBSCAN, every_row=True)

    assert 0 < (found.ids == -1).mean() < 0.12
    assert adjusted_mutual_info_score(banking.truth, found.ids) >= 0.74
    assert (everyone.ids >= 0).all()
    assert (found.strengths[found.ids == -1] == 0).all()


def test_chinese_sentences_are_clustered_by_theme(chitchat: Any) -> None:
    assert adjusted_mutual_info_score(chitchat.truth, clustered(chitchat).ids) >= 0.5


@pytest.mark.parametrize("method", Method)
def test_clear_groups_are_found_by_every_method(method: Method, blobs: Any) -> None:
    n_clusters = 6 if method is not Method.HDBSCAN else None

    found = clustered(blobs, method=method, n_clusters=n_clusters, every_row=True)

    assert adjusted_rand_score(blobs.truth, found.ids) > 0.95


def test_more_detail_gives_more_clusters(banking: Any) -> None:
    counts = [clustered(banking, detail=detail).n_clusters for detail in (-3, -2, -1, 0, 1, 2, 3)]

    assert counts == sorted(counts)
    assert counts[-1] > 3 * counts[0]


@pytest.mark.parametrize("wanted", [1, 2, 5, 12, 77, 200, 900])
def test_the_number_asked_for_is_the_number_found(wanted: int, banking: Any) -> None:
    assert clustered(banking, n_clusters=wanted).n_clusters == wanted


@pytest.mark.parametrize("wanted", [1, 3, 40, 239, 240])
@pytest.mark.parametrize("method", [Method.KMEANS, Method.COMMUNITIES])
def test_any_number_can_be_had_of_a_small_table(wanted: int, method: Method, blobs: Any) -> None:
    assert clustered(blobs, method=method, n_clusters=wanted).n_clusters == wanted


@pytest.mark.parametrize("method", Method)
@pytest.mark.parametrize("n", [0, 1, 2, 3, 4, 9])
def test_tiny_tables_have_clusters(n: int, method: Method, blobs: Any) -> None:
    vectors = blobs.vectors[::27][:n]

    found = cluster(vectors, nearest_neighbours(vectors, seed=7), method=method, seed=7)

    assert found.ids.shape == found.strengths.shape == (n,)
    if n in {1, 2}:
        assert set(found.ids.tolist()) == {0}


@pytest.mark.parametrize("method", Method)
def test_a_thousand_equal_comments_are_one_cluster(method: Method) -> None:
    vectors = np.repeat(np.eye(1, 8, dtype=np.float32), 1000, axis=0)

    found = cluster(vectors, nearest_neighbours(vectors, seed=7), method=method, seed=7)

    assert set(found.ids.tolist()) == {0}
    assert (found.strengths > 0.99).all()


def test_more_clusters_than_comments_is_refused(blobs: Any) -> None:
    with pytest.raises(UserError) as caught:
        clustered(blobs, method=Method.KMEANS, n_clusters=241)

    assert caught.value.problem is Problem.TOO_FEW_DOCUMENTS


@pytest.mark.parametrize(("method", "n_clusters"), [(Method.KMEANS, 0), (Method.HDBSCAN, 3)])
def test_impossible_wishes_are_refused(method: Method, n_clusters: int, blobs: Any) -> None:
    with pytest.raises(ValueError, match="clusters by"):
        clustered(blobs, method=method, n_clusters=n_clusters)


@pytest.mark.parametrize("method", Method)
def test_two_runs_agree_bit_for_bit(method: Method, chitchat: Any) -> None:
    first, second = (clustered(chitchat, method=method) for _ in range(2))

    assert first.ids.tobytes() == second.ids.tobytes()
    assert first.strengths.tobytes() == second.strengths.tobytes()


def test_clusters_are_numbered_by_size_and_strengths_are_shares(banking: Any) -> None:
    found = clustered(banking)
    sizes = np.bincount(found.ids)

    assert (np.diff(sizes) <= 0).all()
    assert found.ids.dtype == np.int32
    assert found.strengths.dtype == np.float32
    assert 0 <= found.strengths.min() < 0.5 < np.median(found.strengths) < 1


def test_renumbering_keeps_noise_and_breaks_ties_by_the_first_row() -> None:
    assert by_falling_size(np.array([5, -1, 9, 9, 5, 2])).tolist() == [0, -1, 1, 1, 0, 2]


@pytest.mark.parametrize("method", Method)
def test_it_can_be_cancelled(method: Method, blobs: Any) -> None:
    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        clustered(blobs, method=method, report=stop)
