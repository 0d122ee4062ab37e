"""In which order a person best reads the parts of something, and which earlier part each is most like."""

import numpy as np
from numpy.typing import NDArray


def reading_order(
    ties: NDArray[np.float32], likeness: NDArray[np.float32], sizes: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the largest spanning tree of the parts in the order in which Prim's method meets them (Prim 1957).

    Like parts follow each other, so that what was said of one is the best guess for the next.

    Args:
        ties: float32, shape (n, n), symmetric: how strongly parts are joined.
        likeness: float32, shape (n, n), symmetric: decides where parts are joined equally, or not at all.
        sizes: int64, shape (n,): the largest part comes first.

    Returns:
        The parts in order, and for each of them in that order the earlier part that it is most strongly joined to, -1
        for the first; int64, shape (n,) both.
    """
    n = len(sizes)
    order, follows = np.empty(n, np.int64), np.full(n, -1, np.int64)
    if not n:
        return order, follows
    nearest = np.full(n, int(sizes.argmax()))
    order[0] = nearest[0]
    is_left = np.ones(n, bool)
    is_left[order[0]] = False
    tie, like = ties[order[0]].copy(), likeness[order[0]].copy()
    for place in range(1, n):
        left = np.flatnonzero(is_left)
        one = left[np.lexsort((left, -like[left], -tie[left]))[0]]
        order[place], follows[place] = one, nearest[one]
        is_left[one] = False
        closer = (ties[one] > tie) | ((ties[one] == tie) & (likeness[one] > like))
        tie[closer], like[closer], nearest[closer] = ties[one][closer], likeness[one][closer], one
    return order, follows
