"""Tokens to vectors: batches of like length, smaller ones where the memory is too small, parts of a text joined."""

from contextlib import closing
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from verbatlas.encoders.batching import batches_by_length
from verbatlas.encoders.local.abreast import done_abreast
from verbatlas.encoders.local.precision import Way
from verbatlas.encoders.local.tokens import Tokens
from verbatlas.progress import Report

_NO_MEMORY = (
    "out of memory",
    "bad_alloc",
    "not enough memory",
    "failed to allocate",
    "could not allocate",
    "can't allocate",
)


class Model(Protocol):
    """A loaded model."""

    @property
    def way(self) -> Way:
        """What runs it."""

    def __call__(self, ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return unit vectors: float32, shape (n_parts, n_dimensions); ids and mask have shape (n_parts, n_tokens)."""


class Inference:
    """Runs a model over batches of at most ``tokens`` tokens, padding included.

    Where the memory is too small for a batch, it and all later ones are halved.
    """

    def __init__(self, model: Model, *, tokens: int, n_dimensions: int) -> None:
        self.model = model
        self._tokens = tokens
        self._n_dimensions = n_dimensions

    def vectors(self, tokens: Tokens, *, report: Report) -> NDArray[np.float32]:
        """Return one unit vector per text: float32, shape (n_texts, n_dimensions).

        The vector of a text in parts is the mean of theirs, weighed by their tokens.

        Args:
            tokens: Of the texts.
            report: Told how many of the tokens are done, at every batch.

        Raises:
            MemoryError: There is not enough for a single part; or what the device raises then.
            Cancelled: The reporter no longer wants the vectors.
        """
        by_part = np.empty((len(tokens.lengths), self._n_dimensions), dtype=np.float32)
        total, done = max(1, int(tokens.lengths.sum())), 0

        def run(batch: NDArray[np.int64]) -> int:
            self._run(tokens, batch, by_part)
            return int(tokens.lengths[batch].sum())

        batches = list(batches_by_length(tokens.lengths, tokens=self._tokens))
        with closing(done_abreast(run, batches, at_once=self.model.way.streams)) as sizes:
            for size in sizes:
                done += size
                report(done, total)
        return _joined(by_part, tokens)

    def _run(self, tokens: Tokens, batch: NDArray[np.int64], into: NDArray[np.float32]) -> None:
        size = len(batch) * int(tokens.lengths[batch].max())
        try:
            if size <= self._tokens or len(batch) == 1:
                into[batch] = self.model(*tokens.padded(batch))
                return
        except (MemoryError, RuntimeError) as error:
            if len(batch) == 1 or not is_out_of_memory(error):
                raise
            self._tokens = max(1, size // 2)
        for half in np.array_split(batch, 2):
            self._run(tokens, half, into)


def is_out_of_memory(error: BaseException) -> bool:
    """Return whether an error of a runtime says that there was not enough memory, on the card or beside it."""
    return isinstance(error, MemoryError) or any(words in str(error).lower() for words in _NO_MEMORY)


def _joined(by_part: NDArray[np.float32], tokens: Tokens) -> NDArray[np.float32]:
    n_texts = len(tokens.cut)
    if len(by_part) == n_texts:
        return by_part
    vectors = np.zeros((n_texts, by_part.shape[1]), dtype=np.float32)
    np.add.at(vectors, tokens.texts, by_part * tokens.lengths[:, None].astype(np.float32))
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), np.finfo(np.float32).tiny)
    # What was read whole keeps the model's own vector to the last bit.
    n_parts = np.bincount(tokens.texts, minlength=n_texts)
    whole = n_parts[tokens.texts] == 1
    vectors[tokens.texts[whole]] = by_part[whole]
    return vectors
