"""HDBSCAN: dense groups of any shape, and documents that belong to none."""

import numpy as np
from numpy.typing import NDArray

from verbatlas.analysis.layout import arrange
from verbatlas.analysis.neighbours import NeighbourGraph
from verbatlas.progress import Report, no_report

_REDUCED_TO = 5
_MIN_SAMPLES = 5
_CLUSTERS_PER_STEP = 1.4


def density_clusters(
    embedding: NDArray[np.float32],
    graph: NeighbourGraph,
    *,
    detail: float,
    seed: int,
    report: Report = no_report,
) -> NDArray[np.int32]:
    """Return a cluster per document, -1 for noise, by HDBSCAN (Campello et al. 2013) on a 5-dimensional reduction.

    In hundreds of dimensions distances are too alike for densities to differ, so the neighbour graph is laid out in
    five first; on banking77 that leaves 7 % noise.

    Args:
        embedding: float32, shape (n_documents, n_dimensions), rows of unit length.
        graph: Their neighbours.
        detail: Each step up makes the smallest cluster 1.4 times smaller.
        seed: Where the reduction's random choices begin.
        report: Told the progress of the reduction, which is most of the work.

    Returns:
        int32, shape (n_documents,).

    Raises:
        Cancelled: The reporter no longer wants the clusters.
    """
    import hdbscan  # noqa: PLC0415 - heavy

    reduced = arrange(embedding, graph, seed=seed, n_components=_REDUCED_TO, report=report)
    smallest = round(0.25 * len(embedding) ** 0.5 * _CLUSTERS_PER_STEP**-detail) + 3
    model = hdbscan.HDBSCAN(
        min_cluster_size=max(2, min(smallest, len(embedding) // 2)),
        min_samples=min(_MIN_SAMPLES, max(1, len(embedding) // 10)),
        core_dist_n_jobs=1,
    )
    return np.asarray(model.fit(reduced.astype(np.float64)).labels_, dtype=np.int32)
