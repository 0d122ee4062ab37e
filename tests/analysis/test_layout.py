"""The map keeps neighbours together, is the same every time, and is sane for any number of comments."""

import os
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from verbatlas.analysis import arrange, nearest_neighbours
from verbatlas.analysis.layout import EXTENT
from verbatlas.progress import Cancelled

_PROGRAM = """
import hashlib, numpy as np
from verbatlas.analysis import arrange, nearest_neighbours
rows = np.random.default_rng(1).normal(size=(300, 16)).astype(np.float32)
rows /= np.linalg.norm(rows, axis=1, keepdims=True)
layout = arrange(rows, nearest_neighbours(rows, seed=7), seed=7)
print(hashlib.sha256(layout.tobytes()).hexdigest())
"""


def laid_out(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    return arrange(vectors, nearest_neighbours(vectors, seed=7), seed=7)


def test_groups_lie_together(blobs: Any) -> None:
    layout = laid_out(blobs.vectors)
    distances = np.linalg.norm(layout[:, None] - layout[None], axis=2)
    np.fill_diagonal(distances, np.inf)
    nearest = np.argsort(distances, axis=1)[:, :10]
    truth = np.array(blobs.truth)

    assert np.mean(truth[nearest] == truth[:, None]) > 0.97


def test_the_map_of_real_comments_keeps_their_neighbourhoods(banking: Any) -> None:
    from sklearn.neighbors import NearestNeighbors  # noqa: PLC0415

    layout = arrange(banking.vectors, banking.graph, seed=7)
    _, truth = np.unique(banking.truth, return_inverse=True)
    near = NearestNeighbors(n_neighbors=11).fit(layout).kneighbors(layout)[1][:, 1:]
    votes = np.array([np.bincount(row).argmax() for row in truth[near]])

    # The same vote over the ten nearest in all 384 dimensions gets 0.907 right.
    assert (votes == truth).mean() > 0.87


@pytest.mark.parametrize("n", [2, 40, 240])
def test_a_map_lies_as_windows_do(n: int, blobs: Any) -> None:
    layout = laid_out(blobs.vectors[:n])

    width, height = layout.std(axis=0)
    assert width >= height
    assert abs(np.mean(layout[:, 0] * (layout[:, 1] - layout[:, 1].mean()))) < 0.01 * width**2


@pytest.mark.parametrize("n", [0, 1, 2, 3, 5, 17])
def test_few_comments_have_places(n: int, blobs: Any) -> None:
    layout = laid_out(blobs.vectors[:n])

    assert layout.shape == (n, 2)
    assert layout.dtype == np.float32
    assert np.isfinite(layout).all()
    assert len(np.unique(layout, axis=0)) == n


def test_a_thousand_equal_comments_do_not_lie_on_one_another() -> None:
    layout = laid_out(np.repeat(np.eye(1, 8, dtype=np.float32), 1000, axis=0))

    assert np.isfinite(layout).all()
    assert len(np.unique(layout, axis=0)) > 990
    assert np.abs(layout).max() < 5 * EXTENT


def test_two_programs_draw_the_same_map() -> None:
    digests = {
        subprocess.run(
            [sys.executable, "-c", _PROGRAM],
            capture_output=True,
            text=True,
            check=True,
            env=os.environ | {"NUMBA_NUM_THREADS": threads},
        ).stdout
        for threads in ("1", "2")
    }

    assert len(digests) == 1


def test_another_seed_draws_another_map(blobs: Any) -> None:
    first, second = (arrange(blobs.vectors, blobs.graph, seed=seed) for seed in (1, 2))

    assert not np.array_equal(first, second)


def test_it_reports_its_epochs_and_can_be_cancelled(blobs: Any) -> None:
    seen: list[tuple[int, int]] = []
    arrange(blobs.vectors, blobs.graph, seed=7, report=lambda done, total: seen.append((done, total)))
    assert seen[0][0] == 0
    assert seen[-1][0] == seen[-1][1]

    def stop(done: int, total: int) -> None:
        if done == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        arrange(blobs.vectors, blobs.graph, seed=7, report=stop)


def test_it_reduces_to_more_dimensions_too(blobs: Any) -> None:
    assert arrange(blobs.vectors, blobs.graph, seed=7, n_components=5).shape == (240, 5)
