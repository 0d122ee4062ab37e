"""The vector cache: no text is encoded twice by the same encoder, whichever study it is in."""

import contextlib
import errno
import functools
import itertools
import logging
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from verbatlas.encoders import cache_file, cache_tables
from verbatlas.encoders.cache_blocks import Damaged, Records, Space, are_whole, pack
from verbatlas.encoders.cache_index import Places, digests_of
from verbatlas.encoders.cache_tables import SpaceIndex
from verbatlas.encoders.places import cache_bytes, vectors_path
from verbatlas.progress import Report, no_report

# The cache must not be what fills the disk: a study that cannot be stored is worse than a text encoded twice.
_LEFT_FREE_BYTES = 256 * 1024**2
_BLOCKS_AT_ONCE = 16  # about 4 MB, written in some milliseconds: as long as another window waits
_REMOVALS_AT_ONCE = 8  # some blocks each; where the cache may hold less than before it shrinks in small steps
_MOST_FAILURES = 5  # in a row; then the rest of the job goes on without
_log = logging.getLogger(__name__)

_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What the cache knows of some texts; rows are parallel to the texts.

    Attributes:
        found: bool, shape (n_texts,).
        vectors: float32, shape (n_texts, n_dimensions), zero where not found; no dimensions where nothing is known.
        cut: bool, shape (n_texts,): which texts are longer than the encoder reads; False where not found.
    """

    found: NDArray[np.bool_]
    vectors: NDArray[np.float32]
    cut: NDArray[np.bool_]


class VectorCache:
    """Vectors by encoder and text in one SQLite file, which any number of studies and processes share.

    It is only ever a help. What is damaged is not found, and made anew; where the file cannot be read or written, the
    disk is full or another process keeps it locked, nothing is found or kept, which is logged once: no method raises
    for such reasons.

    Vectors lie in blocks of some hundred texts. Those not needed for the longest time make room for new ones, jobs
    being counted instead of hours. What this object has found or kept is never evicted by itself, so that a table
    larger than the cache keeps what fits, instead of losing each part just before it is needed again.

    An object is for one job, in one thread.

    Args:
        path: The file; it is made when it is first needed.
        most_bytes: How large it may become, its log of at most 16 MB not counted; 0 for no cache at all.
        left_free: Nothing is kept while fewer bytes are free on the disk.
    """

    def __init__(self, path: Path, *, most_bytes: int, left_free: int = _LEFT_FREE_BYTES) -> None:
        self._path = path
        self._most_bytes = most_bytes
        self._left_free = left_free
        self._connection: sqlite3.Connection | None = None
        self._job = 0  # its number, known when the file is open
        self._indexes: dict[str, SpaceIndex] = {}
        self._needed: set[int] = set()  # blocks, until it is noted in the file
        self._asked: dict[str, int] = {}  # the texts that were asked for last, and where each one's digest is
        self._digests = digests_of(())
        self._failures = 0 if most_bytes > 0 else _MOST_FAILURES
        self._has_complained = False

    def __enter__(self) -> "VectorCache":
        """Return the cache."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Note what was needed, and let go of the file."""
        if self._connection is not None and self._needed:
            self._attempt(self._note, None)
        self._let_go()

    def holds(self, space: str, texts: Sequence[str]) -> NDArray[np.bool_]:
        """Return which texts it has vectors of, and keep those from eviction: bool, shape (n_texts,)."""

        def work(connection: sqlite3.Connection) -> NDArray[np.bool_]:
            index = self._index(connection, space)
            if index is None:
                return np.zeros(len(texts), np.bool_)
            self._asked, self._digests = {text: row for row, text in enumerate(texts)}, digests_of(texts)
            places = index.entries.find(self._digests)
            self._needed.update(places.blocks[places.found].tolist())
            return places.found

        return self._attempt(work, np.zeros(len(texts), np.bool_))

    def look_up(self, space: str, texts: Sequence[str], *, report: Report = no_report) -> Found:
        """Return what is known of some texts.

        Args:
            space: The key of the :class:`Space` that is looked into.
            texts: Any texts.
            report: Told how many of those that are there are read.

        Raises:
            Cancelled: The reporter no longer wants it.
        """

        def work(connection: sqlite3.Connection) -> Found:
            with cache_file.transaction(connection, writes=False):
                index = self._index(connection, space)
                if index is None:
                    return _nothing(len(texts), 0)
                return self._read(connection, index, self._digests_of(texts), report)

        return self._attempt(work, _nothing(len(texts), 0))

    def keep(self, space: str, texts: Sequence[str], vectors: NDArray[np.float32], cut: NDArray[np.bool_]) -> None:
        """Put the vectors of some texts on the disk; those that are not finite are left out.

        Args:
            space: The key of their :class:`Space`.
            texts: Texts that :meth:`look_up` did not find.
            vectors: float32, shape (n_texts, n_dimensions).
            cut: bool, shape (n_texts,): which texts are longer than the encoder reads.
        """
        rows = np.flatnonzero(np.isfinite(vectors).all(axis=1))
        if self._failures >= _MOST_FAILURES or not len(rows) or not vectors.shape[1]:
            return
        into, digests = Space(space, vectors.shape[1]), digests_of(texts)
        parts = (rows[start : start + into.texts_per_block] for start in range(0, len(rows), into.texts_per_block))
        blocks = (pack(into, digests[part], vectors[part], cut[part]) for part in parts)
        while together := list(itertools.islice(blocks, _BLOCKS_AT_ONCE)):
            self._attempt(functools.partial(self._keep, into, together), None)

    def recall(self, signature: str) -> Space | None:
        """Return the space that was remembered for the signature of an encoder; None if none was."""
        return self._attempt(lambda connection: cache_tables.recall_space(connection, signature), None)

    def remember(self, signature: str, space: Space) -> None:
        """Remember which space the encoder of this signature makes."""

        def work(connection: sqlite3.Connection) -> None:
            with cache_file.transaction(connection):
                cache_tables.remember_space(connection, signature, space)

        self._attempt(work, None)

    def size(self) -> int:
        """Return how many bytes it takes on the disk."""
        return cache_file.size_of_file(self._path)

    def clear(self, *, report: Report = no_report) -> int:
        """Remove everything, in steps of milliseconds: other windows go on, and encode again what they need.

        Args:
            report: Told how many bytes are gone, of those that were there.

        Returns:
            The size that is left, in bytes: less than a megabyte, unless the file cannot be used just now.

        Raises:
            Cancelled: The reporter no longer wants it; what is gone is gone.
        """
        if self._path.exists():
            self._failures = 0  # because a person asks
            self._attempt(lambda connection: self._clear(connection, report), None)
            self._let_go()
            if shutil.disk_usage(self._path.parent).free < cache_file.LOG_BYTES:
                # There was no room to write down what was to be removed.
                with contextlib.suppress(OSError):
                    cache_file.remove_file(self._path)
        return self.size()

    def shrink(self, *, report: Report = no_report) -> int:
        """Remove what was not needed for longest until it is no larger than it may be, in steps as :meth:`clear`.

        Args:
            report: Told how many bytes are gone, of those that were there.

        Returns:
            The size that is left, in bytes.

        Raises:
            Cancelled: The reporter no longer wants it; what is gone is gone.
        """
        if self._most_bytes <= 0:
            return self.clear(report=report)
        if self._path.exists():
            self._attempt(lambda connection: self._shrink(connection, report), None)
            self._let_go()
        return self.size()

    def _attempt(self, work: Callable[[sqlite3.Connection], _Result], otherwise: _Result) -> _Result:
        """Return what ``work`` returns, or ``otherwise`` where the file does not allow it."""
        if self._failures >= _MOST_FAILURES:
            return otherwise
        try:
            return work(self._opened())
        except (sqlite3.Error, OSError, Damaged, TypeError, ValueError, ArithmeticError) as error:
            self._fail(error)
            return otherwise

    def _fail(self, error: Exception) -> None:
        self._let_go()
        self._failures += 1
        if cache_file.is_damage(error, self._path):
            _log.warning("the vector cache %s is damaged and is made anew: %s", self._path, error)
            try:
                cache_file.remove_file(self._path)
            except OSError as obstacle:
                _log.warning("the damaged vector cache cannot be removed: %s", obstacle)
                self._failures = _MOST_FAILURES
        elif not self._has_complained:
            self._has_complained = True
            _log.warning("the vector cache %s is no help just now: %s", self._path, error)

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = cache_file.open_file(self._path)
            self._job = self._job or cache_tables.next_job(self._connection)
        return self._connection

    def _let_go(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None
        self._indexes, self._needed = {}, set()

    def _digests_of(self, texts: Sequence[str]) -> NDArray[np.uint8]:
        """Return the digests of texts, those that were just asked for if these are among them."""
        rows = [self._asked.get(text, -1) for text in texts]
        return self._digests[rows] if rows and min(rows) >= 0 else digests_of(texts)

    def _index(self, connection: sqlite3.Connection, space: str) -> SpaceIndex | None:
        """Return where the texts of a space lie, also those that other processes have kept meanwhile."""
        found = cache_tables.find_space(connection, space)
        if found is None:
            return None
        index = self._indexes.get(space)
        if index is None or index.number != found.number:  # or all was cleared meanwhile
            index = self._indexes[space] = found
        cache_tables.read_on(connection, index)
        return index

    def _read(
        self, connection: sqlite3.Connection, index: SpaceIndex, digests: NDArray[np.uint8], report: Report
    ) -> Found:
        known, places = _nothing(len(digests), index.space.n_dimensions), index.entries.find(digests)
        n_done, n_there = 0, int(places.found.sum())
        for rows in _by_block(places):
            report(n_done, n_there)
            n_done += len(rows)
            block = int(places.blocks[rows[0]])
            with contextlib.suppress(Damaged):
                records = cache_tables.read_records(connection, block, places.slots[rows], index.space)
                whole = are_whole(index.space, records, digests[rows])
                good, records = (rows, records) if whole.all() else (rows[whole], records[whole])
                known.found[good], known.vectors[good], known.cut[good] = True, records["vector"], records["cut"]
                self._needed.add(block)
        if not known.found[places.found].all():
            _log.warning("%s is damaged in part; what is not whole is made anew", self._path)
        return known

    def _keep(self, space: Space, blocks: Sequence[Records], connection: sqlite3.Connection) -> None:
        if shutil.disk_usage(self._path.parent).free < self._left_free:
            raise OSError(errno.ENOSPC, "the disk is nearly full")
        more = sum(block.nbytes + cache_file.PAGE_BYTES for block in blocks)
        if more > self._most_bytes:
            return
        with cache_file.transaction(connection):
            self._write_notes(connection)
            if cache_tables.make_room(
                connection, down_to=self._most_bytes - more, unused_since=self._job, most_steps=_REMOVALS_AT_ONCE
            ):
                for block in blocks:
                    cache_tables.write_block(connection, block, space, used=self._job)
        cache_file.give_back(connection, down_to=self._most_bytes)
        self._failures = 0  # what was in the way is gone

    def _note(self, connection: sqlite3.Connection) -> None:
        with cache_file.transaction(connection):
            self._write_notes(connection)

    def _write_notes(self, connection: sqlite3.Connection) -> None:
        """Write down which blocks were needed; part of a transaction."""
        cache_tables.note_use(connection, self._needed, used=self._job)
        self._needed = set()

    def _clear(self, connection: sqlite3.Connection, report: Report) -> None:
        total, is_more = self.size(), True
        while is_more:
            with cache_file.transaction(connection):
                is_more = cache_tables.remove_oldest(connection, unused_since=cache_tables.next_job(connection))
                if not is_more:
                    cache_tables.remove_rest(connection)
            report(max(0, total - cache_file.used_bytes(connection)), total)
        self._give_back(connection, report, down_to=0, total=total)

    def _shrink(self, connection: sqlite3.Connection, report: Report) -> None:
        total, is_more = self.size(), True
        while is_more and cache_file.used_bytes(connection) > self._most_bytes:
            with cache_file.transaction(connection):
                is_more = cache_tables.remove_oldest(connection, unused_since=cache_tables.next_job(connection))
            report(max(0, total - cache_file.used_bytes(connection)), total)
        self._give_back(connection, report, down_to=self._most_bytes, total=total)

    def _give_back(self, connection: sqlite3.Connection, report: Report, *, down_to: int, total: int) -> None:
        while cache_file.give_back(connection, down_to=down_to):
            report(max(0, total - cache_file.used_bytes(connection)), total)
        cache_file.shorten_log(connection)


def vector_cache(most_bytes: int | None = None) -> VectorCache:
    """Return the user's cache, at most so large; None for what is set."""
    return VectorCache(vectors_path(), most_bytes=cache_bytes() if most_bytes is None else most_bytes)


def _nothing(n_texts: int, n_dimensions: int) -> Found:
    no: NDArray[np.bool_] = np.zeros(n_texts, np.bool_)
    return Found(no, np.zeros((n_texts, n_dimensions), np.float32), no.copy())


def _by_block(places: Places) -> Iterable[NDArray[np.int64]]:
    """Return the rows of the texts that are there, those of one block together, by rising block and slot."""
    rows = np.flatnonzero(places.found)
    rows = rows[np.lexsort((places.slots[rows], places.blocks[rows]))]
    return np.split(rows, np.flatnonzero(np.diff(places.blocks[rows])) + 1) if len(rows) else ()
