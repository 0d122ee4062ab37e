"""How documents are worded, beside what they mean."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """The wording of documents, in outline and word for word.

    Attributes:
        axes: float32, shape (n_documents, n_axes), rows of unit length or zero: the strongest axes of the wording,
            short enough to search by.
        grams: A scipy CSR matrix, float32, shape (n_documents, n_sequences), columns rising, rows of unit length or
            zero: how much each sequence of characters tells of each document. Any two are quickly compared by it.
    """

    axes: NDArray[np.float32]
    grams: Any

    def likeness(self, first: int, candidates: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the cosines of some documents' sequences and those of others: float32, 0..1, the candidates' shape.

        Args:
            first: The first of the documents, which follow one another.
            candidates: int64, shape (n_rows, n_candidates): whom each is compared with; -1 for nobody, of cosine 0.
        """
        from verbatlas.analysis.kernels import sparse_products  # noqa: PLC0415 - compiles

        found: NDArray[np.float32] = sparse_products(
            self.grams.indptr, self.grams.indices, self.grams.data, first, candidates
        )
        return found
