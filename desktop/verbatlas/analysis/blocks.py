"""Walking through the rows of a large array a block at a time."""

from collections.abc import Iterator

_ROWS = 16_384


def blocks(n: int) -> Iterator[slice]:
    """Yield slices that together cover ``n`` rows, each small enough for the processor's memory."""
    for start in range(0, n, _ROWS):
        yield slice(start, min(start + _ROWS, n))
