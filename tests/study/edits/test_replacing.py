"""A new clustering takes over what the analyst did to the clusters that are still there."""

from collections.abc import Callable

import numpy as np

from verbatlas.study import NOISE, Group, Labelling, Move, Rename, ReplaceClustering, SetLocked

Make = Callable[[list[int]], ReplaceClustering]


def test_the_first_clustering_is_numbered_from_zero(labelling: Labelling) -> None:
    assert list(labelling.clusters) == [0, 1, 2]
    assert labelling.next_id == 3
    assert [cluster.colour for cluster in labelling.clusters.values()] == [0, 1, 2]


def test_a_name_typed_by_hand_goes_on_with_its_documents(labelling: Labelling, clustering: Make) -> None:
    named = Rename(0, "Mine").apply(labelling)

    again = clustering([1] * 4 + [0] * 8).apply(named)

    assert again.clusters[0].name == "Mine"
    assert set(again.members[:4].tolist()) == {0}
    assert again.clusters[0].colour == named.clusters[0].colour


def test_an_automatic_name_gives_way_to_a_new_one(labelling: Labelling, clustering: Make) -> None:
    again = clustering([1] * 4 + [0] * 8).apply(labelling)

    assert again.clusters[0].name == "Name 1"


def test_ids_are_never_used_again(labelling: Labelling, clustering: Make) -> None:
    again = clustering([0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2]).apply(labelling)

    assert not set(again.clusters) & set(labelling.clusters)
    assert min(again.clusters) == labelling.next_id
    assert set(again.members.tolist()) == set(again.clusters)


def test_clusters_that_live_at_once_have_colours_of_their_own(labelling: Labelling, clustering: Make) -> None:
    again = clustering([0] * 5 + [1] * 2 + [2] * 2 + [3] * 3).apply(labelling)

    colours = [cluster.colour for cluster in again.clusters.values()]
    assert len(set(colours)) == len(colours) == 4


def test_a_parent_that_is_gone_is_forgotten(labelling: Labelling, clustering: Make) -> None:
    from dataclasses import replace  # noqa: PLC0415

    clusters = {**labelling.clusters, 0: replace(labelling.clusters[0], parent=2)}
    grouped = replace(labelling, clusters=clusters)

    again = clustering([0] * 5 + [1] * 7).apply(grouped)

    assert again.clusters[0].parent is None
    np.testing.assert_array_equal(again.members[:5], 0)


def test_what_a_person_placed_stays_where_it_was_put(labelling: Labelling, clustering: Make) -> None:
    placed = Move(np.array([0, 11]), 1).apply(Move(np.array([9]), NOISE).apply(labelling))

    again = clustering([0] * 5 + [1] * 4 + [2] * 2 + [-1]).apply(placed)

    assert again.members[[0, 11, 9]].tolist() == [1, 1, NOISE]
    assert np.flatnonzero(again.by_hand).tolist() == [0, 9, 11]


def test_a_locked_cluster_stays_whole_whatever_was_found(labelling: Labelling, clustering: Make) -> None:
    locked = SetLocked([1], locked=True).apply(labelling)

    again = clustering([0] * 12).apply(locked)

    assert again.clusters[1] == locked.clusters[1]
    assert np.flatnonzero(again.members == 1).tolist() == [5, 6, 7, 8]
    assert set(again.members.tolist()) == {1, 0}


def test_a_group_goes_on_as_long_as_something_stands_in_it(labelling: Labelling, clustering: Make) -> None:
    grouped = Group([0, 1], "Service").apply(labelling)

    again = clustering([0] * 5 + [1] * 4 + [2] * 2 + [-1]).apply(grouped)
    gone = clustering([0, 1] * 6).apply(grouped)

    assert again.clusters[0].parent == again.clusters[1].parent == 3
    assert again.clusters[3].name == "Service"
    assert 3 not in gone.clusters
