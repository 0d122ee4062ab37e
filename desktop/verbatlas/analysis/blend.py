"""Meaning and wording in one vector: what a document's neighbours are found by."""

import numpy as np
from numpy.typing import NDArray

from verbatlas.analysis.blocks import even_rows
from verbatlas.analysis.wording import Wording

# Measured on eight labelled tables, and on 24 small ones drawn from them, with MiniLM and the Universal Sentence
# Encoder: docs/benchmarks.md. Few documents teach little about wording: of so many, half as much of it counts.
_SHARE, _FEW = 0.25, 400
_MOST_WEIGHT = 0.6  # where the wording hardly tells any apart, it must not drown the meaning
# What is shared word for word, beside a cosine of the two above. Fewer documents than this seldom share a rare word by
# anything but chance; and where an encoder's cosines lie narrower than those of the wording, it must not drown them.
_GRAMS_WEIGHT, _FEW_FOR_GRAMS, _NARROW = 0.45, 4_000, 0.6
_SAMPLE, _NEAREST = 1_500, 5


class Blend:
    """The vectors of an encoder with the axes of the wording beside them, made a few rows at a time.

    What two documents say and how they put it agree with people better together, as in Chen et al. 2024 (BGE
    M3-Embedding), who rank by a weighted sum of dense and lexical scores. The cosine of two blended rows is the
    weighted mean of the two cosines. What they share word for word is added for those that are near by this: the axes
    have room for common words only, and two comments may differ by a rare one.

    Attributes:
        weight: How long the wording's axes are beside a vector of length 1.
        grams_weight: How much what is shared word for word counts beside the cosine of two blended rows.
    """

    def __init__(self, embedding: NDArray[np.float32], wording: Wording) -> None:
        """Weigh the wording by how many documents taught it, and alike however widely an encoder's cosines spread.

        Args:
            embedding: float32, shape (n_documents, n_dimensions), rows of unit length.
            wording: Of the same documents.
        """
        self._embedding, self._wording = embedding, wording
        n = len(embedding)
        sample = even_rows(n, most=_SAMPLE)
        spread = _spread(wording.axes[sample])
        ratio = max(0.0, _spread(embedding[sample]) / spread) if spread > 0 else 0.0
        # In hundredths: the same model on another computer differs in the sixth decimal, and must weigh the same.
        self.weight = round(float(min(_MOST_WEIGHT, (_SHARE * n / (n + _FEW) * ratio) ** 0.5)), 2)
        self.grams_weight = round(float(_GRAMS_WEIGHT * n / (n + _FEW_FOR_GRAMS) * min(1.0, ratio / _NARROW)), 2)

    def take(self, rows: slice | NDArray[np.int64]) -> NDArray[np.float32]:
        """Return some rows: float32, shape (n_rows, n_dimensions + n_axes), of unit length."""
        both = np.hstack([self._embedding[rows], self.weight * self._wording.axes[rows]], dtype=np.float32)
        both /= np.maximum(np.linalg.norm(both, axis=1, keepdims=True), 1e-12)
        return both

    def reranked(
        self, first: int, candidates: NDArray[np.int64], similarities: NDArray[np.float32], *, k: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the ``k`` most like of some documents' candidates, and how like they are, falling.

        Args:
            first: The first of the documents, which follow one another.
            candidates: int64, shape (n_rows, n_candidates); -1 where there is none.
            similarities: float32, the same shape: cosines of blended rows.
            k: How many are wanted.
        """
        both = similarities + self.grams_weight * self._wording.likeness(first, candidates)
        both /= 1 + self.grams_weight
        best = np.argsort(-both, axis=1, kind="stable")[:, :k]
        return np.take_along_axis(candidates, best, 1), np.take_along_axis(both, best, 1)


def _spread(vectors: NDArray[np.float32]) -> float:
    """Return by how much the nearest few are more alike than any two are in the mean, in cosine."""
    n = len(vectors)
    k = min(_NEAREST, n - 1)
    if k < 1:
        return 0.0
    similarities = vectors @ vectors.T
    np.fill_diagonal(similarities, 0)
    mean = similarities.sum(dtype=np.float64) / (n * (n - 1))
    np.fill_diagonal(similarities, -2)
    nearest = np.partition(similarities, n - k, axis=1)[:, n - k :]
    return float(nearest.mean(dtype=np.float64) - mean)
