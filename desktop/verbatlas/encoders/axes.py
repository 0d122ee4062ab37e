"""Truncated singular value decomposition of a tall sparse matrix in blocks of rows, so that it can stop anywhere."""

from collections.abc import Callable, Iterable

import numpy as np
import scipy.linalg
import scipy.sparse
from numpy.typing import NDArray

N_ITERATIONS = 4
N_PASSES = N_ITERATIONS + 1  # over the rows
_SPARE = 10  # axes beyond those wanted make the wanted ones settle sooner
_NEGLIGIBLE = 1e-4  # strength relative to the strongest; what is weaker is rounding error


def principal_axes(
    parts: Callable[[], Iterable[scipy.sparse.csr_matrix]], *, n_rows: int, n_columns: int, n_axes: int, seed: int
) -> NDArray[np.float32]:
    """Return the strongest right singular vectors: float32, shape (n_columns, at most ``n_axes``), strongest first.

    Randomised subspace iteration, then Rayleigh-Ritz (Halko, Martinsson & Tropp 2011, Finding structure with
    randomness, algorithms 4.4 and 5.3). Only products with blocks of rows are needed, so nothing as tall as the matrix
    is ever dense. The largest entry of every axis is positive: an axis and its opposite are equally right, and which
    one the arithmetic finds must not change the result.

    Args:
        parts: Called N_PASSES times for the rows, float32, in blocks; whatever it raises passes through.
        n_rows: How many rows all parts have.
        n_columns: How many columns each part has.
        n_axes: How many axes are wanted; there are fewer when the rows have fewer directions.
        seed: Where the random start comes from.
    """
    width = min(n_axes + _SPARE, n_rows, n_columns)
    basis = np.random.default_rng(seed).standard_normal((n_columns, width), dtype=np.float32)
    for _ in range(N_ITERATIONS):
        image = np.zeros_like(basis)
        for part in parts():
            image += part.T @ (part @ basis)
        # numpy's would compute in float64, at twice the time and memory.
        basis = scipy.linalg.qr(image, mode="economic", overwrite_a=True, check_finite=False)[0]
    products = np.zeros((width, width))
    for part in parts():
        coordinates = (part @ basis).astype(np.float64)
        products += coordinates.T @ coordinates
    squared_strengths, turns = np.linalg.eigh(products)
    kept = np.flatnonzero(squared_strengths > _NEGLIGIBLE**2 * squared_strengths[-1])[::-1][:n_axes]
    axes: NDArray[np.float32] = basis @ turns[:, kept].astype(np.float32)
    axes *= np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(axes.shape[1])])
    return axes
