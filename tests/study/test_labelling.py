"""A labelling is a value: counted, ordered, and not to be changed."""

import numpy as np
import pytest

from verbatlas.errors import Problem, UserError
from verbatlas.study import Cluster, Labelling


def labelling() -> Labelling:
    members = np.array([3, 3, 0, -1], np.int32)
    clusters = {3: Cluster(3, "Late"), 0: Cluster(0, "Dear")}
    return Labelling(members, np.ones(4, np.float32), clusters, 4)


def test_sizes_and_noise_are_counted() -> None:
    assert labelling().sizes() == {0: 1, 3: 2}
    assert labelling().n_noise == 1


def test_nothing_in_it_can_be_changed() -> None:
    value = labelling()

    with pytest.raises(ValueError, match="read-only"):
        value.members[0] = 0
    with pytest.raises(TypeError):
        value.clusters[0] = Cluster(0, "Other")  # type: ignore[index]


def test_a_cluster_that_is_gone_is_named() -> None:
    with pytest.raises(UserError) as caught:
        labelling().cluster(7)

    assert caught.value.problem is Problem.CLUSTER_MISSING


def test_what_repeats_another_shows_its_cluster_and_counts_no_more() -> None:
    members = np.array([3, -1, -1, -1, 3, -1], np.int32)
    stand_ins = np.array([0, 0, -1, 3, 4, 3], np.int32)
    strengths = np.array([0.5, 0, 0, 0, 1, 0], np.float32)
    seen = Labelling(members, strengths, {3: Cluster(3, "a")}, 4, stand_ins=stand_ins)
    assert seen.shown_members.tolist() == [3, 3, -1, -1, 3, -1]
    assert [seen.shown_row(row) for row in range(6)] == seen.shown_rows.tolist() == [0, 0, 2, 3, 4, 3]
    assert seen.left_out.tolist() == [False, True, True, False, False, True]
    assert (seen.n_counted, seen.n_noise, seen.sizes()) == (3, 1, {3: 2})


def test_what_was_left_out_and_then_placed_by_hand_counts() -> None:
    stand_ins = np.array([0, 0], np.int32)
    seen = Labelling(np.array([0, 1], np.int32), np.ones(2, np.float32), {}, 2, stand_ins=stand_ins)
    assert seen.shown_members.tolist() == [0, 1]
    assert seen.n_counted == 2
