"""KMeans on the embedding: clusters of like size, every document in one."""

import numpy as np
from numpy.typing import NDArray

from verbatlas.progress import Report, no_report

# Small tables are quick, and there a single unlucky start is seen at once.
_STARTS_IF_SMALL, _STARTS, _SMALL = 20, 3, 2_000
_SMALL_BATCHES_FROM = 50_000


def kmeans(
    embedding: NDArray[np.float32], *, n_clusters: int, seed: int, report: Report = no_report
) -> NDArray[np.int32]:
    """Return a cluster per document, the best of several starts (k-means++, Arthur & Vassilvitskii 2007).

    Fewer clusters come out when fewer documents differ. Above 50,000 documents in mini-batches (Sculley 2010).

    Args:
        embedding: float32, shape (n_documents, n_dimensions), rows of unit length.
        n_clusters: At most the number of documents.
        seed: Where the random choices begin.
        report: Told how many starts of all are done.

    Returns:
        int32, shape (n_documents,).

    Raises:
        Cancelled: The reporter no longer wants the clusters.
    """
    from sklearn.cluster import KMeans, MiniBatchKMeans  # noqa: PLC0415 - heavy
    from threadpoolctl import threadpool_limits  # noqa: PLC0415

    n_clusters = min(n_clusters, len(np.unique(embedding, axis=0)) if len(embedding) < 10_000 else n_clusters)
    starts = _STARTS_IF_SMALL if len(embedding) <= _SMALL else _STARTS
    best_inertia = np.inf
    best: NDArray[np.int32] = np.zeros(len(embedding), np.int32)
    # Threads add their parts of a centre up in the order they finish, which changes its last bits from run to run.
    with threadpool_limits(1, user_api="openmp"):
        for start in range(starts):
            report(start, starts)
            if len(embedding) < _SMALL_BATCHES_FROM:
                model = KMeans(n_clusters, n_init=1, random_state=seed + start)
            else:
                model = MiniBatchKMeans(n_clusters, n_init=1, batch_size=4_096, random_state=seed + start)
            model.fit(embedding)
            if model.inertia_ < best_inertia:
                best_inertia, best = model.inertia_, model.labels_.astype(np.int32)
    report(starts, starts)
    return best
