"""Middles of clusters say where noise belongs, which clusters are alike, and who stands at an edge."""

from typing import Any

import numpy as np
import pytest

from verbatlas.analysis.assignment import (
    borderline,
    borderline_of_all,
    centres,
    cohesion,
    likeliest_clusters,
    nearest_clusters,
)
from verbatlas.analysis.clustering import strengths_of
from verbatlas.progress import Cancelled

CLUSTERS = {0: 3, 1: 8, 2: 9, 3: 20, 4: 21, 5: 700}  # ids as edits leave them: with gaps


@pytest.fixture
def members(blobs: Any) -> np.ndarray:
    return np.array([CLUSTERS[int(label)] for label in blobs.truth], np.int32)


def unit(*rows: list[float]) -> np.ndarray:
    vectors = np.array(rows, np.float32)
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)


def test_noise_goes_back_to_where_it_was_taken_from(blobs: Any, members: np.ndarray) -> None:
    noise = np.arange(0, 240, 7)
    without = members.copy()
    without[noise] = -1

    clusters, strengths = likeliest_clusters(blobs.vectors, without)

    np.testing.assert_array_equal(clusters, members[noise])
    assert (clusters.dtype, strengths.dtype) == (np.int32, np.float32)
    assert ((strengths > 0.5) & (strengths <= 1)).all()


def test_strengths_mean_what_those_of_a_clustering_mean(blobs: Any) -> None:
    ids = np.array([int(label) for label in blobs.truth], np.int32)

    clusters, strengths = likeliest_clusters(blobs.vectors, ids, rows=np.arange(240))

    np.testing.assert_array_equal(clusters, ids)
    np.testing.assert_allclose(strengths, strengths_of(blobs.vectors, ids), atol=1e-5)


def test_blank_rows_and_studies_without_clusters_have_no_likeliest_cluster() -> None:
    vectors = unit([1, 0], [1, 0.1], [0, 0], [0.9, 0])
    members = np.array([4, 4, -1, -1], np.int32)

    clusters, strengths = likeliest_clusters(vectors, members)
    nowhere, nothing = likeliest_clusters(vectors, np.full(4, -1, np.int32))

    assert clusters.tolist() == [-1, 4]
    assert strengths[0] == 0
    assert strengths[1] > 0.9  # a single cluster: the cosine to its middle
    assert nowhere.tolist() == [-1] * 4
    assert not nothing.any()


def test_the_nearest_cluster_is_the_one_with_the_most_similar_middle() -> None:
    vectors = unit([1, 0, 0], [1, 0.2, 0], [0, 0, 1])

    nearest = nearest_clusters(vectors, np.array([5, 7, 9], np.int32))

    assert nearest[5][0] == 7
    assert nearest[7][0] == 5
    assert nearest[5][1] == pytest.approx(float(vectors[0] @ vectors[1]))
    assert nearest_clusters(vectors, np.array([5, 5, -1], np.int32)) == {}


def test_cohesion_is_one_for_equal_comments_and_less_for_mixed_ones() -> None:
    vectors = unit([1, 0], [1, 0], [1, 0], [0, 1])

    found = cohesion(vectors, np.array([1, 1, 2, 2], np.int32))

    assert found[1] == pytest.approx(1)
    assert found[2] == pytest.approx(np.sqrt(0.5), abs=1e-6)


def test_borderline_comments_are_those_nearest_to_another_cluster_and_never_blank() -> None:
    vectors = unit([1, 0], [1, 0.1], [0.7, 0.6], [0, 1], [0.1, 1], [0, 0])
    members = np.array([0, 0, 0, 6, 6, 0], np.int32)

    assert borderline(vectors, members, 0, 1).tolist() == [2]
    assert sorted(borderline(vectors, members, 0, 9).tolist()) == [0, 1, 2]
    assert borderline(vectors, members, 5, 3).tolist() == []
    assert borderline(vectors, members, -1, 3).tolist() == []


def test_all_borderlines_in_one_walk_are_those_of_each(blobs: Any, members: np.ndarray) -> None:
    found = borderline_of_all(blobs.vectors, members, centres(blobs.vectors, members), 3)

    assert {id_: rows.tolist() for id_, rows in found.items()} == {
        id_: borderline(blobs.vectors, members, id_, 3).tolist() for id_ in CLUSTERS.values()
    }


def test_a_cluster_of_blank_rows_alone_has_no_middle() -> None:
    vectors = unit([1, 0], [0, 0], [0, 1])
    members = np.array([0, 5, 2], np.int32)

    found = centres(vectors, members)

    assert found.ids.tolist() == [0, 2]
    assert sorted(borderline_of_all(vectors, members, found, 3)) == [0, 2]


def test_a_comment_s_likeliest_clusters_come_nearest_first(blobs: Any, members: np.ndarray) -> None:
    offered = centres(blobs.vectors, members).likeliest(blobs.vectors[:40], 3)

    assert offered.shape == (40, 3)
    assert set(offered[:, 0].tolist()) == {3}


def test_looking_for_clusters_can_be_cancelled(blobs: Any, members: np.ndarray) -> None:
    def report(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        likeliest_clusters(blobs.vectors, members, rows=np.arange(5), report=report)
