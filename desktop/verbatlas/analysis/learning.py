"""What all that the analyst showed teaches about the documents that nobody has read."""

from collections.abc import Collection
from typing import Any

import numpy as np
from numpy.typing import NDArray

from verbatlas.analysis.blocks import even_rows
from verbatlas.analysis.corrections import Proposal
from verbatlas.analysis.graph_weights import symmetric_weights
from verbatlas.analysis.logistic import fitted, totals
from verbatlas.analysis.neighbours import NeighbourGraph
from verbatlas.progress import Report, no_report

LEAST_GAIN = 0.1
_PENALTY, _FITTING_STEPS, _TOLERANCE = 20.0, 60, 1e-3
# A row of a named cluster that nobody has read is worth a tenth of a read one, and such a cluster at most thirteen.
_UNREAD_WORTH, _CLUSTER_WORTH, _MOST_UNREAD = 0.1, 13.0, 200
_CLASSES_AT_ONCE = 16
# The more comments are in clusters that nobody has named, the likelier one of them belongs to no name at all: with half
# of the comments unread one in five or nine that are moved by a likelihood of 0.1 is right, by 0.85 nearly all.
_DOUBT_PER_UNREAD_SHARE, _MOST_DOUBT = 2.0, 0.85
# On banking77 with eight examples of each of 168 clusters 88.2 % of the rows are right without neighbours, 89.1 % with.
_NEIGHBOURS_SHARE, _NEIGHBOURS_STEPS = 0.5, 5


def learn_moves(
    vectors: NDArray[np.float32],
    graph: NeighbourGraph,
    members: NDArray[np.int32],
    examples: NDArray[np.int64],
    *,
    named: Collection[int] = (),
    unread: bool = False,
    least: float = LEAST_GAIN,
    report: Report = no_report,
) -> Proposal:
    """Return the documents for which the examples speak for another cluster than the present one.

    A multinomial logistic regression on the vectors learns from the examples alone how likely each cluster is for a
    document, and neighbours then share what they think (Huang et al. 2021, "Correct and Smooth"). Proposed is what is
    clearly likelier elsewhere. Clusters that a person named teach too, with a small weight: their documents are what
    the name was given for, but nobody has read each of them.

    Args:
        vectors: float32, shape (n_documents, n_dimensions), rows of unit length.
        graph: Their neighbours.
        members: int32, shape (n_documents,): the clusters now, -1 for noise.
        examples: int64, shape (n_examples,): documents that are where they belong, because a person placed or
            confirmed them there. They are never proposed.
        named: Clusters that a person named.
        unread: Whether documents of clusters without an example may be moved too, which empties clusters that nobody
            has looked at; noise always may.
        least: By how much the new cluster must be likelier, 0..1; more for documents of clusters without an example,
            the more of those there are.
        report: Told how many steps of all are done.

    Returns:
        The surest first; nothing when examples and names are of fewer than two clusters.

    Raises:
        Cancelled: The reporter no longer wants the result.
    """
    taught = np.unique(examples[members[examples] >= 0])
    rows, worth = _lessons(members, taught, named)
    clusters = np.unique(members[rows])
    if len(clusters) < 2:
        nothing = np.zeros(0, np.int32)
        return Proposal(np.zeros(0, np.int64), nothing, nothing, np.zeros(0, np.float32))
    report(0, len(clusters) + 1)
    best, likeliest, own = _likelihoods(vectors, graph, members, taught, (rows, worth), report=report)
    gains = best - own
    is_unread = (members >= 0) & ~np.isin(members, clusters)
    doubt = min(_MOST_DOUBT, _DOUBT_PER_UNREAD_SHARE * float(is_unread.mean()))
    needed = np.where(is_unread, max(least, doubt) if unread else np.inf, least)
    is_open = (clusters[likeliest] != members) & (gains >= needed)
    is_open[examples] = False
    rows = np.flatnonzero(is_open)
    rows = rows[np.argsort(-gains[rows], kind="stable")]
    return Proposal(rows, members[rows], clusters[likeliest[rows]], gains[rows])


def _likelihoods(
    vectors: NDArray[np.float32],
    graph: NeighbourGraph,
    members: NDArray[np.int32],
    taught: NDArray[np.int64],
    lessons: tuple[NDArray[np.int64], NDArray[np.float64]],
    *,
    report: Report,
) -> tuple[NDArray[np.float32], NDArray[np.int64], NDArray[np.float32]]:
    """Return the greatest likelihood of each document, whose it is, and that of its present cluster.

    Some clusters at a time: all of them for a million documents would not fit into the memory of a small computer.
    """
    rows, worth = lessons
    clusters, learnt = np.unique(members[rows], return_inverse=True)
    codes = np.searchsorted(clusters, members[taught])
    weights, offsets = fitted(
        vectors[rows], learnt, penalty=_PENALTY, steps=_FITTING_STEPS, tolerance=_TOLERANCE, worth=worth
    )
    sums = totals(vectors, weights, offsets)
    shares = _shares(graph)
    best = np.full(len(members), -1, np.float32)
    likeliest, own = np.zeros(len(members), np.int64), np.zeros(len(members), np.float32)
    for start in range(0, len(clusters), _CLASSES_AT_ONCE):
        report(start + 1, len(clusters) + 1)
        some = slice(start, min(start + _CLASSES_AT_ONCE, len(clusters)))
        known = (codes[:, None] == np.arange(some.start, some.stop)).astype(np.float32)
        alone = np.exp(vectors @ weights[some].T + offsets[some] - sums[:, None])
        alone[taught] = known
        shared = alone
        for _ in range(_NEIGHBOURS_STEPS):
            shared = (1 - _NEIGHBOURS_SHARE) * alone + _NEIGHBOURS_SHARE * (shares @ shared)
            shared[taught] = known
        highest = shared.max(axis=1)
        is_better = highest > best
        best[is_better] = highest[is_better]
        likeliest[is_better] = start + shared[is_better].argmax(axis=1)
        for code in range(some.start, some.stop):
            inside = members == clusters[code]
            own[inside] = shared[inside, code - start]
    report(len(clusters) + 1, len(clusters) + 1)
    return best, likeliest, own


def _lessons(
    members: NDArray[np.int32], taught: NDArray[np.int64], named: Collection[int]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the documents to learn from, rising, and how much each of them is worth, 0..1.

    Of a named cluster at most ``_MOST_UNREAD`` at even distances in the table: fitting takes seconds for any table.
    """
    worth = np.zeros(len(members))
    order = np.argsort(members, kind="stable")
    for cluster in named:
        first, last = np.searchsorted(members[order], [cluster, cluster + 1])
        inside = order[first:last]
        some = inside[even_rows(len(inside), most=_MOST_UNREAD)]
        worth[some] = min(_UNREAD_WORTH, _CLUSTER_WORTH / max(1, len(some)))
    worth[taught] = 1
    rows = np.flatnonzero(worth)
    return rows, worth[rows]


def _shares(graph: NeighbourGraph) -> Any:
    """Return how much each neighbour's opinion weighs: a scipy CSR matrix whose rows add up to 1, or are empty."""
    import scipy.sparse  # noqa: PLC0415 - heavy

    weights = symmetric_weights(graph)
    sums = np.asarray(weights.sum(axis=1)).ravel()
    return (scipy.sparse.diags((1 / np.maximum(sums, 1e-12)).astype(np.float32)) @ weights).tocsr()
