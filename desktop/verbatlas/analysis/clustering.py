"""Clustering: a cluster id and a strength for every document, by one of three methods."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from verbatlas.analysis.neighbours import NeighbourGraph
from verbatlas.errors import Problem, UserError
from verbatlas.progress import Report, no_report

MOST_DETAIL = 3.0
CLUSTERS_PER_STEP = 1.4
_TOO_FEW_TO_COMPARE = 2


class Method(StrEnum):
    """How documents are clustered; ``auto`` is communities."""

    AUTO = "auto"
    KMEANS = "kmeans"
    HDBSCAN = "hdbscan"
    COMMUNITIES = "communities"


@dataclass(frozen=True, slots=True, eq=False)
class Clustering:
    """Who belongs together, straight from an algorithm.

    Attributes:
        ids: int32, shape (n_documents,): clusters from 0 by falling size, -1 for noise.
        strengths: float32, shape (n_documents,), 0..1: how clearly a document belongs. 0.5 lies halfway to the next
            cluster, 1 at the heart of its own; 0 is noise.
    """

    ids: NDArray[np.int32]
    strengths: NDArray[np.float32]

    @property
    def n_clusters(self) -> int:
        """The number of clusters, noise not counted."""
        return int(self.ids.max(initial=-1)) + 1


def cluster(
    embedding: NDArray[np.float32],
    graph: NeighbourGraph,
    *,
    method: Method = Method.AUTO,
    n_clusters: int | None = None,
    detail: float = 0.0,
    every_row: bool = False,
    seed: int,
    report: Report = no_report,
) -> Clustering:
    """Cluster documents on their embedding or their neighbour graph, never on the map.

    Args:
        embedding: float32, shape (n_documents, n_dimensions), rows of unit length.
        graph: Their neighbours.
        method: How.
        n_clusters: How many; None for as many as fit.
        detail: Fewer (below 0) or more clusters where ``n_clusters`` is None, -3..3; a step is about 1.4 times as many.
        every_row: Whether noise is put into the nearest cluster.
        seed: Where the random steps begin.
        report: Told how many steps of all are done.

    Raises:
        UserError: TOO_FEW_DOCUMENTS, when more clusters are asked for than there are documents.
        ValueError: ``n_clusters`` is below 1, or given for HDBSCAN, which finds it itself.
        Cancelled: The reporter no longer wants the clusters.
    """
    n = len(embedding)
    if n_clusters is not None and (n_clusters < 1 or method is Method.HDBSCAN):
        raise ValueError(f"{n_clusters} clusters by {method}")
    if n_clusters is not None and n_clusters > n:
        raise UserError(Problem.TOO_FEW_DOCUMENTS, documents=n, clusters=n_clusters)
    if n_clusters == 1 or (n_clusters is None and n <= _TOO_FEW_TO_COMPARE) or _all_alike(embedding):
        ids = np.zeros(n, np.int32)
    else:
        ids = _cluster(embedding, graph, method, n_clusters=n_clusters, detail=detail, seed=seed, report=report)
    if every_row:
        ids = _without_noise(embedding, ids)
    ids = by_falling_size(ids)
    return Clustering(ids, strengths_of(embedding, ids))


def _cluster(
    embedding: NDArray[np.float32],
    graph: NeighbourGraph,
    method: Method,
    *,
    n_clusters: int | None,
    detail: float,
    seed: int,
    report: Report,
) -> NDArray[np.int32]:
    # Each method brings a heavy library of its own.
    if method is Method.HDBSCAN:
        from verbatlas.analysis.density import density_clusters  # noqa: PLC0415

        return density_clusters(embedding, graph, detail=detail, seed=seed, report=report)
    from verbatlas.analysis.communities import communities  # noqa: PLC0415

    if method is Method.KMEANS:
        from verbatlas.analysis.kmeans import kmeans  # noqa: PLC0415

        if n_clusters is None:
            n_clusters = int(communities(graph, embedding, n_clusters=None, detail=detail, seed=seed).max()) + 1
        return kmeans(embedding, n_clusters=n_clusters, seed=seed, report=report)
    return communities(graph, embedding, n_clusters=n_clusters, detail=detail, seed=seed, report=report)


def _all_alike(embedding: NDArray[np.float32]) -> bool:
    return len(embedding) > 0 and bool(np.abs(embedding - embedding[0]).max() < 1e-6)


def by_falling_size(ids: NDArray[np.integer]) -> NDArray[np.int32]:
    """Return the same clusters numbered from 0 by falling size, equal sizes by their first document; noise stays -1."""
    clusters, firsts, sizes = np.unique(ids, return_index=True, return_counts=True)
    real = clusters >= 0
    order = np.lexsort((firsts[real], -sizes[real]))
    renumbered = np.full(int(clusters.max(initial=-1)) + 2, -1, np.int32)
    renumbered[clusters[real][order]] = np.arange(len(order), dtype=np.int32)
    renamed: NDArray[np.int32] = renumbered[ids]
    return renamed


def centres_of(embedding: NDArray[np.float32], ids: NDArray[np.int32]) -> NDArray[np.float32]:
    """Return the unit mean of each cluster's documents: float32, shape (n_clusters, n_dimensions)."""
    centres = np.zeros((int(ids.max(initial=-1)) + 1, embedding.shape[1]), np.float64)
    np.add.at(centres, ids[ids >= 0], embedding[ids >= 0])
    lengths = np.linalg.norm(centres, axis=1, keepdims=True)
    unit: NDArray[np.float64] = centres / np.maximum(lengths, 1e-12)
    return unit.astype(np.float32)


def strengths_of(embedding: NDArray[np.float32], ids: NDArray[np.int32]) -> NDArray[np.float32]:
    """Return how clearly each document belongs to its cluster, the same for every method.

    The simplified silhouette (Hruschka et al. 2004) over cosine distances to the clusters' centres, moved from -1..1
    to 0..1. With a single cluster there is no next one: the cosine to its centre then.
    """
    strengths = np.zeros(len(ids), np.float32)
    rows = np.flatnonzero(ids >= 0)
    centres = centres_of(embedding, ids)
    for start in range(0, len(rows), 8_192):
        block = rows[start : start + 8_192]
        distances = 1 - embedding[block] @ centres.T
        own = distances[np.arange(len(block)), ids[block]].copy()
        if len(centres) == 1:
            strengths[block] = 1 - own
            continue
        distances[np.arange(len(block)), ids[block]] = np.inf
        other = distances.min(axis=1)
        strengths[block] = (1 + (other - own) / np.maximum(np.maximum(own, other), 1e-9)) / 2
    return np.clip(strengths, 0, 1)


def _without_noise(embedding: NDArray[np.float32], ids: NDArray[np.int32]) -> NDArray[np.int32]:
    """Put every noise document into the cluster with the nearest centre; all into one where there is no cluster."""
    noise = np.flatnonzero(ids < 0)
    if not len(noise):
        return ids
    centres = centres_of(embedding, ids)
    assigned = ids.copy()
    assigned[noise] = (embedding[noise] @ centres.T).argmax(axis=1) if len(centres) else 0
    return assigned
