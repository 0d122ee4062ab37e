"""What any method can reach with the vectors as they are: the measure for the analyst's effort.

    python tests/benchmarks/label_ceiling.py [--data banking77_train ms_chitchat_zh]

Three questions. How right is a classifier on comments that nobody read, when all others are labelled (five folds)?
How right is it with only a few labelled comments, the labelled ones counted as right (two draws at random)? And how
right are names alone, when an oracle that knows every label cuts a tree of small communities (Ward 1963 on their
middles) into the purest possible number of clusters and names each by what most of its comments are?
"""

import argparse
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from analyst_effort import Comments, prepared
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.neighbors import KNeighborsClassifier

from verbatlas.analysis.communities import communities

_SEED = 7
_LABELLED = (1, 2, 3, 6, 13)  # comments per label
_CLUSTERS = (1, 2, 3, 4)  # per label
_TREE_DETAIL = 8
_DRAWS = 2
_METHODS: dict[str, Callable[[], Any]] = {
    "logistic regression": lambda: LogisticRegression(C=20, max_iter=60, tol=1e-3),
    "nearest neighbours": lambda: KNeighborsClassifier(3, metric="cosine", weights="distance"),
}


def held_out(vectors: NDArray[np.float32], codes: NDArray[np.int64], method: Callable[[], Any]) -> float:
    """Return the share of right guesses on a fifth from the other four, the mean of all five."""
    folds = StratifiedKFold(5, shuffle=True, random_state=_SEED).split(vectors, codes)
    return float(np.mean([_right(vectors, codes, known, method)[asked].mean() for known, asked in folds]))


def from_few(vectors: NDArray[np.float32], codes: NDArray[np.int64], n: int, method: Callable[[], Any]) -> float:
    """Return the share that is right when ``n`` comments at random are labelled by hand and the others by them."""
    shares = []
    for draw in range(_DRAWS):
        known = np.random.default_rng(_SEED + draw).choice(len(codes), n, replace=False)
        right = _right(vectors, codes, known, method)
        right[known] = True
        shares.append(right.mean())
    return float(np.mean(shares))


def _right(
    vectors: NDArray[np.float32], codes: NDArray[np.int64], known: NDArray[np.int64], method: Callable[[], Any]
) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = method().fit(vectors[known], codes[known]).predict(vectors) == codes
    return found


def purest(comments: Comments, codes: NDArray[np.int64], numbers: Sequence[int]) -> list[float]:
    """Return the share that is right when the best cut of the tree into so many clusters is named."""
    small = communities(comments.arrangement.graph, comments.vectors, n_clusters=None, detail=_TREE_DETAIL, seed=_SEED)
    n = int(small.max()) + 1
    counts = np.zeros((n, int(codes.max()) + 1))
    np.add.at(counts, (small, codes), 1)
    middles = np.zeros((n, comments.vectors.shape[1]))
    np.add.at(middles, small, comments.vectors)
    sizes = counts.sum(axis=1)
    middles /= sizes[:, None]
    losses = np.stack([_loss(middles, sizes, one) for one in range(n)])
    best = [np.array([count.max()]) for count in counts]  # right comments by the number of clusters
    for _ in range(n - 1):
        kept, gone = sorted(divmod(int(losses.argmin()), n))
        counts[kept] += counts[gone]
        middles[kept] = (middles[kept] * sizes[kept] + middles[gone] * sizes[gone]) / (sizes[kept] + sizes[gone])
        sizes[kept] += sizes[gone]
        best[kept] = _together(best[kept], best[gone], whole=counts[kept].max())
        losses[gone], losses[:, gone] = np.inf, np.inf
        again = _loss(middles, sizes, kept)
        again[np.isinf(losses[kept])] = np.inf
        losses[kept], losses[:, kept] = again, again
    top = max(best, key=len)
    return [float(top[min(number, len(top)) - 1]) / len(codes) for number in numbers]


def _loss(middles: NDArray[np.float64], sizes: NDArray[np.float64], one: int) -> NDArray[np.float64]:
    distances = ((middles - middles[one]) ** 2).sum(axis=1)
    loss: NDArray[np.float64] = distances * sizes * sizes[one] / (sizes + sizes[one])
    loss[one] = np.inf
    return loss


def _together(first: NDArray[np.float64], second: NDArray[np.float64], *, whole: float) -> NDArray[np.float64]:
    """Return how many are right for every number of clusters of two branches, or of both as one cluster."""
    best = np.full(len(first) + len(second), whole)
    for place, right in enumerate(first):
        reached = slice(place + 1, place + 1 + len(second))
        best[reached] = np.maximum(best[reached], right + second)
    found: NDArray[np.float64] = np.maximum.accumulate(best)
    return found


def main() -> None:
    """Print what can be reached, per file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", nargs="+", default=["banking77_train", "ms_chitchat_zh"])
    for name in parser.parse_args().data:
        comments = prepared(name)
        labels, codes = np.unique(comments.truth, return_inverse=True)
        print(f"\n{name}: {len(codes):,} comments, {len(labels)} labels\n")
        print("| | " + " | ".join(f"{n * len(labels):,} labelled" for n in _LABELLED) + " | four fifths |")
        print("| --- |" + " --- |" * (len(_LABELLED) + 1))
        for title, method in _METHODS.items():
            few = [from_few(comments.vectors, codes, n * len(labels), method) for n in _LABELLED]
            shares = " | ".join(f"{share:.1%}" for share in (*few, held_out(comments.vectors, codes, method)))
            print(f"| {title} | {shares} |", flush=True)
        numbers = [n * len(labels) for n in _CLUSTERS]
        for number, share in zip(numbers, purest(comments, codes, numbers), strict=True):
            print(f"{number:,} names for the purest clusters: {share:.1%}", flush=True)


if __name__ == "__main__":
    main()
