"""Several clusters become one, or none."""

import numpy as np
import pytest

from verbatlas.errors import Problem, UserError
from verbatlas.study import NOISE, Delete, Edit, Group, Labelling, Merge, Move, Rename


def test_the_first_keeps_its_name_and_takes_the_documents(labelling: Labelling) -> None:
    merged = Merge([2, 0, 2]).apply(Rename(2, "Mine").apply(labelling))

    assert list(merged.clusters) == [1, 2]
    assert merged.clusters[2].name == "Mine"
    assert merged.sizes() == {1: 4, 2: 7}
    assert merged.n_noise == 1
    np.testing.assert_array_equal(merged.strengths, labelling.strengths)
    assert merged.clusters[2].keywords == ("word2", "word0")
    assert merged.clusters[1] == labelling.clusters[1]
    assert not merged.by_hand.any()


def test_what_stood_under_one_that_is_gone_stands_under_the_one_that_stays(labelling: Labelling) -> None:
    grouped = Group([2], parent=1).apply(labelling)

    assert Merge([0, 1]).apply(grouped).clusters[2].parent == 0
    assert Merge([2, 1]).apply(grouped).clusters[2].parent is None


def test_deleted_clusters_leave_noise_behind(labelling: Labelling) -> None:
    moved = Move(np.array([0]), 1).apply(labelling)

    left = Delete([1]).apply(moved)

    assert list(left.clusters) == [0, 2]
    assert np.flatnonzero(left.members == NOISE).tolist() == [0, 5, 6, 7, 8, 11]
    assert not left.by_hand.any()
    assert left.next_id == labelling.next_id


@pytest.mark.parametrize(
    ("edit", "problem"),
    [
        (Merge([1]), Problem.NOTHING_SELECTED),
        (Merge([1, 1]), Problem.NOTHING_SELECTED),
        (Merge([1, 9]), Problem.CLUSTER_MISSING),
        (Delete([]), Problem.NOTHING_SELECTED),
        (Delete([9]), Problem.CLUSTER_MISSING),
    ],
)
def test_what_makes_no_sense_is_refused(edit: Edit, problem: Problem, labelling: Labelling) -> None:
    with pytest.raises(UserError) as caught:
        edit.apply(labelling)

    assert caught.value.problem is problem
