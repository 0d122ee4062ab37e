"""The layout: where each document lies on the map, so that near ones on the map are near in meaning."""

import numpy as np
from numpy.typing import NDArray

from verbatlas.analysis.graph_weights import symmetric_weights
from verbatlas.analysis.neighbours import NeighbourGraph
from verbatlas.progress import Report, no_report

EXTENT = 10.0
_EPOCHS, _EPOCHS_IF_LARGE, _LARGE = 500, 200, 200_000
_RANDOM_OTHERS = 8
_START_EXTENT = 10.0
# The curve that umap-learn fits for min_dist 0.5: clusters stay open enough for every comment to be a point of its own.
# Tighter curves keep a few more neighbours together (0.893 against 0.884 on banking77) and draw clusters as specks.
_MAP_CURVE = (0.583, 1.334)
_TIGHT_CURVE = (1.0, 1.0)


def arrange(
    embedding: NDArray[np.float32],
    graph: NeighbourGraph,
    *,
    seed: int,
    n_components: int = 2,
    report: Report = no_report,
) -> NDArray[np.float32]:
    """Return coordinates in which documents that are neighbours in the graph lie together.

    Cross-entropy of the fuzzy neighbour graph with negative sampling, as UMAP (McInnes et al. 2018), from the first
    principal components. Deterministic on any number of threads.

    Args:
        embedding: float32, shape (n_documents, n_dimensions).
        graph: Their neighbours.
        seed: Where the random choices begin.
        n_components: 2 for the map; more for a reduction to cluster on.
        report: Told how many epochs of all are done.

    Returns:
        float32, shape (n_documents, n_components), centred, wider than high, 99 % of the points within ``EXTENT`` of
        the centre.

    Raises:
        Cancelled: The reporter no longer wants the layout.
    """
    n = len(embedding)
    if n < 2:
        return np.zeros((n, n_components), np.float32)
    from verbatlas.analysis.kernels import move_points  # noqa: PLC0415 - compiles

    weights = symmetric_weights(graph)
    starts, ends, pulls = weights.indptr.astype(np.int64), weights.indices.astype(np.int32), weights.data
    old = _start(embedding, n_components, seed=seed)
    new = np.empty_like(old)
    a, b = _MAP_CURVE if n_components == 2 else _TIGHT_CURVE
    epochs = _EPOCHS if n <= _LARGE else _EPOCHS_IF_LARGE
    streams = np.random.default_rng(seed).integers(2**63, size=epochs)
    for epoch in range(epochs):
        report(epoch, epochs)
        move_points(old, new, starts, ends, pulls, a, b, 1 - epoch / epochs, _RANDOM_OTHERS, streams[epoch])
        old, new = new, old
    report(epochs, epochs)
    return _centred(_lying(old))


def _start(embedding: NDArray[np.float32], n_components: int, *, seed: int) -> NDArray[np.float32]:
    """Return the first principal components, a little shaken so that equal documents can part."""
    mean = embedding.mean(axis=0, dtype=np.float64)
    covariance = embedding.T.astype(np.float64) @ embedding / len(embedding) - np.outer(mean, mean)
    axes = _principal_axes(covariance)[:, :n_components]
    points = np.zeros((len(embedding), n_components))
    points[:, : axes.shape[1]] = (embedding - mean) @ axes
    points *= _START_EXTENT / max(np.abs(points).max(), 1e-6)
    points += np.random.default_rng(seed).normal(scale=0.01 * _START_EXTENT, size=points.shape)
    return np.ascontiguousarray(points, dtype=np.float32)


def _lying(points: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the points turned so that they spread most along the first axis: windows are wider than high."""
    turned: NDArray[np.float32] = (points @ _principal_axes(np.cov(points.T.astype(np.float64)))).astype(np.float32)
    return turned


def _principal_axes(covariance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the axes as columns, the strongest first, the largest entry of each positive."""
    axes = np.linalg.eigh(covariance)[1][:, ::-1]
    pointing: NDArray[np.float64] = axes * np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(axes.shape[1])])
    return pointing


def _centred(points: NDArray[np.float32]) -> NDArray[np.float32]:
    points = points - (points.max(axis=0) + points.min(axis=0)) / 2
    radius = np.quantile(np.linalg.norm(points, axis=1), 0.99)
    return (points * (EXTENT / max(float(radius), 1e-6))).astype(np.float32)
