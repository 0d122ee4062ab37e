"""Which clusters lie beside one another on the map."""

import numpy as np
from numpy.typing import NDArray

_NEAREST = 6


def neighbouring_clusters(layout: NDArray[np.float32], ids: NDArray[np.int32]) -> dict[int, tuple[int, ...]]:
    """Return each cluster's neighbours on the map, the nearest first; whoever is a neighbour has one.

    Near is where little ground lies between: the distance of the middles less the spread of both.

    Args:
        layout: float32, shape (n_documents, 2); documents with NaN are nowhere.
        ids: int32, shape (n_documents,): clusters, -1 for noise.
    """
    placed = np.isfinite(layout).all(axis=1) & (ids >= 0)
    clusters, codes, sizes = np.unique(ids[placed], return_inverse=True, return_counts=True)
    if len(clusters) < 2:
        return {int(cluster): () for cluster in clusters}
    points = layout[placed].astype(np.float64)
    middles = np.stack([np.bincount(codes, points[:, axis]) / sizes for axis in (0, 1)], axis=1)
    squared = ((points - middles[codes]) ** 2).sum(axis=1)
    spread = np.sqrt(np.bincount(codes, squared) / sizes)
    gaps = np.linalg.norm(middles[:, None] - middles[None], axis=2) - spread[:, None] - spread[None]
    np.fill_diagonal(gaps, np.inf)
    nearest = np.argsort(gaps, axis=1, kind="stable")[:, : min(_NEAREST, len(clusters) - 1)]
    beside = np.zeros(gaps.shape, np.bool_)
    np.put_along_axis(beside, nearest, values=True, axis=1)
    beside |= beside.T
    found = {}
    for code, cluster in enumerate(clusters.tolist()):
        others = np.flatnonzero(beside[code])
        found[cluster] = tuple(clusters[others[np.argsort(gaps[code, others], kind="stable")]].tolist())
    return found
