"""How clusters stand to one another and to the documents near their edges, measured by their centres."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verbatlas.analysis.blocks import blocks
from verbatlas.progress import Report, no_report


@dataclass(frozen=True, slots=True, eq=False)
class Centres:
    """The middles of clusters.

    Attributes:
        ids: int64, shape (n_clusters,), rising: the clusters that have a document with text.
        vectors: float32, shape (n_clusters, n_dimensions), rows of unit length, zero where the documents cancel out.
        cohesions: float64, shape (n_clusters,): the mean cosine of a cluster's documents to its middle.
    """

    ids: NDArray[np.int64]
    vectors: NDArray[np.float32]
    cohesions: NDArray[np.float64]

    def nearest(self, vectors: NDArray[np.float32]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the positions in ``ids`` of the nearest middles, and how clearly vectors belong there.

        Args:
            vectors: float32, shape (n, n_dimensions), rows of unit length.

        Returns:
            int64, shape (n,), and float32, shape (n,), 0..1, which means what ``Clustering.strengths`` means.
        """
        similarities = vectors @ self.vectors.T
        nearest = similarities.argmax(axis=1)
        own = np.take_along_axis(similarities, nearest[:, None], axis=1)[:, 0]
        return nearest, _strengths(similarities, nearest, own)

    def likeliest(self, vectors: NDArray[np.float32], n: int) -> NDArray[np.int64]:
        """Return the ids of the clusters with the nearest middles, the nearest first: int64, shape (n_rows, at most n).

        Quick enough for a card: with it every comment that is read can say where else it may belong.
        """
        order = np.argsort(-(vectors @ self.vectors.T), axis=1, kind="stable")[:, :n]
        nearest: NDArray[np.int64] = self.ids[order]
        return nearest

    def strengths(self, vectors: NDArray[np.float32], positions: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return how clearly vectors belong to the middles at given positions: float32, shape (n,), 0..1."""
        similarities = vectors @ self.vectors.T
        own = np.take_along_axis(similarities, positions[:, None], axis=1)[:, 0]
        return _strengths(similarities, positions, own)


def _strengths(
    similarities: NDArray[np.float32], positions: NDArray[np.int64], own: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return the simplified silhouette of ``clustering.strengths_of`` for given cosines, which are overwritten."""
    if similarities.shape[1] == 1:
        return np.clip(own, 0, 1)
    np.put_along_axis(similarities, positions[:, None], -np.inf, axis=1)
    here, there = 1 - own, 1 - similarities.max(axis=1)
    strengths: NDArray[np.float32] = (1 + (there - here) / np.maximum(np.maximum(here, there), 1e-9)) / 2
    return np.clip(strengths, 0, 1)


def centres(vectors: NDArray[np.float32], members: NDArray[np.int32], *, report: Report = no_report) -> Centres:
    """Return the middle of every cluster.

    Args:
        vectors: float32, shape (n_documents, n_dimensions), rows of unit length, zero for blank documents.
        members: int32, shape (n_documents,): any ids, -1 for noise.
        report: Told how many documents of all are read.

    Raises:
        Cancelled: The reporter no longer wants the result.
    """
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - heavy

    ids = np.unique(members[members >= 0]).astype(np.int64)
    sums = np.zeros((len(ids), vectors.shape[1]), np.float64)
    sizes = np.zeros(len(ids), np.int64)
    for rows in blocks(len(members)):
        report(rows.start, len(members))
        block = vectors[rows]
        inside = np.flatnonzero((members[rows] >= 0) & block.any(axis=1))
        if not len(inside):
            continue
        codes = np.searchsorted(ids, members[rows][inside])
        # A product with a matrix of ones adds the rows of each cluster up many times as fast as numpy.add.at.
        ones = csr_matrix((np.ones(len(inside), np.float32), (codes, inside)), shape=(len(ids), len(block)))
        sums += ones @ block
        sizes += np.bincount(codes, minlength=len(ids))
    report(len(members), len(members))
    has_text = sizes > 0
    ids, sums, sizes = ids[has_text], sums[has_text], sizes[has_text]
    lengths = np.linalg.norm(sums, axis=1)
    # The mean cosine of unit vectors to their unit mean is the length of their mean.
    return Centres(ids, (sums / np.maximum(lengths, 1e-12)[:, None]).astype(np.float32), lengths / sizes)


def likeliest_clusters(
    vectors: NDArray[np.float32],
    members: NDArray[np.int32],
    *,
    rows: NDArray[np.int64] | None = None,
    report: Report = no_report,
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Return the cluster with the nearest middle for documents that are in none.

    Args:
        vectors: float32, shape (n_documents, n_dimensions), rows of unit length, zero for blank documents.
        members: int32, shape (n_documents,): any ids, -1 for noise.
        rows: int64, shape (n_rows,): the documents that are asked about; None for all noise, rising.
        report: Told how many documents of all are done.

    Returns:
        int32, shape (n_rows,): the clusters, -1 for blank documents and where there is no cluster. float32, the same
        shape: how clearly each belongs there, as in ``Clustering.strengths``; 0 where there is none.

    Raises:
        Cancelled: The reporter no longer wants the result.
    """
    asked = np.flatnonzero(members < 0) if rows is None else rows
    clusters, strengths = np.full(len(asked), -1, np.int32), np.zeros(len(asked), np.float32)
    found = centres(vectors, members, report=report)
    if not len(found.ids):
        return clusters, strengths
    for part in blocks(len(asked)):
        report(part.start, len(asked))
        block = vectors[asked[part]]
        nearest, strong = found.nearest(block)
        has_text = block.any(axis=1)
        clusters[part] = np.where(has_text, found.ids[nearest], -1)
        strengths[part] = np.where(has_text, strong, 0)
    report(len(asked), len(asked))
    return clusters, strengths


def nearest_clusters(vectors: NDArray[np.float32], members: NDArray[np.int32]) -> dict[int, tuple[int, float]]:
    """Return for every cluster the one whose middle is most like its own, and their cosine: "merge with it?".

    Args:
        vectors: float32, shape (n_documents, n_dimensions), rows of unit length, zero for blank documents.
        members: int32, shape (n_documents,): any ids, -1 for noise.

    Returns:
        Empty when there are fewer than two clusters with text.
    """
    return nearest_of(centres(vectors, members))


def nearest_of(found: Centres) -> dict[int, tuple[int, float]]:
    """Return what ``nearest_clusters`` does, from middles that are known already."""
    if len(found.ids) < 2:
        return {}
    similarities = found.vectors @ found.vectors.T
    np.fill_diagonal(similarities, -np.inf)
    best = similarities.argmax(axis=1)
    cosines = similarities[np.arange(len(best)), best]
    pairs = zip(found.ids[best].tolist(), cosines.tolist(), strict=True)
    return dict(zip(found.ids.tolist(), pairs, strict=True))


def cohesion(vectors: NDArray[np.float32], members: NDArray[np.int32]) -> dict[int, float]:
    """Return for every cluster the mean cosine of its documents to its middle: 1 when they are all alike.

    Args:
        vectors: float32, shape (n_documents, n_dimensions), rows of unit length, zero for blank documents.
        members: int32, shape (n_documents,): any ids, -1 for noise.
    """
    found = centres(vectors, members)
    return dict(zip(found.ids.tolist(), found.cohesions.tolist(), strict=True))


def borderline(vectors: NDArray[np.float32], members: NDArray[np.int32], cluster_id: int, n: int) -> NDArray[np.int64]:
    """Return the documents of a cluster that are closest to belonging to another one, the closest first.

    Args:
        vectors: float32, shape (n_documents, n_dimensions), rows of unit length, zero for blank documents.
        members: int32, shape (n_documents,): any ids, -1 for noise.
        cluster_id: The cluster.
        n: How many at most.

    Returns:
        int64, shape (at most n,).
    """
    found = centres(vectors, members)
    rows = np.flatnonzero(members == cluster_id) if cluster_id in found.ids else np.zeros(0, np.int64)
    return _weakest(rows, _strengths_of_rows(vectors, members, rows, found, report=no_report), n)


def borderline_of_all(
    vectors: NDArray[np.float32],
    members: NDArray[np.int32],
    found: Centres,
    n: int,
    *,
    report: Report = no_report,
) -> dict[int, NDArray[np.int64]]:
    """Return what ``borderline`` does for every cluster, with their middles known already, in one walk.

    Raises:
        Cancelled: The reporter no longer wants the result.
    """
    rows = np.flatnonzero(np.isin(members, found.ids))
    strengths = _strengths_of_rows(vectors, members, rows, found, report=report)
    order = np.argsort(members[rows], kind="stable")
    bounds = np.searchsorted(members[rows][order], found.ids)
    parts = np.split(order, bounds[1:])
    return {
        cluster: _weakest(rows[part], strengths[part], n)
        for cluster, part in zip(found.ids.tolist(), parts, strict=True)
    }


def _strengths_of_rows(
    vectors: NDArray[np.float32],
    members: NDArray[np.int32],
    rows: NDArray[np.int64],
    found: Centres,
    *,
    report: Report,
) -> NDArray[np.float32]:
    """Return how clearly rows belong where they are; blank documents get 2, as there is nothing to read."""
    strengths = np.full(len(rows), 2, np.float32)
    for part in blocks(len(rows)):
        report(part.start, len(rows))
        block = vectors[rows[part]]
        inside = block.any(axis=1)
        if not inside.any():
            continue
        positions = np.searchsorted(found.ids, members[rows[part]][inside])
        strengths[part][inside] = found.strengths(block[inside], positions)
    report(len(rows), len(rows))
    return strengths


def _weakest(rows: NDArray[np.int64], strengths: NDArray[np.float32], n: int) -> NDArray[np.int64]:
    with_text = strengths <= 1
    weakest: NDArray[np.int64] = rows[with_text][np.argsort(strengths[with_text], kind="stable")[:n]]
    return weakest
