"""The cluster to which each comment would belong next, as a column of the exported table."""

import numpy as np
from numpy.typing import NDArray

from verbatlas.analysis.assignment import centres
from verbatlas.progress import Report
from verbatlas.study import Labelling

SECOND = "second_cluster"
_BLOCK = 16_384


def second_clusters(vectors: NDArray[np.float32], labelling: Labelling, *, report: Report) -> list[str]:
    """Return the name of the cluster whose middle is nearest, the comment's own left out; empty where there is none.

    Args:
        vectors: float32, shape (n_documents, n_dimensions), rows of unit length, zero for blank documents.
        labelling: Who belongs where.
        report: Told how many documents are done.

    Raises:
        Cancelled: The reporter no longer wants them.
    """
    middles = centres(vectors, labelling.members)
    if not len(middles.ids):
        return [""] * len(vectors)
    names = np.array([labelling.clusters[id_].name for id_ in middles.ids.tolist()], dtype=object)
    found: list[str] = []
    for start in range(0, len(vectors), _BLOCK):
        block = vectors[start : start + _BLOCK]
        similarities = block @ middles.vectors.T
        members = labelling.members[start : start + _BLOCK]
        similarities[members[:, None] == middles.ids[None, :]] = -np.inf
        best = similarities.argmax(axis=1)
        is_known = block.any(axis=1) & np.isfinite(similarities[np.arange(len(block)), best])
        found += [name if known else "" for name, known in zip(names[best].tolist(), is_known.tolist(), strict=True)]
        report(min(start + _BLOCK, len(vectors)), len(vectors))
    return found
