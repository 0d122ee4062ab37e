"""Compiled loops over the neighbour graph; the first call on a computer compiles them, later ones load them."""

# The types of compiled functions are beyond numba's stubs: the callers in layout.py and graph_weights.py are typed.
# mypy: disable-error-code="no-untyped-def,no-untyped-call,misc"

import numpy as np
from numba import njit, prange

_BISECTIONS = 48


@njit(cache=True, parallel=True, nogil=True)
def membership_strengths(distances, target):
    """Return how strongly each document belongs to each neighbour: float32, the shape of ``distances``, 0..1.

    The width of each document's neighbourhood is set so that its strengths sum to ``target`` (McInnes et al. 2018,
    UMAP, algorithm 3); rows of ``distances`` rise.
    """
    n, k = distances.shape
    strengths = np.empty((n, k), np.float32)
    for i in prange(n):
        nearest = distances[i, 0]
        low, high, width = 0.0, np.inf, 1.0
        for _ in range(_BISECTIONS):
            total = 0.0
            for j in range(k):
                total += np.exp(-max(0.0, distances[i, j] - nearest) / width)
            if total > target:
                high = width
                width = (low + high) / 2
            else:
                low = width
                width = width * 2 if high == np.inf else (low + high) / 2
        width = max(width, 1e-3 * distances[i].mean(), 1e-9)
        for j in range(k):
            strengths[i, j] = np.exp(-max(0.0, distances[i, j] - nearest) / width)
    return strengths


@njit(cache=True, parallel=True, nogil=True)
def sparse_products(starts, columns, values, first, others):
    """Return the product of some rows of a sparse matrix with others: float32, the shape of ``others``.

    Args:
        starts: int32 or int64, shape (n + 1,): where each row begins.
        columns: Likewise, rising in each row.
        values: float32, as long.
        first: The first of the rows, which follow one another.
        others: int64, shape (n_rows, n_others): what each of them is multiplied with; -1 for none, of product 0.
    """
    n, n_others = others.shape
    products = np.zeros((n, n_others), np.float32)
    for i in prange(n):
        row = first + i
        for place in range(n_others):
            j = others[i, place]
            if j < 0:
                continue
            own, other = starts[row], starts[j]
            total = 0.0
            while own < starts[row + 1] and other < starts[j + 1]:
                if columns[own] == columns[other]:
                    total += values[own] * values[other]
                    own += 1
                    other += 1
                elif columns[own] < columns[other]:
                    own += 1
                else:
                    other += 1
            products[i, place] = total
    return products


@njit(inline="always")
def _next_random(state):
    """Return the next state and value of SplitMix64 (Steele et al. 2014)."""
    state += np.uint64(0x9E3779B97F4A7C15)
    value = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return state, value ^ (value >> np.uint64(31))


@njit(cache=True, parallel=True, nogil=True, fastmath=True)
def move_points(old, new, starts, ends, weights, a, b, rate, n_samples, stream):  # noqa: PLR0917 - compiled functions take no keywords
    """Write to ``new`` where the points of ``old`` go in one epoch of layout.

    Every point reads the old positions only and writes only itself, so the result does not depend on the number of
    threads. The pull of the neighbours is solved for implicitly, which cannot overshoot however strong it is; the push
    of random others is explicit and bounded.

    Args:
        old: float32, shape (n, n_components).
        new: Like ``old``; overwritten.
        starts: Where each point's neighbours begin in ``ends``, shape (n + 1,).
        ends: The neighbours, one after the other.
        weights: float32, how strongly each pulls.
        a: The similarity of two points at distance d is 1 / (1 + a d^(2b)).
        b: Likewise.
        rate: How far points go in this epoch, falling from 1 to 0.
        n_samples: How many random others push a point.
        stream: A number that makes this epoch's random choices its own.
    """
    n, n_components = old.shape
    for i in prange(n):
        pull = 0.0
        pulled = np.zeros(n_components, np.float64)
        degree = 0.0
        for edge in range(starts[i], starts[i + 1]):
            j = ends[edge]
            squared = 0.0
            for c in range(n_components):
                squared += (old[i, c] - old[j, c]) ** 2
            steepness = squared ** (b - 1.0) if squared > 0.0 else 0.0
            strength = 4.0 * a * b * steepness * weights[edge] * rate / (1.0 + a * steepness * squared)
            pull += strength
            degree += weights[edge]
            for c in range(n_components):
                pulled[c] += strength * old[j, c]
        pushed = np.zeros(n_components, np.float64)
        state = np.uint64(stream) ^ (np.uint64(i) * np.uint64(0xD1B54A32D192ED03))
        for _ in range(n_samples):
            state, value = _next_random(state)
            j = np.int64(value % np.uint64(n))
            squared = 0.0
            for c in range(n_components):
                squared += (old[i, c] - old[j, c]) ** 2
            if squared > 0.0:
                strength = 2.0 * b / ((0.001 + squared) * (1.0 + a * squared**b))
                for c in range(n_components):
                    pushed[c] += min(4.0, max(-4.0, strength * (old[i, c] - old[j, c])))
        scale = rate * 5.0 * degree / n_samples
        for c in range(n_components):
            new[i, c] = (old[i, c] + pulled[c]) / (1.0 + pull) + scale * pushed[c]
