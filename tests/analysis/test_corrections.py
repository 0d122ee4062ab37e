"""A move by hand finds the comments that should go the same way."""

from typing import Any

import numpy as np
import pytest

from verbatlas.analysis.corrections import Proposal, propose_moves
from verbatlas.progress import Cancelled


@pytest.fixture
def mixed(blobs: Any) -> tuple[np.ndarray, np.ndarray]:
    """Half of the second kind lies in the first cluster; three of them were moved to the second by hand."""
    members = np.array([int(label) for label in blobs.truth], np.int32)
    members[40:60] = 0
    by_hand = np.zeros(240, np.bool_)
    members[40:43], by_hand[40:43] = 1, True
    return members, by_hand


def test_the_others_of_their_kind_are_proposed_the_surest_first(blobs: Any, mixed: tuple) -> None:
    rows, scores = propose_moves(blobs.vectors, *mixed, target=1, limit=100)

    assert sorted(rows.tolist()) == list(range(43, 60))
    assert scores.tolist() == sorted(scores.tolist(), reverse=True)
    assert (scores.dtype, (scores > 0).all()) == (np.float32, True)


def test_a_limit_keeps_the_surest(blobs: Any, mixed: tuple) -> None:
    everything, _ = propose_moves(blobs.vectors, *mixed, target=1, limit=100)
    some, _ = propose_moves(blobs.vectors, *mixed, target=1, limit=5)

    assert some.tolist() == everything[:5].tolist()


def test_comments_placed_by_hand_are_never_proposed(blobs: Any, mixed: tuple) -> None:
    members, by_hand = mixed
    by_hand[50] = True

    rows, _ = propose_moves(blobs.vectors, members, by_hand, target=1, limit=100)

    assert 50 not in rows.tolist()


def test_noise_of_the_same_kind_is_proposed_too(blobs: Any, mixed: tuple) -> None:
    members, by_hand = mixed
    members[[45, 100]] = -1

    rows, _ = propose_moves(blobs.vectors, members, by_hand, target=1, limit=100)

    assert 45 in rows.tolist()
    assert 100 not in rows.tolist()


def test_without_a_move_nothing_is_proposed(blobs: Any, mixed: tuple) -> None:
    members, _ = mixed

    rows, scores = propose_moves(blobs.vectors, members, np.zeros(240, np.bool_), target=1, limit=9)

    assert (len(rows), len(scores)) == (0, 0)


def test_proposing_can_be_cancelled(blobs: Any, mixed: tuple) -> None:
    def report(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        propose_moves(blobs.vectors, *mixed, target=1, limit=9, report=report)


def test_a_proposal_can_be_taken_in_parts() -> None:
    where = (np.array([0, 0, 2], np.int32), np.array([1, 3, 1], np.int32))
    whole = Proposal(np.array([7, 8, 9]), *where, np.array([0.9, 0.5, 0.2], np.float32))

    assert whole.to(1).rows.tolist() == [7, 9]
    assert whole.leaving_out([2, 3]).rows.tolist() == [7]
    assert whole.leaving_out([]).rows.tolist() == [7, 8, 9]
