"""The point under the pointer."""

import numpy as np
from numpy.typing import NDArray


def nearest_point(points: NDArray[np.float32], x: float, y: float, *, within: float) -> int | None:
    """Return the position of the nearest point, or None when there is none ``within`` reach.

    Args:
        points: float32, shape (n, 2), without NaN.
        x: Where the pointer is, in the same units.
        y: Likewise.
        within: The farthest that counts.
    """
    if not len(points):
        return None
    # Squares of a narrow band only: most points are farther away in x alone.
    near = np.flatnonzero(np.abs(points[:, 0] - x) <= within)
    if not len(near):
        return None
    squared = (points[near, 0] - x) ** 2 + (points[near, 1] - y) ** 2
    best = int(squared.argmin())
    return int(near[best]) if squared[best] <= within**2 else None
