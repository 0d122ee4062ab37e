"""Rows of a large array: all of them a block at a time, or some at even distances."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

_ROWS = 16_384


def blocks(n: int) -> Iterator[slice]:
    """Yield slices that together cover ``n`` rows, each small enough for the processor's memory."""
    for start in range(0, n, _ROWS):
        yield slice(start, min(start + _ROWS, n))


def even_rows(n: int, *, most: int) -> NDArray[np.int64]:
    """Return at most ``most`` of ``n`` rows at even distances, rising, among them the first and the last."""
    return np.unique(np.linspace(0, n - 1, min(n, most)).astype(np.int64))
