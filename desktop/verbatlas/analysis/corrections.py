"""What an analyst's corrections say of other documents: more for the same move."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verbatlas.analysis.assignment import Centres, centres
from verbatlas.analysis.blocks import blocks
from verbatlas.progress import Report, no_report

_COMPARED_AT_ONCE = 1_024


@dataclass(frozen=True, slots=True, eq=False)
class Proposal:
    """Documents that may belong elsewhere, the surest first.

    Attributes:
        rows: int64, shape (n_rows,).
        sources: int32, the same shape: where they were when this was computed, -1 for noise.
        clusters: int32, the same shape: where they may belong.
        scores: float32, the same shape, 0..1: how much surer that is than where they are.
    """

    rows: NDArray[np.int64]
    sources: NDArray[np.int32]
    clusters: NDArray[np.int32]
    scores: NDArray[np.float32]

    def to(self, cluster_id: int) -> "Proposal":
        """Return the part of it that concerns one target."""
        return self.take(self.clusters == cluster_id)

    def leaving_out(self, cluster_ids: Collection[int]) -> "Proposal":
        """Return the part of it that neither takes from nor gives to some clusters, such as locked ones."""
        ids = list(cluster_ids)
        return self.take(~np.isin(self.sources, ids) & ~np.isin(self.clusters, ids))

    def take(self, chosen: NDArray[np.bool_]) -> "Proposal":
        """Return a part of it: bool, shape (n_rows,)."""
        return Proposal(self.rows[chosen], self.sources[chosen], self.clusters[chosen], self.scores[chosen])


def propose_moves(
    vectors: NDArray[np.float32],
    members: NDArray[np.int32],
    by_hand: NDArray[np.bool_],
    *,
    target: int,
    limit: int,
    report: Report = no_report,
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return further documents for a cluster into which some were moved by hand.

    A document is proposed when it is more like the moved ones and their new cluster than like its own cluster: its
    cosine to the middle of the moved ones and to that of the target, averaged, is above that to the middle of its own,
    for noise to the nearest of the others; and of all documents that a person placed one in the target must be the
    most like it.

    Args:
        vectors: float32, shape (n_documents, n_dimensions), rows of unit length, zero for blank documents.
        members: int32, shape (n_documents,): the clusters after the move, -1 for noise.
        by_hand: bool, shape (n_documents,): which documents a person placed; these are never proposed.
        target: The cluster.
        limit: How many at most.
        report: Told how many documents of all are read.

    Returns:
        int64, shape (at most limit,), the surest first, and float32, the same shape, 0..1: the difference of the
        cosines. Empty when nothing was moved there by hand.

    Raises:
        Cancelled: The reporter no longer wants the result.
    """
    moved, placed = np.flatnonzero(by_hand & (members == target)), np.flatnonzero(by_hand & (members != target))
    middles = centres(vectors, members, report=report)
    wanted = vectors[moved].sum(axis=0, dtype=np.float64)
    if not wanted.any():
        return np.zeros(0, np.int64), np.zeros(0, np.float32)
    aim = (wanted / np.linalg.norm(wanted) + middles.vectors[np.searchsorted(middles.ids, target)]) / 2
    asked = np.flatnonzero((members != target) & ~by_hand)
    gains = np.zeros(len(asked), np.float32)
    for part in blocks(len(asked)):
        report(part.start, len(asked))
        rows = asked[part]
        block = vectors[rows]
        own = _own(block, members[rows], middles, target=target)
        gains[part] = block @ aim.astype(np.float32) - own
    order = np.argsort(-gains, kind="stable")
    best = _nearest_to(moved, placed, vectors, asked, order[gains[order] > 0], limit=limit, report=report)
    report(len(asked), len(asked))
    return asked[best], np.minimum(gains[best], 1)


def _nearest_to(
    moved: NDArray[np.int64],
    placed: NDArray[np.int64],
    vectors: NDArray[np.float32],
    asked: NDArray[np.int64],
    order: NDArray[np.int64],
    *,
    limit: int,
    report: Report,
) -> NDArray[np.int64]:
    """Return the first of ``order``, positions in ``asked``, that are more like one of ``moved`` than of ``placed``.

    Thousands of documents may be placed by hand, so only as many are compared with them as are needed.
    """
    best = np.zeros(0, np.int64)
    for start in range(0, len(order), _COMPARED_AT_ONCE):
        if len(best) >= limit:
            break
        report(start, len(order))
        some = order[start : start + _COMPARED_AT_ONCE]
        block = vectors[asked[some]]
        is_nearer = (block @ vectors[moved].T).max(axis=1) > (block @ vectors[placed].T).max(axis=1, initial=-1)
        best = np.append(best, some[is_nearer])
    return best[:limit]


def _own(
    block: NDArray[np.float32], members: NDArray[np.int32], middles: Centres, *, target: int
) -> NDArray[np.float32]:
    """Return the cosine of each document to the middle of its cluster; noise takes the nearest but the target."""
    cosines = block @ middles.vectors.T
    positions = np.minimum(np.searchsorted(middles.ids, members), len(middles.ids) - 1)
    own = np.take_along_axis(cosines, positions[:, None], axis=1)[:, 0]
    cosines[:, middles.ids == target] = 0
    return np.where(members < 0, cosines.max(axis=1), own)
