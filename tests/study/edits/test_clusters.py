"""Edits of names, notes, colours and locks change what they say and nothing else."""

import pytest

from verbatlas.errors import Problem, UserError
from verbatlas.study import Edit, Labelling, Recolour, Rename, SetLocked, SetNote


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


@pytest.mark.parametrize(
    ("edit", "field", "value"),
    [
        (SetNote(1, " ask the shop \n"), "note", "ask the shop"),
        (Recolour(1, 7), "colour", 7),
        (SetLocked([1, 1], locked=True), "locked", True),
    ],
)
def test_each_changes_its_own_field_of_its_own_cluster(
    edit: Edit, field: str, value: object, labelling: Labelling
) -> None:
    after = edit.apply(labelling)

    assert getattr(after.clusters[1], field) == value
    assert after.members is labelling.members
    assert {id_: cluster for id_, cluster in after.clusters.items() if id_ != 1} == {
        id_: cluster for id_, cluster in labelling.clusters.items() if id_ != 1
    }


def test_a_lock_can_be_opened_again(labelling: Labelling) -> None:
    locked = SetLocked([0, 2], locked=True).apply(labelling)

    assert SetLocked([0, 2], locked=False).apply(locked).clusters == labelling.clusters


def test_a_colour_that_the_palette_lacks_is_a_mistake(labelling: Labelling) -> None:
    with pytest.raises(ValueError, match="palette"):
        Recolour(0, 99).apply(labelling)


def test_a_name_that_nobody_can_see_is_blank(labelling: Labelling) -> None:
    with pytest.raises(UserError) as caught:
        Rename(0, "\u200b\u200d").apply(labelling)

    assert caught.value.problem is Problem.NAME_BLANK
