"""A cluster falls into the parts that were found in it."""

import numpy as np
import pytest

from verbatlas.analysis import Description
from verbatlas.errors import Problem, UserError
from verbatlas.study import NOISE, Cluster, FoundInNoise, Labelling, Move, Part, Rename, Split

PARTS = (Part("Late", ("late",), (0,)), Part("Wet", ("wet",), (3,)))


def split_of(parts: list[int], descriptions: tuple[Part, ...] = PARTS) -> Split:
    return Split(0, np.arange(5), np.array(parts, np.int32), descriptions)


def test_the_first_part_goes_on_and_the_others_are_new(labelling: Labelling) -> None:
    split = split_of([0, 0, -1, 1, 1]).apply(labelling)

    assert split.members[:5].tolist() == [0, 0, NOISE, 3, 3]
    assert split.strengths[2] == 0
    assert [(cluster.id, cluster.name) for cluster in split.clusters.values()] == [
        (0, "Late"),
        (1, "Name 1"),
        (2, "Name 2"),
        (3, "Wet"),
    ]
    assert len({cluster.colour for cluster in split.clusters.values()}) == 4
    np.testing.assert_array_equal(split.members[5:], labelling.members[5:])


def test_a_name_typed_by_hand_stays(labelling: Labelling) -> None:
    split = split_of([0, 0, 0, 1, 1]).apply(Rename(0, "Mine").apply(labelling))

    assert split.clusters[0].name == "Mine"


def test_parts_of_other_documents_are_refused(labelling: Labelling) -> None:
    with pytest.raises(UserError) as caught:
        split_of([0, 0, 0, 1, 1]).apply(Move(np.array([11]), 0).apply(labelling))

    assert caught.value.problem is Problem.EDIT_STALE


def test_one_part_is_no_split(labelling: Labelling) -> None:
    with pytest.raises(UserError) as caught:
        split_of([0] * 5, PARTS[:1]).apply(labelling)

    assert caught.value.problem is Problem.NOTHING_SELECTED


def test_parts_as_they_were_found_make_the_edit(labelling: Labelling) -> None:
    found = [Description(("late",), "Late", (0,)), Description(("wet",), "Wet", (3,))]
    parts = np.array([0, 0, 0, 1, 1], np.int32)

    split = Split.of(0, np.arange(5), parts, found).apply(labelling)

    wet = split.clusters[3]
    assert (wet.name, wet.keywords, wet.typical) == ("Wet", ("wet",), (3,))


def test_clusters_found_among_the_left_over_are_new_and_the_rest_stays_left_over() -> None:
    members = np.array([0, -1, -1, -1, -1], np.int32)
    before = Labelling(members, np.ones(5, np.float32), {0: Cluster(0, "a")}, 3)
    rows, parts = np.arange(1, 5), np.array([0, 1, -1, 0], np.int32)
    strengths = np.array([0.6, 0.7, 0.1, 0.8], np.float32)

    after = FoundInNoise(rows, parts, strengths, [Part("x", ("w",), (1,)), Part("y")]).apply(before)

    assert after.members.tolist() == [0, 3, 4, -1, 3]
    assert [after.clusters[id_].name for id_ in (3, 4)] == ["x", "y"]
    assert after.strengths[1:].tolist() == pytest.approx([0.6, 0.7, 0, 0.8])
    assert (after.next_id, after.by_hand.any()) == (5, False)
    with pytest.raises(UserError) as caught:
        FoundInNoise(np.array([0]), np.array([0], np.int32), strengths[:1], [Part("x")]).apply(before)
    assert caught.value.problem is Problem.EDIT_STALE
