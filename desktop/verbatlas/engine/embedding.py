"""Documents to vectors in parts: each is handed out as soon as it is there, so that a killed job goes on after it."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verbatlas.encoders import Embedding, Encoder
from verbatlas.engine.blank import Rows
from verbatlas.progress import Report

PART_DOCUMENTS = 2048  # a few seconds of work on two cores: what a killed job loses at most
_KNOWN_FOR_A_NEW_ONE = 32
_SEEN = -1  # the place of a text that an earlier part had


@dataclass(frozen=True, slots=True, eq=False)
class EmbeddedRows:
    """The vectors of the next rows of the table.

    Attributes:
        start: The first row; those before it were handed out earlier.
        embedding: One vector per row from there on, zero for blank ones; ``n_cut`` counts from the first row of the
            table.
    """

    start: int
    embedding: Embedding


Keep = Callable[[EmbeddedRows], None]


def forget(part: EmbeddedRows) -> None:
    """Keep nothing."""


def embed_rows(
    encoder: Encoder,
    documents: Sequence[str],
    rows: Rows,
    *,
    begun: Embedding | None,
    keep: Keep,
    report: Report,
    known: NDArray[np.bool_] | None = None,
) -> Embedding:
    """Encode the documents of ``rows``, each text once.

    The parts end at the same rows whether the work goes on from an earlier one or not, so the vectors are the same to
    the last bit. Should the encoder turn out to be another in the middle of it, as one with a cache can whose model was
    not needed before, all is done again from the first row.

    Args:
        encoder: Prepared.
        documents: The text of every row of the table.
        rows: The rows with text, rising.
        begun: The vectors of the first rows as an earlier job handed them out; left aside where another encoder made
            them, or one that must see all documents at once.
        keep: Is handed every part when it is there.
        report: Hears how many of ``rows`` are done.
        known: Which of ``rows`` need next to no work, bool; None for no row. Parts have more of these.

    Returns:
        One row per document of the table, zero where it is not in ``rows``.

    Raises:
        Cancelled: The reporter no longer wants the vectors.
    """
    if encoder.learns:
        return _embed_at_once(encoder, documents, rows, keep=keep, report=report)
    if begun is not None and begun.identity != encoder.encode([]).identity:
        begun = None
    while True:
        work = _Parts(encoder, documents, rows, report=report)
        done = 0 if begun is None else work.go_on_from(begun)
        for stop in _part_ends(np.zeros(len(rows), np.bool_) if known is None else known, start=done):
            part = work.encode(done, stop)
            if part is None:
                begun = None
                break
            keep(part)
            done = stop
        else:
            return work.embedding


def _part_ends(known: NDArray[np.bool_], *, start: int) -> list[int]:
    """Return the positions behind the last row of each part: PART_DOCUMENTS rows, known ones counting as next to none.

    Known rows come in larger parts because they are read in the order of the disk, not of the table; and the few new
    ones among them are encoded together.
    """
    if start == len(known):
        return []
    costs = np.cumsum(np.where(known[start:], 1, _KNOWN_FOR_A_NEW_ONE)) - 1
    number = costs // (PART_DOCUMENTS * _KNOWN_FOR_A_NEW_ONE)
    ends: list[int] = (start + 1 + np.flatnonzero(np.diff(number))).tolist()
    return [*ends, len(known)]


def _embed_at_once(encoder: Encoder, documents: Sequence[str], rows: Rows, *, keep: Keep, report: Report) -> Embedding:
    encoded = encoder.encode([documents[row] for row in rows], report=report)
    vectors = np.zeros((len(documents), encoded.vectors.shape[1]), np.float32)
    vectors[rows] = encoded.vectors
    embedding = Embedding(vectors, encoded.identity, n_cut=int(encoded.cut.sum()))
    keep(EmbeddedRows(0, embedding))
    return embedding


class _Parts:
    """The vectors of a table while they are becoming more."""

    def __init__(self, encoder: Encoder, documents: Sequence[str], rows: Rows, *, report: Report) -> None:
        self._encoder = encoder
        self._documents = documents
        self._rows = rows
        self._report = report
        self._times = Counter(documents[row] for row in rows)
        self._first: dict[str, int] = {}
        self.embedding = Embedding(np.zeros((0, 0), np.float32), encoder.encode([]).identity)

    def go_on_from(self, begun: Embedding) -> int:
        """Take vectors over and return the position in ``rows`` of the first row without one."""
        self._hold(begun.vectors.shape[1])
        self.embedding.vectors[: len(begun.vectors)] = begun.vectors
        self.embedding = Embedding(self.embedding.vectors, begun.identity, n_cut=begun.n_cut)
        done = int(np.searchsorted(self._rows, len(begun.vectors)))
        for row in self._rows[:done].tolist():
            self._first.setdefault(self._documents[row], row)
        return done

    def encode(self, start: int, stop: int) -> EmbeddedRows | None:
        """Encode the part between these positions in ``rows``; None if another encoder did it than the parts before."""
        documents, n_rows = self._documents, len(self._rows)
        rows = self._rows[start:stop].tolist()
        new = list(dict.fromkeys(text for row in rows if (text := documents[row]) not in self._first))

        def report(done: int, total: int) -> None:
            self._report(start + len(rows) * done // max(1, total), n_rows)

        report(0, 1)
        encoded = self._encoder.encode(new, report=report)
        if start and encoded.identity != self.embedding.identity:
            return None
        self._hold(encoded.vectors.shape[1])
        position = {text: place for place, text in enumerate(new)}
        places = np.fromiter((position.get(documents[row], _SEEN) for row in rows), np.int64, len(rows))
        is_new = places != _SEEN
        vectors = self.embedding.vectors
        for row in self._rows[start:stop][~is_new].tolist():
            vectors[row] = vectors[self._first[documents[row]]]
        if is_new.all() and rows[-1] - rows[0] == len(rows) - 1:  # no copy in between: memory is the slow part here
            np.take(encoded.vectors, places, axis=0, out=vectors[rows[0] : rows[-1] + 1], mode="clip")
        else:
            vectors[self._rows[start:stop][is_new]] = encoded.vectors[places[is_new]]
        if stop < n_rows:
            for row in rows:
                self._first.setdefault(documents[row], row)
        n_cut = sum(self._times[new[place]] for place in np.flatnonzero(encoded.cut).tolist())
        self.embedding = Embedding(vectors, encoded.identity, n_cut=self.embedding.n_cut + n_cut)
        report(1, 1)
        return self._part(start, stop)

    def _part(self, start: int, stop: int) -> EmbeddedRows:
        """Return the rows of the table from one position in ``rows`` to another, with the blank ones before it."""
        first = int(self._rows[start]) if start else 0
        end = int(self._rows[stop]) if stop < len(self._rows) else len(self._documents)
        now = self.embedding
        return EmbeddedRows(first, Embedding(now.vectors[first:end], now.identity, n_cut=now.n_cut))

    def _hold(self, n_dimensions: int) -> None:
        """Make room for all vectors once their length is known."""
        if len(self.embedding.vectors) != len(self._documents):
            room: NDArray[np.float32] = np.zeros((len(self._documents), n_dimensions), np.float32)
            self.embedding = Embedding(room, self.embedding.identity)
