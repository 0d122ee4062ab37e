"""Communities of the neighbour graph: the clusters that the documents' own neighbourhoods form, without noise."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from verbatlas.analysis.graph_weights import symmetric_weights
from verbatlas.analysis.neighbours import NeighbourGraph
from verbatlas.progress import Report, no_report

# Measured on banking77: resolutions 1, 2, 4 give 63, 89, 132 clusters where people see 77, so a step of the slider, 1.4
# times as many clusters, is 1.87 times the resolution; 2 agrees best with people's labels.
_RESOLUTION = 2.0
_RESOLUTION_PER_STEP = 1.87
_LEIDEN_ROUNDS = 3
_FINEST = 4096.0
_BISECTIONS = 12


def communities(
    graph: NeighbourGraph,
    embedding: NDArray[np.float32],
    *,
    n_clusters: int | None,
    detail: float,
    seed: int,
    report: Report = no_report,
) -> NDArray[np.int32]:
    """Return a community per document by the Leiden algorithm (Traag et al. 2019) on modularity.

    Args:
        graph: The neighbours of every document.
        embedding: float32, shape (n_documents, n_dimensions): joins and splits communities when a number is wanted.
        n_clusters: Exactly how many; None for as many as fit.
        detail: Fewer or more where ``n_clusters`` is None.
        seed: Where the random choices begin.
        report: Told how many steps of all are done.

    Returns:
        int32, shape (n_documents,).

    Raises:
        Cancelled: The reporter no longer wants the clusters.
    """
    weights = symmetric_weights(graph).astype(np.float64)
    if n_clusters is None:
        report(0, 1)
        ids = _leiden(weights, _RESOLUTION * _RESOLUTION_PER_STEP**detail, seed=seed)
        ids = _without_crumbs(weights, ids, smallest=_smallest(len(ids)))
        report(1, 1)
        return ids
    ids = _joined(embedding, _at_least(weights, n_clusters, seed=seed, report=report), n_clusters=n_clusters)
    return _split(embedding, ids, n_clusters=n_clusters, seed=seed)


def communities_inside(
    graph: NeighbourGraph, members: NDArray[np.int32], *, detail: float, seed: int
) -> NDArray[np.int32]:
    """Return a community per document, none of which lies in two clusters: Leiden without the edges between these.

    Args:
        graph: The neighbours of every document.
        members: int32, shape (n_documents,): any ids, -1 for noise, which has no edges at all.
        detail: How fine, in the steps of ``communities``.
        seed: Where the random choices begin.

    Returns:
        int32, shape (n_documents,); a document without an edge is a community of its own.
    """
    weights = symmetric_weights(graph).astype(np.float64).tocoo()
    inside = (members[weights.row] == members[weights.col]) & (members[weights.row] >= 0)
    weights.data = np.where(inside, weights.data, 0)
    cut = weights.tocsr()
    cut.eliminate_zeros()
    if not cut.nnz:  # the library panics at a graph without edges
        return np.arange(len(members), dtype=np.int32)
    return _leiden(cut, _RESOLUTION * _RESOLUTION_PER_STEP**detail, seed=seed)


def _smallest(n_documents: int) -> int:
    """Return below which size a community is put to its best neighbour: nobody wants dozens of clusters of two."""
    return min(10, 2 + n_documents // 250)


def _leiden(weights: Any, resolution: float, *, seed: int) -> NDArray[np.int32]:
    import graspologic_native  # noqa: PLC0415 - heavy

    _, found = graspologic_native.leiden_csr(
        weights.indptr.astype(np.int64),
        weights.indices.astype(np.int32),
        weights.data,
        weights.shape[0],
        resolution=resolution,
        iterations=_LEIDEN_ROUNDS,
        seed=seed,
    )
    ids = np.asarray([found[node] for node in range(weights.shape[0])] if isinstance(found, dict) else found)
    return np.unique(ids, return_inverse=True)[1].astype(np.int32)


def _at_least(weights: Any, n_clusters: int, *, seed: int, report: Report) -> NDArray[np.int32]:
    """Return the best communities if they are at least ``n_clusters``, else the coarsest that are, or the finest."""
    best = _leiden(weights, _RESOLUTION, seed=seed)
    if best.max() + 1 >= n_clusters:
        return best
    low, high = _RESOLUTION, _FINEST
    best = _leiden(weights, high, seed=seed)
    if best.max() + 1 < n_clusters:
        return best
    for step in range(_BISECTIONS):
        report(step, _BISECTIONS)
        middle = (low * high) ** 0.5
        ids = _leiden(weights, middle, seed=seed)
        if ids.max() + 1 >= n_clusters:
            best, high = ids, middle
        else:
            low = middle
    report(_BISECTIONS, _BISECTIONS)
    return best


def _joined(embedding: NDArray[np.float32], ids: NDArray[np.int32], *, n_clusters: int) -> NDArray[np.int32]:
    """Join the two communities that lose least by it (Ward 1963), again and again, until there are ``n_clusters``."""
    sizes = np.bincount(ids).astype(np.float64)
    centres = np.zeros((len(sizes), embedding.shape[1]))
    np.add.at(centres, ids, embedding)
    centres /= sizes[:, None]
    into = np.arange(len(sizes))
    losses = np.stack([_ward_loss(centres, sizes, cluster) for cluster in range(len(sizes))])
    for _ in range(len(sizes) - n_clusters):
        kept, gone = sorted(divmod(int(losses.argmin()), len(sizes)))
        centres[kept] = (centres[kept] * sizes[kept] + centres[gone] * sizes[gone]) / (sizes[kept] + sizes[gone])
        sizes[kept] += sizes[gone]
        into[into == gone] = kept
        losses[kept] = _ward_loss(centres, sizes, kept)
        losses[kept, np.isinf(losses[:, kept])] = np.inf
        losses[:, kept] = losses[kept]
        losses[gone] = losses[:, gone] = np.inf
    return np.unique(into[ids], return_inverse=True)[1].astype(np.int32)


def _ward_loss(centres: NDArray[np.float64], sizes: NDArray[np.float64], cluster: int) -> NDArray[np.float64]:
    squared = ((centres - centres[cluster]) ** 2).sum(axis=1)
    losses: NDArray[np.float64] = squared * sizes * sizes[cluster] / (sizes + sizes[cluster])
    losses[cluster] = np.inf
    return losses


def _without_crumbs(weights: Any, ids: NDArray[np.int32], *, smallest: int) -> NDArray[np.int32]:
    """Put every community of fewer than ``smallest`` documents to the one it is best connected with.

    A piece of the graph that is connected with nothing stays as it is.
    """
    sizes = np.bincount(ids).astype(np.float64)
    links = _links(weights, ids, len(sizes))
    into = np.arange(len(sizes))
    while sizes[source := int(sizes.argmin())] < smallest:
        share = links[source] / np.sqrt(np.where(np.isinf(sizes), 1, sizes))
        share[source] = 0
        target = int(share.argmax())
        if share[target] > 0:
            links[target] += links[source]
            links[:, target] += links[:, source]
            links[source] = links[:, source] = 0
            into[into == source] = target
            sizes[target] += sizes[source]
        sizes[source] = np.inf  # joined, or connected with nothing
    return np.unique(into[ids], return_inverse=True)[1].astype(np.int32)


def _links(weights: Any, ids: NDArray[np.int32], n: int) -> NDArray[np.float64]:
    """Return the summed weight of edges between each two communities, shape (n, n)."""
    import scipy.sparse  # noqa: PLC0415 - heavy

    members = scipy.sparse.csr_matrix((np.ones(len(ids)), (ids, np.arange(len(ids)))), shape=(n, len(ids)))
    return np.asarray((members @ weights @ members.T).todense())


def _split(embedding: NDArray[np.float32], ids: NDArray[np.int32], *, n_clusters: int, seed: int) -> NDArray[np.int32]:
    """Halve the largest communities until there are ``n_clusters``, or no two documents of one differ."""
    from verbatlas.analysis.kmeans import kmeans  # noqa: PLC0415 - heavy

    ids = ids.copy()
    whole: set[int] = set()
    while (n := int(ids.max()) + 1) < n_clusters:
        sizes = np.bincount(ids)
        open_ones = [cluster for cluster in np.argsort(-sizes, kind="stable") if cluster not in whole]
        if not open_ones or sizes[open_ones[0]] < 2:
            break
        rows = np.flatnonzero(ids == open_ones[0])
        halves = kmeans(embedding[rows], n_clusters=2, seed=seed)
        if halves.max() == halves.min():
            whole.add(int(open_ones[0]))
            continue
        ids[rows[halves == 1]] = n
    return ids
