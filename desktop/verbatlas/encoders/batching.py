"""Batches of documents of like length, so that little work goes into padding."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

TOKENS_PER_BATCH = 1024


def batches_by_length(lengths: Sequence[int], *, tokens: int = TOKENS_PER_BATCH) -> Iterator[NDArray[np.int64]]:
    """Yield positions in batches of at most ``tokens`` tokens, padding included; at least one document each.

    The order depends on nothing but the lengths, so that the same documents always meet in the same batches.

    Args:
        lengths: Tokens per document.
        tokens: The largest batch; about 1,000 keeps two cores busy and a batch below 100 ms.
    """
    order = np.argsort(np.asarray(lengths, dtype=np.int64), kind="stable")
    start = 0
    for stop in range(1, len(order) + 1):
        # Lengths rise, so the next document sets the padded width of the batch that would take it in.
        if stop == len(order) or lengths[order[stop]] * (stop + 1 - start) > tokens:
            yield order[start:stop]
            start = stop
