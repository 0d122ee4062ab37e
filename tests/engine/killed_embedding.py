"""An embedding in a process of its own, to be killed; started as ``python killed_embedding.py CACHE``."""

import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from verbatlas.encoders import Encoded, EncoderIdentity
from verbatlas.encoders.cached import CachedEncoder
from verbatlas.encoders.vector_cache import VectorCache
from verbatlas.engine.embedding import PART_DOCUMENTS, EmbeddedRows, embed_rows, forget
from verbatlas.progress import Report, no_report

N_PARTS = 8
DOCUMENTS = [f"comment {row}" for row in range(N_PARTS * PART_DOCUMENTS)]


class Slow:
    """An encoder of two dimensions that takes its time."""

    name = "slow"
    learns = False

    def __init__(self, seconds: float) -> None:
        self.n_encoded = 0
        self._seconds = seconds

    def prepare(self, *, report: Report = no_report) -> None:
        report(1, 1)

    def encode(self, documents: Sequence[str], *, report: Report = no_report) -> Encoded:
        time.sleep(self._seconds if documents else 0)
        self.n_encoded += len(documents)
        report(len(documents), len(documents))
        numbers = np.array([int(text.split()[1]) for text in documents], np.float32)
        vectors = np.stack([np.cos(numbers), np.sin(numbers)], axis=1)
        return Encoded(vectors, EncoderIdentity("slow", "1", "none", "", "fp32"), numbers < 0)

    def encode_queries(self, queries: Sequence[str], *, report: Report = no_report) -> Encoded:
        return self.encode(queries, report=report)


def embed(cache: Path, encoder: Slow, keep=forget) -> np.ndarray:
    with VectorCache(cache, most_bytes=10**8, left_free=0) as vectors:
        cached = CachedEncoder(encoder, vectors)
        known = cached.prepare_for(DOCUMENTS)
        rows = np.arange(len(DOCUMENTS))
        return embed_rows(cached, DOCUMENTS, rows, begun=None, keep=keep, report=no_report, known=known).vectors


def tell(part: EmbeddedRows) -> None:
    sys.stdout.write(f"{part.start}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    embed(Path(sys.argv[1]), Slow(0.05), tell)
