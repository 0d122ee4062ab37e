"""The cluster to which each comment would belong next, for a column of the exported table."""

import numpy as np
from numpy.typing import NDArray

from verbatlas.analysis.assignment import centres
from verbatlas.progress import Report
from verbatlas.study.labelling import Labelling

_BLOCK = 16_384


def second_clusters(
    vectors: NDArray[np.float32], labelling: Labelling, *, rows: NDArray[np.int64] | None = None, report: Report
) -> list[str]:
    """Return the name of the cluster whose middle is nearest, the comment's own left out; empty where there is none.

    Args:
        vectors: float32, shape (n_documents, n_dimensions), rows of unit length, zero for blank documents.
        labelling: Who belongs where.
        rows: The documents that are asked for, shape (n_wanted,); None for all.
        report: Told how many documents are done.

    Raises:
        Cancelled: The reporter no longer wants them.
    """
    middles = centres(vectors, labelling.members)
    n_wanted = len(vectors) if rows is None else len(rows)
    if not len(middles.ids):
        return [""] * n_wanted
    names = np.array([labelling.clusters[id_].name for id_ in middles.ids.tolist()], dtype=object)
    found: list[str] = []
    for start in range(0, n_wanted, _BLOCK):
        some = slice(start, start + _BLOCK) if rows is None else rows[start : start + _BLOCK]
        block = vectors[some]
        similarities = block @ middles.vectors.T
        similarities[labelling.members[some][:, None] == middles.ids[None, :]] = -np.inf
        best = similarities.argmax(axis=1)
        is_known = block.any(axis=1) & np.isfinite(similarities[np.arange(len(block)), best])
        found += [name if known else "" for name, known in zip(names[best].tolist(), is_known.tolist(), strict=True)]
        report(min(start + _BLOCK, n_wanted), n_wanted)
    return found
