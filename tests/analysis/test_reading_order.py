"""Like parts are read one after the other, the largest first."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from verbatlas.analysis.reading_order import reading_order


def test_each_part_comes_after_the_one_it_is_most_strongly_joined_to() -> None:
    ties = np.array([[0, 1, 0, 5], [1, 0, 4, 0], [0, 4, 0, 2], [5, 0, 2, 0]], np.float32)
    order, follows = reading_order(ties, np.zeros((4, 4), np.float32), np.array([3, 9, 5, 1]))

    assert order.tolist() == [1, 2, 3, 0]
    assert follows.tolist() == [-1, 1, 2, 3]


def test_likeness_decides_where_nothing_joins_them() -> None:
    likeness = np.array([[1, 0.2, 0.6], [0.2, 1, 0.9], [0.6, 0.9, 1]], np.float32)
    order, follows = reading_order(np.zeros((3, 3), np.float32), likeness, np.array([9, 1, 1]))

    assert order.tolist() == [0, 2, 1]
    assert follows.tolist() == [-1, 0, 2]


@given(st.integers(0, 12), st.integers(0, 2**32 - 1))
def test_every_part_comes_once_and_follows_the_best_before_it(n: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    ties = random.integers(0, 4, (n, n)).astype(np.float32)
    ties += ties.T
    order, follows = reading_order(ties, np.eye(n, dtype=np.float32), random.integers(1, 9, n))

    assert sorted(order.tolist()) == list(range(n))
    for place in range(1, n):
        before, left = order[:place], order[place:]
        assert follows[place] in before
        assert ties[order[place], follows[place]] == ties[np.ix_(left, before)].max()


def test_no_part_has_no_order() -> None:
    order, follows = reading_order(np.zeros((0, 0), np.float32), np.zeros((0, 0), np.float32), np.zeros(0, np.int64))
    assert order.tolist() == follows.tolist() == []
