"""Documents go where a person puts them, and are marked."""

import numpy as np
import pytest

from verbatlas.errors import Problem, UserError
from verbatlas.study import NOISE, AssignNoise, Edit, Labelling, Move, MoveToNew


def test_moved_documents_are_there_and_marked_and_the_others_stay(labelling: Labelling) -> None:
    moved = Move(np.array([11, 0, 0]), 2).apply(labelling)

    assert np.flatnonzero(moved.members != labelling.members).tolist() == [0, 11]
    assert moved.members[[0, 11]].tolist() == [2, 2]
    assert moved.strengths[[0, 11]].tolist() == [1, 1]
    assert np.flatnonzero(moved.by_hand).tolist() == [0, 11]
    assert moved.clusters == labelling.clusters


def test_documents_can_be_taken_out_of_all_clusters(labelling: Labelling) -> None:
    moved = Move(np.array([0, 1]), NOISE).apply(labelling)

    assert moved.n_noise == 3
    assert moved.strengths[:2].tolist() == [0, 0]
    assert moved.by_hand[:2].all()


def test_a_new_cluster_has_a_new_id_and_colour(labelling: Labelling) -> None:
    made = MoveToNew(np.array([0, 5, 11]), " Both ").apply(labelling)

    new = made.clusters[3]
    assert (new.name, new.named_by_hand, new.typical) == ("Both", True, (0, 5, 11))
    assert new.colour not in {cluster.colour for cluster in labelling.clusters.values()}
    assert made.sizes() == {0: 4, 1: 3, 2: 2, 3: 3}
    assert made.next_id == 4


def test_noise_goes_where_it_was_found_to_belong(labelling: Labelling) -> None:
    edit = AssignNoise(np.array([11]), np.array([1], np.int32), np.array([0.25], np.float32))

    assigned = edit.apply(labelling)

    assert (assigned.members[11], assigned.strengths[11], assigned.by_hand[11]) == (1, 0.25, False)
    with pytest.raises(UserError) as caught:
        edit.apply(assigned)
    assert caught.value.problem is Problem.EDIT_STALE


@pytest.mark.parametrize(
    ("edit", "problem"),
    [
        (Move(np.array([], np.int64), 0), Problem.NOTHING_SELECTED),
        (Move(np.array([1]), 9), Problem.CLUSTER_MISSING),
        (MoveToNew(np.array([1]), ""), Problem.NAME_BLANK),
        (MoveToNew(np.array([], np.int64), "x"), Problem.NOTHING_SELECTED),
        (AssignNoise(np.array([11]), np.array([9], np.int32), np.ones(1, np.float32)), Problem.EDIT_STALE),
        (AssignNoise(np.zeros(0, np.int64), np.zeros(0, np.int32), np.zeros(0, np.float32)), Problem.NOTHING_SELECTED),
    ],
)
def test_what_makes_no_sense_is_refused(edit: Edit, problem: Problem, labelling: Labelling) -> None:
    with pytest.raises(UserError) as caught:
        edit.apply(labelling)

    assert caught.value.problem is problem


def test_a_row_that_is_not_there_is_a_mistake(labelling: Labelling) -> None:
    with pytest.raises(ValueError, match="row"):
        Move(np.array([12]), 0).apply(labelling)
