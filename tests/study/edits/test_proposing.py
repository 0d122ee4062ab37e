"""Accepted proposals move documents, and nobody is said to have placed them by hand."""

import numpy as np
import pytest

from verbatlas.errors import Problem, UserError
from verbatlas.study import NOISE, Delete, Labelling, Move, MoveProposed


def proposed(rows: list[int], sources: list[int], clusters: list[int]) -> MoveProposed:
    strengths = np.linspace(0.5, 0.9, len(rows), dtype=np.float32)
    return MoveProposed(np.array(rows, np.int64), np.array(sources, np.int32), np.array(clusters, np.int32), strengths)


def test_documents_go_where_they_were_proposed_to_belong(labelling: Labelling) -> None:
    moved = proposed([5, 0, 11], [1, 0, NOISE], [2, 1, 0]).apply(labelling)

    assert moved.members[[5, 0, 11]].tolist() == [2, 1, 0]
    np.testing.assert_allclose(moved.strengths[[5, 0, 11]], [0.5, 0.7, 0.9])
    assert not moved.by_hand.any()
    assert np.flatnonzero(moved.members != labelling.members).tolist() == [0, 5, 11]


def test_the_history_knows_how_many_and_where_to(labelling: Labelling) -> None:
    assert proposed([5, 0], [1, 0], [2, 2]).facts(labelling) == {"count": 2, "names": ["Name 2"]}


def test_a_proposal_for_documents_that_are_elsewhere_now_is_refused(labelling: Labelling) -> None:
    edit = proposed([5, 0], [1, 0], [2, 2])
    for now in (Move(np.array([5]), 0), Move(np.array([5]), 1), Delete([2])):
        with pytest.raises(UserError) as caught:
            edit.apply(now.apply(labelling))
        assert caught.value.problem is Problem.EDIT_STALE


def test_nothing_proposed_is_nothing_to_accept(labelling: Labelling) -> None:
    with pytest.raises(UserError) as caught:
        proposed([], [], []).apply(labelling)

    assert caught.value.problem is Problem.NOTHING_SELECTED
