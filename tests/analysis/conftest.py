"""Vectors of real comments, made once."""

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from verbatlas import encoders, tables
from verbatlas.analysis import NeighbourGraph, nearest_neighbours
from verbatlas.progress import no_report

sys.path.insert(0, str(Path(__file__).parent))  # where the tests find worded

SEED = 7


def pytest_itemcollected(item: pytest.Item) -> None:
    """Keep what needs the vectors of the 10,003 questions in one process: they are made once there, in a minute."""
    if "banking" in getattr(item, "fixturenames", ()):
        item.add_marker(pytest.mark.xdist_group("banking"))


@dataclass(frozen=True)
class Labelled:
    """Documents with their vectors, neighbours and what people say they are."""

    documents: tuple[str, ...]
    vectors: NDArray[np.float32]
    graph: NeighbourGraph
    truth: tuple[str, ...]


def _load(path: Path, encoder: str, *, every: int = 1) -> Labelled:
    table = tables.read(path)
    documents = tables.documents(table, (0,))[::every]
    vectors = encoders.load(encoder, seed=SEED).encode(documents, report=no_report).vectors
    truth = tuple(str(cell) for cell in table.column(1))[::every]
    return Labelled(documents, vectors, nearest_neighbours(vectors, seed=SEED), truth)


@pytest.fixture(scope="session")
def banking(shared_data: Path) -> Labelled:
    """10,003 customer questions of 77 intents."""
    return _load(shared_data / "csv" / "banking77_train.csv", "minilm")


@pytest.fixture(scope="session")
def chitchat(shared_data: Path) -> Labelled:
    """Short Chinese sentences, 85 kinds."""
    return _load(shared_data / "csv" / "ms_chitchat_zh.csv", "lexical", every=6)


@pytest.fixture(scope="session")
def blobs() -> Labelled:
    """Six clear groups of 40 in 32 dimensions."""
    random = np.random.default_rng(SEED)
    centres = random.normal(size=(6, 32))
    vectors = np.repeat(centres, 40, axis=0) + 0.25 * random.normal(size=(240, 32))
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    truth = tuple(str(row // 40) for row in range(240))
    return Labelled(tuple(f"row {row}" for row in range(240)), vectors, nearest_neighbours(vectors, seed=SEED), truth)
