"""How doubtful it is that small groups of documents belong in the cluster that they are in."""

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from verbatlas.analysis.blocks import blocks
from verbatlas.analysis.logistic import fitted, likelihoods
from verbatlas.analysis.strands import Strands
from verbatlas.progress import Report, no_report

# A name that is surer than any other by more than this, on the average of its documents, is not asked about. Measured
# after a review with few parts: of ms_chitchat_zh's 1,295 strands 245 are asked about then, 56 of them wrong; of
# banking77's 642 it is 119, 13 of them wrong; of those that are left out one in eighteen and one in fifty.
MOST_LEAD = 0.3
MOST_STRANDS = 250  # five comments each: an hour's reading
_N_FOLDS = 5
_MOST_LESSONS, _LESSONS_PER_CLUSTER = 6_000, 20
# As for learning. With scikit-learn's C at 5 and a tolerance of 1e-2 nearly every cluster is as likely as any, and the
# order is that of the sizes: on ms_chitchat_zh 15 of the first 200 strands have a wrong name then, with these 47.
_PENALTY, _FITTING_STEPS, _TOLERANCE = 20.0, 60, 1e-3


def doubts_of(
    vectors: NDArray[np.float32],
    ids: NDArray[np.int32],
    clusters: NDArray[np.int32],
    *,
    seed: int,
    report: Report = no_report,
) -> NDArray[np.float32]:
    """Return how many documents of each strand another name is expected to be right for, beyond those of its own.

    As in "confident learning" (Northcutt et al. 2021) a multinomial logistic regression on the vectors, fitted to other
    documents, tells how likely each cluster is for a document. A strand has one name as a whole, so its likelihoods are
    added up first. The folds are drawn over strands and not over documents: the name of a strand, which may be wrong
    for all of it, never speaks for itself.

    Args:
        vectors: float32, shape (n_documents, n_dimensions), rows of unit length.
        ids: int32, shape (n_documents,): the strand of every document, -1 for those that are not asked about.
        clusters: int32, shape (n_strands,): the cluster of each.
        seed: Where the random choices begin.
        report: Told how many steps of all are done.

    Returns:
        float32, shape (n_strands,): the likelihoods of the best other cluster less those of the present one, summed
        over the documents. Minus infinity for the only strand of a cluster, about which nothing else can tell, and for
        all while there are fewer than two clusters.

    Raises:
        Cancelled: The reporter no longer wants the doubts.
    """
    doubts = np.full(len(clusters), -np.inf, np.float32)
    known, codes, counts = np.unique(clusters, return_inverse=True, return_counts=True)
    report(0, _N_FOLDS)
    if len(known) < 2:
        return doubts
    random = np.random.default_rng(seed)
    folds = _folds(codes, random)
    inside = np.flatnonzero(ids >= 0)
    for fold in range(_N_FOLDS):
        teaching = inside[folds[ids[inside]] != fold]
        rows = _lessons(teaching, codes[ids[teaching]], random)
        # A cluster whose only strand is held out teaches nothing here: the others are numbered without it.
        taught, lessons = np.unique(codes[ids[rows]], return_inverse=True)
        held_out = np.flatnonzero((folds == fold) & (counts[codes] > 1) & np.isin(codes, taught))
        if len(taught) > 1 and len(held_out):
            model = fitted(vectors[rows], lessons, penalty=_PENALTY, steps=_FITTING_STEPS, tolerance=_TOLERANCE)
            sums = _sums(vectors, ids, held_out, model)
            own = np.searchsorted(taught, codes[held_out])[:, None]
            present = np.take_along_axis(sums, own, axis=1)[:, 0]
            np.put_along_axis(sums, own, 0, axis=1)
            doubts[held_out] = sums.max(axis=1) - present
        report(fold + 1, _N_FOLDS)
    return doubts


def most_doubtful(
    strands: Strands, doubts: NDArray[np.float32], *, among: Collection[int], most: int = MOST_STRANDS
) -> NDArray[np.int64]:
    """Return the strands that are worth a second look, the most doubtful first.

    Args:
        strands: The strands.
        doubts: float32, shape (n_strands,), as ``doubts_of`` returns them.
        among: The clusters that are asked about.
        most: How many at most.

    Returns:
        int64, shape (at most ``most``,).
    """
    sizes = np.bincount(strands.ids[strands.ids >= 0], minlength=len(doubts))
    is_asked = np.isin(strands.clusters, list(among)) & (doubts > -MOST_LEAD * np.maximum(sizes, 1))
    order = np.argsort(-doubts, kind="stable")
    return order[is_asked[order]][:most]


def _folds(codes: NDArray[np.int64], random: np.random.Generator) -> NDArray[np.int64]:
    """Return the fold of each strand, those of a cluster in as many as there can be: the others always teach it."""
    order = random.permutation(len(codes))
    order = order[np.argsort(codes[order], kind="stable")]
    folds = np.empty(len(codes), np.int64)
    folds[order] = np.arange(len(codes)) % _N_FOLDS
    return folds


def _lessons(rows: NDArray[np.int64], codes: NDArray[np.int64], random: np.random.Generator) -> NDArray[np.int64]:
    """Return the documents to learn from, rising: a draw of them, in which no cluster is missing because it is small.

    Args:
        rows: int64, shape (n,): the documents that may teach.
        codes: int64, shape (n,): the cluster of each.
        random: Draws.
    """
    if len(rows) <= _MOST_LESSONS:
        return rows
    order = random.permutation(len(rows))
    order = order[np.argsort(codes[order], kind="stable")]
    places = np.arange(len(order)) - np.searchsorted(codes[order], codes[order])
    is_first = places < _LESSONS_PER_CLUSTER
    first, others = random.permutation(order[is_first]), random.permutation(order[~is_first])
    return np.sort(rows[np.concatenate([first, others])[:_MOST_LESSONS]])


def _sums(
    vectors: NDArray[np.float32],
    ids: NDArray[np.int32],
    strands: NDArray[np.int64],
    model: tuple[NDArray[np.float32], NDArray[np.float32]],
) -> NDArray[np.float32]:
    """Return the likelihoods of all classes, summed over the documents of some strands: shape (n_some, n_classes).

    Some documents at a time: the likelihoods of all classes for a million would not fit into a small computer.
    """
    places = np.full(int(strands.max(initial=-1)) + 2, -1)
    places[strands] = np.arange(len(strands))
    of_rows = places[np.minimum(ids, len(places) - 1)]
    rows = np.flatnonzero(of_rows >= 0)
    rows = rows[np.argsort(of_rows[rows], kind="stable")]  # those of a strand in a row, for the sums
    sums = np.zeros((len(strands), len(model[0])), np.float32)
    for part in blocks(len(rows)):
        found, starts = np.unique(of_rows[rows[part]], return_index=True)
        sums[found] += np.add.reduceat(likelihoods(vectors[rows[part]], *model), starts, axis=0)
    return sums
