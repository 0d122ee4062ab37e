"""The neighbour graph: each document's nearest documents, by meaning and by wording, computed once and shared."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from verbatlas.analysis.blend import Blend
from verbatlas.analysis.wording import Wording
from verbatlas.progress import Report, no_report

N_NEIGHBOURS = 15
_EXACT_UP_TO = 40_000
_QUERIES_AT_ONCE, _ADDED_AT_ONCE = 2_048, 65_536
_PROBED = 24
_CANDIDATES = 60  # near in outline, of whom the nearest word for word are kept: of 150 they would be no better

_Rows = Callable[[slice | NDArray[np.int64]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True, eq=False)
class NeighbourGraph:
    """The nearest neighbours of every document, itself left out.

    Attributes:
        indices: int32, shape (n_documents, k); -1 where there is no neighbour.
        similarities: float32, shape (n_documents, k): cosine, falling along each row, -1..1.
    """

    indices: NDArray[np.int32]
    similarities: NDArray[np.float32]


def nearest_neighbours(
    embedding: NDArray[np.float32],
    *,
    wording: Wording | None = None,
    k: int = N_NEIGHBOURS,
    seed: int,
    report: Report = no_report,
) -> NeighbourGraph:
    """Return the ``k`` nearest neighbours by cosine; fewer when there are not that many documents.

    Exact up to 40,000 documents; above, an inverted file (Jégou et al. 2011, in faiss) whose cells are found by a
    seeded k-means, at a measured recall of 0.99.

    Args:
        embedding: float32, shape (n_documents, n_dimensions), rows of unit length.
        wording: What counts beside the meaning, as ``Blend`` weighs it; None for the meaning alone.
        k: Neighbours per document.
        seed: Where the k-means begins.
        report: Told how many documents of all are done.

    Raises:
        Cancelled: The reporter no longer wants the graph.
    """
    n = len(embedding)
    k = min(k, max(0, n - 1))
    if not k:
        return NeighbourGraph(np.zeros((n, 0), np.int32), np.zeros((n, 0), np.float32))
    blend = None if wording is None else Blend(embedding, wording)
    # Made some at a time: the blended rows of a million documents are gigabytes.
    rows = _rows_of(embedding) if blend is None else blend.take
    n_found = k if blend is None else max(k, min(_CANDIDATES, n - 1))
    index = _index(rows, n=n, seed=seed)
    indices, similarities = np.empty((n, k), np.int32), np.empty((n, k), np.float32)
    for start in range(0, n, _QUERIES_AT_ONCE):
        report(start, n)
        block = slice(start, min(start + _QUERIES_AT_ONCE, n))
        found_similarities, found = index.search(rows(block), n_found + 1)
        keep = _others(found, np.arange(block.start, block.stop))
        near, alike = found[keep].reshape(-1, n_found), found_similarities[keep].reshape(-1, n_found)
        indices[block], similarities[block] = (
            (near, alike) if blend is None else blend.reranked(start, near, alike, k=k)
        )
    report(n, n)
    return NeighbourGraph(indices, np.clip(similarities, -1, 1))


def _rows_of(embedding: NDArray[np.float32]) -> _Rows:
    return lambda rows: np.ascontiguousarray(embedding[rows], dtype=np.float32)


def _index(rows: _Rows, *, n: int, seed: int) -> Any:
    import faiss  # noqa: PLC0415 - heavy

    n_dimensions = rows(slice(0, 1)).shape[1]
    flat = faiss.IndexFlatIP(n_dimensions)
    index: Any = flat
    if n > _EXACT_UP_TO:
        n_cells = round(2 * n**0.5)
        index = faiss.IndexIVFFlat(flat, n_dimensions, n_cells, faiss.METRIC_INNER_PRODUCT)
        index.cp.seed = seed
        index.cp.niter = 10
        index.nprobe = _PROBED
        n_taught = min(n, n_cells * index.cp.max_points_per_centroid)  # faiss would leave the others out itself
        index.train(rows(np.sort(np.random.default_rng(seed).choice(n, n_taught, replace=False))))
    for start in range(0, n, _ADDED_AT_ONCE):
        index.add(rows(slice(start, start + _ADDED_AT_ONCE)))
    return index


def _others(found: NDArray[np.int64], own: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Mark all but the document itself; among many identical ones it may be missing, then all but the last."""
    keep = np.ones(found.shape, dtype=bool)
    itself = found == own[:, None]
    keep[itself] = False
    keep[~itself.any(axis=1), -1] = False
    return keep
