"""Rows without text or left out: not shown to the ground floors that compute, and put back into what they return."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from verbatlas.analysis import Clustering, Description, NeighbourGraph
from verbatlas.tables import is_blank

Rows = NDArray[np.int64]

Scalar = TypeVar("Scalar", bound=np.generic)

_NOBODY = -1  # where a graph has no neighbour, and a clustering no cluster


def rows_with_text(documents: Sequence[str], stand_ins: NDArray[np.int32] | None = None) -> Rows:
    """Return the row numbers of the documents that a person can read, rising, without those that are left out.

    Args:
        documents: The text of every row.
        stand_ins: int32, shape (n_documents,): as in ``Labelling``; None where every document stands for itself.
    """
    rows = (
        range(len(documents)) if stand_ins is None else np.flatnonzero(stand_ins == np.arange(len(stand_ins))).tolist()
    )
    return np.array([row for row in rows if not is_blank(documents[row])], dtype=np.int64)


def rows_with_vector(vectors: NDArray[np.float32]) -> Rows:
    """Return the row numbers of the vectors that are not zero, rising: those of documents that are clustered."""
    return np.flatnonzero(vectors.any(axis=1))


def take(vectors: NDArray[np.float32], rows: Rows) -> NDArray[np.float32]:
    """Return the vectors of ``rows``, without a copy when these are all."""
    return vectors if len(rows) == len(vectors) else vectors[rows]


def spread_layout(layout: NDArray[np.float32], rows: Rows, *, n: int) -> NDArray[np.float32]:
    """Return one place per row of the table, NaN for rows without text."""
    return _spread(layout, rows, n=n, blank=np.nan)


def spread_graph(graph: NeighbourGraph, rows: Rows, *, n: int) -> NeighbourGraph:
    """Return the graph over all rows of the table: rows without text have no neighbour and are nobody's."""
    if len(rows) == n:
        return graph
    indices = _renumbered(graph.indices, rows.astype(np.int32))
    return NeighbourGraph(
        indices=_spread(indices, rows, n=n, blank=_NOBODY),
        similarities=_spread(graph.similarities, rows, n=n, blank=0),
    )


def take_graph(graph: NeighbourGraph, rows: Rows) -> NeighbourGraph:
    """Return the graph over ``rows`` alone: the inverse of ``spread_graph``."""
    n = len(graph.indices)
    if len(rows) == n:
        return graph
    position = np.full(n, _NOBODY, dtype=np.int32)
    position[rows] = np.arange(len(rows), dtype=np.int32)
    return NeighbourGraph(indices=_renumbered(graph.indices[rows], position), similarities=graph.similarities[rows])


def spread_clustering(clustering: Clustering, rows: Rows, *, n: int) -> Clustering:
    """Return the clustering of all rows of the table: rows without text are noise of strength 0."""
    return Clustering(
        ids=_spread(clustering.ids, rows, n=n, blank=_NOBODY),
        strengths=_spread(clustering.strengths, rows, n=n, blank=0),
    )


def spread_descriptions(descriptions: dict[int, Description], rows: Rows) -> dict[int, Description]:
    """Return the descriptions with their typical documents as rows of the table."""
    return {
        cluster: replace(description, typical=tuple(rows[list(description.typical)].tolist()))
        for cluster, description in descriptions.items()
    }


def _spread(values: NDArray[Scalar], rows: Rows, *, n: int, blank: float) -> NDArray[Scalar]:
    if len(rows) == n:
        return values
    spread = np.full((n, *values.shape[1:]), blank, dtype=values.dtype)
    spread[rows] = values
    return spread


def _renumbered(indices: NDArray[np.int32], numbers: NDArray[np.int32]) -> NDArray[np.int32]:
    return np.where(indices == _NOBODY, _NOBODY, numbers[indices]).astype(np.int32)
