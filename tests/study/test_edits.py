"""Edits change what they say and nothing else."""

from collections.abc import Callable

import numpy as np
import pytest

from verbatlas.errors import Problem, UserError
from verbatlas.study import Labelling, Rename, ReplaceClustering

Make = Callable[[list[int]], ReplaceClustering]


@pytest.fixture
def labelling(clustering: Make) -> Labelling:
    return clustering([0] * 5 + [1] * 4 + [2] * 2 + [-1]).apply(Labelling.empty(12))


def test_a_rename_touches_nothing_else(labelling: Labelling) -> None:
    renamed = Rename(1, "  Late \n delivery ").apply(labelling)

    assert renamed.clusters[1].name == "Late delivery"
    assert renamed.clusters[1].named_by_hand
    assert renamed.members is labelling.members
    assert {id_: cluster for id_, cluster in renamed.clusters.items() if id_ != 1} == {
        id_: cluster for id_, cluster in labelling.clusters.items() if id_ != 1
    }
    assert labelling.clusters[1].name == "Name 1"


@pytest.mark.parametrize(
    ("edit", "problem"), [(Rename(1, " \t"), Problem.NAME_BLANK), (Rename(99, "x"), Problem.CLUSTER_MISSING)]
)
def test_a_rename_that_makes_no_sense_is_refused(edit: Rename, problem: Problem, labelling: Labelling) -> None:
    with pytest.raises(UserError) as caught:
        edit.apply(labelling)

    assert caught.value.problem is problem


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
