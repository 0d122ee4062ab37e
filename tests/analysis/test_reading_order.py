"""Like parts are read one after the other, the largest first."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from verbatlas.analysis.reading_order import N_BEFORE, reading_order


def test_each_part_comes_after_the_one_it_is_most_strongly_joined_to() -> None:
    ties = np.array([[0, 1, 0, 5], [1, 0, 4, 0], [0, 4, 0, 2], [5, 0, 2, 0]], np.float32)
    order, before, votes = reading_order(ties, np.zeros((4, 4), np.float32), np.array([3, 9, 4, 1]))

    assert order.tolist() == [1, 2, 3, 0]
    assert before[:, :3].tolist() == [[-1, -1, -1], [1, -1, -1], [2, -1, -1], [3, 1, -1]]
    np.testing.assert_allclose(votes[:, :2], [[0, 0], [4 / 3, 0], [1, 0], [5, 1 / 3]])


def test_likeness_decides_where_nothing_joins_them() -> None:
    likeness = np.array([[1, 0.2, 0.6], [0.2, 1, 0.9], [0.6, 0.9, 1]], np.float32)
    order, before, votes = reading_order(np.zeros((3, 3), np.float32), likeness, np.array([9, 1, 1]))

    assert order.tolist() == [0, 2, 1]
    assert before[:, 0].tolist() == [-1, 0, 2]
    assert votes[:, 0].tolist() == [0, 1, 1]
    assert (before[:, 1:] == -1).all()


def test_a_large_part_has_less_of_a_vote_than_its_many_ties_say() -> None:
    ties = np.array([[0, 6, 6], [6, 0, 5], [6, 5, 0]], np.float32)
    _order, before, votes = reading_order(ties, np.zeros((3, 3), np.float32), np.array([100, 4, 4]))
    assert before[2, :2].tolist() == [1, 0]
    np.testing.assert_allclose(votes[2, :2], [2.5, 0.6])


@given(st.integers(0, 12), st.integers(0, 2**32 - 1))
def test_every_part_comes_once_and_only_earlier_ones_have_a_vote(n: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    ties = random.integers(0, 4, (n, n)).astype(np.float32)
    ties += ties.T
    order, before, votes = reading_order(ties, np.eye(n, dtype=np.float32), random.integers(1, 9, n))

    assert sorted(order.tolist()) == list(range(n))
    assert before.shape == votes.shape == (n, N_BEFORE)
    np.testing.assert_array_equal(before >= 0, votes > 0)
    assert (np.diff(votes, axis=1) <= 0).all()
    for place in range(1, n):
        earlier, left = order[:place], order[place:]
        assert before[place, 0] >= 0
        assert set(before[place][before[place] >= 0].tolist()) <= set(earlier.tolist())
        assert ties[np.ix_(left, earlier)].max() == ties[order[place], earlier].max()


def test_no_part_has_no_order() -> None:
    order, before, votes = reading_order(
        np.zeros((0, 0), np.float32), np.zeros((0, 0), np.float32), np.zeros(0, np.int64)
    )
    assert len(order) == len(before) == len(votes) == 0
