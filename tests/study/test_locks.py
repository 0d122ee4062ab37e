"""Locked clusters refuse everything but being unlocked."""

from collections.abc import Sequence

import numpy as np
import pytest

from verbatlas.errors import Problem, UserError
from verbatlas.study import (
    NOISE,
    AssignNoise,
    CorrectNames,
    Delete,
    Edit,
    Group,
    Merge,
    Move,
    MoveProposed,
    MoveToNew,
    NameParts,
    Recolour,
    Rename,
    SetLocked,
    SetNote,
    Study,
)

ONE = np.array([0])


@pytest.mark.parametrize(
    "edit",
    [
        Rename(0, "x"),
        SetNote(0, "x"),
        Recolour(0, 9),
        Merge([1, 0]),
        Merge([0, 1]),
        Delete([0]),
        Group([0], "x"),
        Move(ONE, 1),
        Move(np.array([6]), 0),
        Move(ONE, NOISE),
        MoveToNew(ONE, "x"),
        AssignNoise(np.array([11]), np.array([0], np.int32), np.ones(1, np.float32)),
        NameParts(0, "x", np.flatnonzero(np.arange(12) < 5), np.zeros(5, np.int32), [""], [(0,)]),
        CorrectNames(ONE, np.zeros(1, np.int32), np.zeros(1, np.int32), ["x"], [(0,)]),
        MoveProposed(ONE, np.zeros(1, np.int32), np.ones(1, np.int32), np.ones(1, np.float32)),
    ],
    ids=lambda edit: edit.kind,
)
def test_a_locked_cluster_refuses_with_its_name(edit: Edit, study: Study) -> None:
    study.do(SetLocked([0], locked=True))
    before = study.labelling

    with pytest.raises(UserError) as caught:
        study.do(edit)

    assert caught.value.problem is Problem.CLUSTER_LOCKED
    assert caught.value.values == {"name": "Name 0"}
    assert study.labelling is before
    study.do(SetLocked([0], locked=False))
    study.do(edit)


@pytest.mark.parametrize("ids", [[1], [0, 1]])
def test_others_can_be_edited_and_locks_set(ids: Sequence[int], study: Study) -> None:
    study.do(SetLocked([0], locked=True))
    study.do(Rename(2, "x"))
    study.do(SetLocked(ids, locked=True))

    assert study.labelling is not None
    assert study.labelling.clusters[1].locked
