"""Multinomial logistic regression on vectors: fitted to some documents, asked about all."""

import numpy as np
from numpy.typing import NDArray

from verbatlas.analysis.blocks import blocks


def fitted(
    vectors: NDArray[np.float32],
    codes: NDArray[np.int64],
    *,
    penalty: float,
    steps: int,
    tolerance: float,
    worth: NDArray[np.float64] | None = None,
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return one row of weights and one offset per class.

    Args:
        vectors: float32, shape (n_lessons, n_dimensions), rows of unit length.
        codes: int64, shape (n_lessons,): the class of each, from 0; at least two, and none without a lesson.
        penalty: scikit-learn's C: vectors of unit length want a weak one, which is a large number.
        steps: How many the solver takes at most.
        tolerance: At which gradient it is content before.
        worth: float64, shape (n_lessons,): how much each lesson weighs; None for all alike.

    Returns:
        float32, shape (n_classes, n_dimensions), and float32, shape (n_classes,).
    """
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - heavy

    model = LogisticRegression(C=penalty, max_iter=steps, tol=tolerance)
    model.fit(vectors, codes, sample_weight=worth)
    weights, offsets = model.coef_.astype(np.float32), model.intercept_.astype(np.float32)
    if len(weights) == 1:  # of two classes scikit-learn keeps the second alone
        return np.vstack([np.zeros_like(weights), weights]), np.append(np.zeros(1, np.float32), offsets)
    return weights, offsets


def totals(
    vectors: NDArray[np.float32], weights: NDArray[np.float32], offsets: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return the logarithm of what all classes' exponentials add up to: float32, shape (n_documents,)."""
    found = np.empty(len(vectors), np.float32)
    for part in blocks(len(vectors)):
        found[part] = _log_sum(vectors[part] @ weights.T + offsets)
    return found


def likelihoods(
    vectors: NDArray[np.float32], weights: NDArray[np.float32], offsets: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return how likely each class is for each document: float32, shape (n_documents, n_classes), rows add up to 1.

    All of it is in memory at once, so whoever has many documents asks about some at a time.
    """
    scores = vectors @ weights.T + offsets
    found: NDArray[np.float32] = np.exp(scores - _log_sum(scores)[:, None])
    return found


def _log_sum(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the logarithm of the sum of the exponentials of each row."""
    highest = scores.max(axis=1)
    sums: NDArray[np.float32] = highest + np.log(np.exp(scores - highest[:, None]).sum(axis=1))
    return sums
