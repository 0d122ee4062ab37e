"""Small groups of several clusters get their right names by one edit."""

import numpy as np
import pytest

from verbatlas.errors import Problem, UserError
from verbatlas.study import NOISE, CorrectNames, Group, Labelling, Move, Rename, named_by_hand

ROWS, GROUPS = np.array([3, 4, 6, 9, 10]), np.array([0, 0, 1, 2, 2], np.int32)
SOURCES = np.array([0, 0, 1, 2, 2], np.int32)


def corrected(*names: str) -> CorrectNames:
    return CorrectNames(ROWS, GROUPS, SOURCES, names, ((3,), (6,), (9, 10)))


def test_a_name_that_a_person_gave_joins_and_a_new_one_becomes_a_cluster(labelling: Labelling) -> None:
    assert labelling.members[ROWS].tolist() == SOURCES.tolist()
    after = corrected(" wet", "Dry", "dry").apply(Rename(1, "Wet").apply(labelling))

    assert after.members[ROWS].tolist() == [1, 1, 3, 3, 3]
    assert np.delete(after.members, ROWS).tolist() == np.delete(labelling.members, ROWS).tolist()
    assert after.clusters[3].typical == (6,)
    assert after.clusters[3].colour not in {labelling.clusters[id_].colour for id_ in (0, 1)}
    assert named_by_hand(after) == {"wet": 1, "dry": 3}
    assert not after.by_hand.any()
    assert corrected(" wet", "Dry", "dry").facts(labelling) == {"count": 3, "name": "wet"}


def test_a_cluster_that_nothing_is_left_in_goes(labelling: Labelling) -> None:
    after = corrected("Wet", "Wet", "Wet").apply(labelling)

    assert 2 not in after.clusters
    assert after.members[ROWS].tolist() == [3] * 5


def test_a_program_s_name_joins_nothing_and_the_present_name_changes_nothing(labelling: Labelling) -> None:
    own = Rename(0, "Late").apply(labelling)
    after = corrected("late", "Name 0", "Late").apply(own)

    assert after.members[ROWS].tolist() == [0, 0, 3, 0, 0]


def test_a_new_cluster_stands_where_all_that_it_is_made_of_stood(labelling: Labelling) -> None:
    grouped = Group([0, 1], "Both").apply(labelling)
    parent = grouped.clusters[0].parent
    after = corrected("Wet", "Wet", "Dry").apply(grouped)
    mixed = corrected("Wet", "Dry", "Wet").apply(grouped)

    assert parent is not None
    assert after.clusters[named_by_hand(after)["wet"]].parent == parent
    assert mixed.clusters[named_by_hand(mixed)["wet"]].parent is None


def test_it_is_refused_when_a_comment_is_elsewhere_now_a_name_is_blank_or_nothing_is_wrong(
    labelling: Labelling,
) -> None:
    with pytest.raises(UserError) as stale:
        corrected("Wet", "Wet", "Wet").apply(Move(ROWS[:1], NOISE).apply(labelling))
    with pytest.raises(UserError) as blank:
        corrected("Wet", " ", "Wet").apply(labelling)
    nothing = np.zeros(0, np.int32)
    with pytest.raises(UserError) as empty:
        CorrectNames(nothing.astype(np.int64), nothing, nothing, [], []).apply(labelling)

    assert stale.value.problem is Problem.EDIT_STALE
    assert blank.value.problem is Problem.NAME_BLANK
    assert empty.value.problem is Problem.NOTHING_SELECTED
