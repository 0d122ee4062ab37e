"""How like each other documents are, by the angle between their vectors."""

import numpy as np
from numpy.typing import NDArray

_NOTHING = 1e-6  # the length of a vector that is zero but for rounding


def similarities(vectors: NDArray[np.float32], direction: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the cosine of the angle between each vector and ``direction``.

    Args:
        vectors: float32, shape (n_documents, n_dimensions), rows of unit length, or zero for blank documents.
        direction: float32, shape (n_dimensions,), of any length.

    Returns:
        float32, shape (n_documents,), -1..1; 0 for blank documents, and everywhere where the direction is zero.
    """
    length = float(np.linalg.norm(direction))
    if length <= _NOTHING:
        return np.zeros(len(vectors), np.float32)
    cosines: NDArray[np.float32] = vectors @ (direction / length).astype(np.float32)
    return np.clip(cosines, -1, 1, out=cosines)


def similar_to(vectors: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return how like every document is to those of ``rows`` together: to the mean of their vectors.

    Args:
        vectors: float32, shape (n_documents, n_dimensions), rows of unit length, or zero for blank documents.
        rows: Row numbers; blank ones among them count for nothing.

    Returns:
        float32, shape (n_documents,), -1..1; 0 for blank documents, and everywhere where all of ``rows`` are blank.
    """
    if len(rows) == 0:
        return np.zeros(len(vectors), np.float32)
    return similarities(vectors, vectors[rows].mean(axis=0, dtype=np.float64).astype(np.float32))


def most_similar(cosines: NDArray[np.float32], n: int) -> NDArray[np.bool_]:
    """Return which documents are the ``n`` most similar; those that share nothing (0 or less) are never among them.

    Where several are equally similar at the edge, the first rows are taken.

    Args:
        cosines: float32, shape (n_documents,), as :func:`similarities` returns them.
        n: How many at most.

    Returns:
        bool, shape (n_documents,).
    """
    alike = np.flatnonzero(cosines > _NOTHING)
    if len(alike) > n:
        edge = np.partition(cosines[alike], len(alike) - n)[len(alike) - n] if n else np.inf
        above, at = alike[cosines[alike] > edge], alike[cosines[alike] == edge]
        alike = np.concatenate([above, at[: n - len(above)]])
    chosen = np.zeros(len(cosines), np.bool_)
    chosen[alike] = True
    return chosen
