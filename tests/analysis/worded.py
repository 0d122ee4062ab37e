"""Made-up wordings for tests."""

import numpy as np
import scipy.sparse
from numpy.typing import NDArray

from verbatlas.analysis import Wording


def worded(axes: NDArray, grams: NDArray | None = None) -> Wording:
    """Return a wording with these axes, and nothing shared word for word unless ``grams``, dense, says it."""
    if grams is None:
        grams = np.zeros((len(axes), 1))
    return Wording(np.ascontiguousarray(axes, dtype=np.float32), scipy.sparse.csr_matrix(grams.astype(np.float32)))
