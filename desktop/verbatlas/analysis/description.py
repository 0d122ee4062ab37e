"""What a cluster is about: keywords, a name, and the comments that are most typical of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verbatlas.analysis.clustering import Clustering, centres_of
from verbatlas.analysis.keywords import keywords
from verbatlas.analysis.names import names
from verbatlas.progress import Report, no_report

N_TYPICAL = 5
_SEEN_FOR_NAME = 200


@dataclass(frozen=True, slots=True)
class Description:
    """What a program can say of a cluster.

    Attributes:
        keywords: The most telling first.
        name: Readable, and unlike that of any other cluster.
        typical: Rows of different documents near the cluster's centre, the nearest first.
    """

    keywords: tuple[str, ...]
    name: str
    typical: tuple[int, ...]


def describe(
    documents: Sequence[str],
    embedding: NDArray[np.float32],
    clustering: Clustering,
    *,
    report: Report = no_report,
) -> dict[int, Description]:
    """Return a description of every cluster, by its id.

    Args:
        documents: One text per document.
        embedding: float32, shape (n_documents, n_dimensions), rows of unit length.
        clustering: Their clusters.
        report: Told how many documents of all are read.

    Raises:
        Cancelled: The reporter no longer wants the descriptions.
    """
    found = keywords(documents, clustering.ids, report=report)
    order = _nearest_first(embedding, clustering)
    seen = {cluster: [documents[row] for row in order[cluster][:_SEEN_FOR_NAME]] for cluster in found}
    named = names(found, seen)
    return {
        cluster: Description(found[cluster], named[cluster], _different(order[cluster], documents)) for cluster in found
    }


def _nearest_first(embedding: NDArray[np.float32], clustering: Clustering) -> dict[int, NDArray[np.int64]]:
    centres = centres_of(embedding, clustering.ids)
    rows = np.flatnonzero(clustering.ids >= 0)
    nearness = np.einsum("ij,ij->i", embedding[rows], centres[clustering.ids[rows]])
    order = rows[np.lexsort((rows, -nearness, clustering.ids[rows]))]
    bounds = np.cumsum(np.bincount(clustering.ids[order], minlength=len(centres)))[:-1]
    return dict(enumerate(np.split(order, bounds)))


def _different(rows: NDArray[np.int64], documents: Sequence[str]) -> tuple[int, ...]:
    """Return the first rows whose texts differ."""
    first: dict[str, int] = {}
    for row in rows.tolist():
        first.setdefault(documents[row].strip(), row)
        if len(first) == N_TYPICAL:
            break
    return tuple(first.values())
