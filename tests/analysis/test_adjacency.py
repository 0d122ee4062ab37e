"""Clusters that lie side by side on the map are neighbours."""

import numpy as np

from verbatlas.analysis import neighbouring_clusters


def row_of_groups(n_groups: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(0)
    ids = np.repeat(np.arange(n_groups), 30).astype(np.int32)
    layout = (np.stack([ids * 10.0, np.zeros(len(ids))], axis=1) + random.normal(size=(len(ids), 2))).astype(np.float32)
    return layout, ids


def test_the_nearest_come_first_and_both_know_of_it() -> None:
    layout, ids = row_of_groups(12)

    found = neighbouring_clusters(layout, ids)

    assert set(found[5][:2]) == {4, 6}
    assert 11 not in found[0]
    assert all(cluster in found[other] for cluster, others in found.items() for other in others)


def test_noise_and_comments_without_a_place_have_no_part_in_it() -> None:
    layout, ids = row_of_groups(3)
    ids[:30] = -1
    layout[30] = np.nan

    assert neighbouring_clusters(layout, ids) == {1: (2,), 2: (1,)}


def test_one_cluster_or_none_has_no_neighbours() -> None:
    layout, ids = row_of_groups(1)

    assert neighbouring_clusters(layout, ids) == {0: ()}
    assert neighbouring_clusters(layout, np.full_like(ids, -1)) == {}
