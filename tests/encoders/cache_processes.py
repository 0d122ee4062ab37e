"""What the tests of the vector cache run in processes of their own; started as ``python cache_processes.py ...``."""

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from verbatlas.encoders.vector_cache import VectorCache

SPACE, N_DIMENSIONS, AT_ONCE = "an encoder", 384, 300


def texts_of(name: str, batch: int) -> list[str]:
    return [f"{name} {batch} {number}" for number in range(AT_ONCE)]


def vectors_of(texts: list[str]) -> NDArray[np.float32]:
    """Return vectors that can be told from the texts: float32, shape (n_texts, N_DIMENSIONS)."""
    seeds = np.array([sum(map(ord, text)) * 1000 + len(text) for text in texts])
    return np.sin(seeds[:, None] + np.arange(N_DIMENSIONS)).astype(np.float32)


def keep(path: Path, name: str, n_batches: int) -> None:
    """Keep batch after batch, and say so after each."""
    with VectorCache(path, most_bytes=10**9, left_free=0) as cache:
        for batch in range(n_batches):
            texts = texts_of(name, batch)
            cache.keep(SPACE, texts, vectors_of(texts), np.zeros(len(texts), np.bool_))
            sys.stdout.write(f"{batch}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    if len(sys.argv) > 4:  # no file may become larger: as on a disk that is full
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[4]),) * 2)
    keep(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
