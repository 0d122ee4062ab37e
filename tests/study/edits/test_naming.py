"""One answer names a cluster and those of its parts that are something else."""

import numpy as np
import pytest

from verbatlas.errors import Problem, UserError
from verbatlas.study import Labelling, Move, NameParts, Rename, named_by_hand

TYPICAL = ((0,), (2,), (3,))


def answer(name: str, *names: str) -> NameParts:
    return NameParts(0, name, np.arange(5), np.array([0, 0, 1, 2, 2], np.int32), names, TYPICAL)


def test_parts_of_another_name_become_a_cluster_and_the_rest_keeps_its_id(labelling: Labelling) -> None:
    after = answer("Late", "", "Wet", "wet ").apply(labelling)

    assert after.members.tolist() == [0, 0, 3, 3, 3, *labelling.members[5:].tolist()]
    assert {id_: after.clusters[id_].name for id_ in (0, 3)} == {0: "Late", 3: "Wet"}
    assert after.clusters[0].typical == (0,)
    assert after.clusters[3].typical == (2,)
    assert named_by_hand(after) == {"late": 0, "wet": 3}
    assert not after.by_hand.any()
    assert answer("Late", "", "Wet", "wet ").facts(labelling) == {"names": ["Name 0"], "name": "Late", "count": 2}


def test_a_name_that_a_person_gave_before_joins(labelling: Labelling) -> None:
    named = Rename(1, "Wet").apply(Rename(2, "Late").apply(labelling))
    after = answer("late", "", "", "WET").apply(named)

    assert after.members.tolist() == [2, 2, 2, 1, 1, 1, 1, 1, 1, 2, 2, -1]
    assert set(after.clusters) == {1, 2}
    assert after.clusters[2].name == "Late"


def test_a_name_that_a_program_gave_joins_nothing(labelling: Labelling) -> None:
    after = answer("Late", "", "Name 1", "").apply(labelling)

    assert after.members[2] == 3
    assert (after.members[5:9] == 1).all()


def test_a_cluster_all_of_whose_parts_are_something_else_is_gone(labelling: Labelling) -> None:
    after = answer("Late", "Wet", "Dry", "Wet").apply(labelling)

    assert 0 not in after.clusters
    assert after.members[:5].tolist() == [3, 3, 4, 3, 3]


def test_it_is_refused_when_other_comments_are_in_the_cluster_now_or_a_name_is_blank(labelling: Labelling) -> None:
    with pytest.raises(UserError) as stale:
        answer("Late", "", "", "").apply(Move(np.array([11]), 0).apply(labelling))
    with pytest.raises(UserError) as blank:
        answer(" ", "", "", "").apply(labelling)

    assert stale.value.problem is Problem.EDIT_STALE
    assert blank.value.problem is Problem.NAME_BLANK
