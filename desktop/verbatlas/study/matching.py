"""Which clusters of a new clustering are clusters that the analyst knows already."""

import numpy as np
from numpy.typing import NDArray

from verbatlas.study.labelling import Labelling


def match_clusters(old: Labelling, new_ids: NDArray[np.int32]) -> dict[int, int]:
    """Return per new cluster id the old one it goes on as.

    Two match when more than half of each one's documents are in the other, so that no cluster has two matches.

    Args:
        old: The labelling before.
        new_ids: int32, shape (n_documents,): the clusters from 0, -1 for noise; documents that repeat others with
            theirs.
    """
    old_ids = old.shown_members
    both = (old_ids >= 0) & (new_ids >= 0)
    if not both.any():
        return {}
    pairs, shared = np.unique(np.stack([new_ids[both], old_ids[both]]), axis=1, return_counts=True)
    new_sizes = np.bincount(new_ids[new_ids >= 0])
    old_sizes = np.bincount(old_ids[old_ids >= 0])
    matched = (2 * shared > new_sizes[pairs[0]]) & (2 * shared > old_sizes[pairs[1]])
    return {int(new): int(known) for new, known in pairs[:, matched].T}
