"""Clusters stand under a common name and come out again."""

import numpy as np
import pytest

from verbatlas.errors import Problem, UserError
from verbatlas.study import Edit, Group, Labelling, MoveToNew, Ungroup


def test_a_new_parent_has_a_name_and_no_documents(labelling: Labelling) -> None:
    grouped = Group([0, 2], " Service ").apply(labelling)

    parent = grouped.clusters[3]
    assert (parent.name, parent.named_by_hand, grouped.sizes()[3]) == ("Service", True, 0)
    assert [grouped.clusters[id_].parent for id_ in (0, 1, 2)] == [3, None, 3]
    assert grouped.members is labelling.members
    assert parent.colour not in {cluster.colour for cluster in labelling.clusters.values()}


def test_a_cluster_that_is_there_can_be_the_parent_and_is_not_lost_with_the_group(labelling: Labelling) -> None:
    grouped = Group([1, 2], parent=0).apply(labelling)

    assert [grouped.clusters[id_].parent for id_ in (0, 1, 2)] == [None, 0, 0]
    assert Ungroup(0).apply(grouped).clusters == labelling.clusters


def test_a_group_that_is_dissolved_leaves_no_empty_parent(labelling: Labelling) -> None:
    assert Ungroup(3).apply(Group([0, 2], "Service").apply(labelling)).clusters == labelling.clusters


@pytest.mark.parametrize(
    ("edit", "problem"),
    [
        (Group([0, 1], " "), Problem.NAME_BLANK),
        (Group([], "x"), Problem.NOTHING_SELECTED),
        (Group([0, 99], "x"), Problem.CLUSTER_MISSING),
        (Group([0], parent=0), Problem.GROUP_NESTED),
        (Group([2], parent=0), Problem.GROUP_NESTED),
        (Group([3], "outer"), Problem.GROUP_NESTED),
        (Ungroup(2), Problem.NOTHING_SELECTED),
    ],
)
def test_what_makes_no_sense_is_refused(edit: Edit, problem: Problem, labelling: Labelling) -> None:
    grouped = Group([0, 1], "Service").apply(labelling)

    with pytest.raises(UserError) as caught:
        edit.apply(grouped)

    assert caught.value.problem is problem


def test_a_cluster_made_later_stands_under_none(labelling: Labelling) -> None:
    grown = MoveToNew(np.array([0, 5]), "Both").apply(Group([0, 1], "Service").apply(labelling))

    assert grown.clusters[4].parent is None
