"""The tables of the vector cache: spaces, and the blocks of vectors in them. Every function takes a connection."""

import json
import sqlite3
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verbatlas.encoders.cache_blocks import Damaged, Records, Space
from verbatlas.encoders.cache_file import used_bytes
from verbatlas.encoders.cache_index import DIGEST_BYTES, CacheIndex

_BLOCKS_AT_ONCE = 16
# Reading a block takes as long as reading an eighth of it record by record.
_WORTH_READING_WHOLE = 16
_REMOVE_REST = ("DELETE FROM records", "DELETE FROM digests", "DELETE FROM signature", "DELETE FROM space")
_LARGEST_DIMENSIONS = 1_000_000


@dataclass(frozen=True, slots=True, eq=False)
class SpaceIndex:
    """Where the texts of a space lie.

    Attributes:
        space: The space.
        number: Its number in the file.
        entries: Grows by :func:`read_on`.
    """

    space: Space
    number: int
    entries: CacheIndex


def find_space(connection: sqlite3.Connection, key: str) -> SpaceIndex | None:
    """Return the space of this key, its index still empty; None where it is not known.

    Raises:
        Damaged: What is there is no space.
    """
    row = connection.execute("SELECT id, n_dimensions FROM space WHERE key = ?", (key,)).fetchone()
    return None if row is None else SpaceIndex(_space(key, row[1]), row[0], CacheIndex())


def read_on(connection: sqlite3.Connection, index: SpaceIndex) -> None:
    """Take in the blocks that came after those that the index knows.

    Raises:
        Damaged: Their digests are no digests.
    """
    rows = connection.execute(
        "SELECT block.id, digests.digests FROM block JOIN digests ON digests.block = block.id"
        " WHERE block.space = ? AND block.id > ? ORDER BY block.id",
        (index.number, index.entries.last_block),
    ).fetchall()
    if not all(isinstance(digests, bytes) and len(digests) % DIGEST_BYTES == 0 for _block, digests in rows):
        raise Damaged("a block's digests are no digests")
    counts = np.array([len(digests) // DIGEST_BYTES for _block, digests in rows], np.int64)
    blocks = np.repeat(np.array([block for block, _digests in rows], np.int64), counts)
    slots = np.arange(len(blocks)) - np.repeat(np.cumsum(counts) - counts, counts)
    digests = np.frombuffer(b"".join(digests for _block, digests in rows), np.uint8).reshape(-1, DIGEST_BYTES)
    index.entries.add(blocks, slots, digests)


def read_records(connection: sqlite3.Connection, block: int, slots: NDArray[np.int64], space: Space) -> Records:
    """Return records of a block, shape (n_slots,), as they are there.

    Args:
        connection: In a transaction.
        block: Its number.
        slots: Their places in it, rising.
        space: What they belong to.

    Raises:
        Damaged: The block is gone, too short, or none.
    """
    query = "SELECT typeof(records), length(records) FROM records WHERE block = ?"
    kind, n_bytes = connection.execute(query, (block,)).fetchone() or ("", 0)
    size = space.record.itemsize
    if kind != "blob" or n_bytes % size or slots[-1] >= n_bytes // size:
        raise Damaged("a block is not of its encoder's vectors")
    if len(slots) * _WORTH_READING_WHOLE >= n_bytes // size:
        (data,) = connection.execute("SELECT records FROM records WHERE block = ?", (block,)).fetchone()
        whole: Records = np.frombuffer(data, space.record)
        return whole if np.array_equal(slots, np.arange(len(whole))) else whole[slots]
    with connection.blobopen("records", "records", block, readonly=True) as blob:
        found = []
        for slot in slots.tolist():
            blob.seek(slot * size)
            found.append(blob.read(size))
    some: Records = np.frombuffer(b"".join(found), space.record)
    return some


def write_block(connection: sqlite3.Connection, records: Records, space: Space, *, used: int) -> None:
    """Add a block, last used by the job of this number; part of a transaction."""
    values = _number_of(connection, space), used
    added = connection.execute("INSERT INTO block (space, used) VALUES (?, ?)", values).lastrowid
    connection.execute("INSERT INTO digests VALUES (?, ?)", (added, records["digest"].tobytes()))
    connection.execute("INSERT INTO records VALUES (?, ?)", (added, records.tobytes()))


def next_job(connection: sqlite3.Connection) -> int:
    """Return the number of a job that begins now: one more than that of the last one that used anything."""
    return 1 + int(connection.execute("SELECT coalesce(max(used), 0) FROM block").fetchone()[0])


def note_use(connection: sqlite3.Connection, blocks: Iterable[int], *, used: int) -> None:
    """Note that the job of this number needed some blocks; part of a transaction."""
    values = [(used, block, used) for block in sorted(blocks)]
    connection.executemany("UPDATE block SET used = ? WHERE id = ? AND used < ?", values)


def make_room(connection: sqlite3.Connection, *, down_to: int, unused_since: int, most_steps: int) -> bool:
    """Remove the blocks whose last use is longest ago until the file holds ``down_to`` bytes; part of a transaction.

    Args:
        connection: In a transaction.
        down_to: Bytes.
        unused_since: Only blocks last used by a job before this one are removed.
        most_steps: How many times some blocks are removed, at most.

    Returns:
        Whether it holds no more now.
    """
    for _ in range(most_steps):
        if used_bytes(connection) <= down_to or not remove_oldest(connection, unused_since=unused_since):
            break
    return used_bytes(connection) <= down_to


def remove_oldest(connection: sqlite3.Connection, *, unused_since: int) -> bool:
    """Remove some blocks not used since that job, the longest unused first; return whether there were any."""
    query = "SELECT id FROM block WHERE used < ? ORDER BY used, id LIMIT ?"
    blocks = connection.execute(query, (unused_since, _BLOCKS_AT_ONCE)).fetchall()
    connection.executemany("DELETE FROM records WHERE block = ?", blocks)
    connection.executemany("DELETE FROM digests WHERE block = ?", blocks)
    connection.executemany("DELETE FROM block WHERE id = ?", blocks)
    return bool(blocks)


def remove_rest(connection: sqlite3.Connection) -> None:
    """Remove what is left when all blocks are removed; part of a transaction."""
    for statement in _REMOVE_REST:
        connection.execute(statement)


def recall_space(connection: sqlite3.Connection, signature: str) -> Space | None:
    """Return the space remembered for a signature; None where none is.

    Raises:
        Damaged: What is there is no space.
    """
    query = "SELECT key, n_dimensions, checksum FROM signature WHERE signature = ?"
    row = connection.execute(query, (signature,)).fetchone()
    if row is None:
        return None
    space = _space(row[0], row[1])
    if row[2] != _checksum(signature, space):
        raise Damaged("what an encoder was remembered by has changed")
    return space


def remember_space(connection: sqlite3.Connection, signature: str, space: Space) -> None:
    """Remember which space the encoder of this signature makes; part of a transaction."""
    values = signature, space.key, space.n_dimensions, _checksum(signature, space)
    connection.execute("INSERT OR REPLACE INTO signature VALUES (?, ?, ?, ?)", values)


def _number_of(connection: sqlite3.Connection, space: Space) -> int:
    """Return the number of a space, which is added where it is new, or has become one of other vectors."""
    known = find_space(connection, space.key)
    if known is not None and known.space == space:
        return known.number
    values = space.key, space.n_dimensions
    added = connection.execute("INSERT OR REPLACE INTO space (key, n_dimensions) VALUES (?, ?)", values).lastrowid
    return int(added or 0)


def _space(key: object, n_dimensions: object) -> Space:
    if isinstance(key, str) and isinstance(n_dimensions, int) and 0 < n_dimensions <= _LARGEST_DIMENSIONS:
        return Space(key, n_dimensions)
    raise Damaged("what is there is no space")


def _checksum(signature: str, space: Space) -> int:
    return zlib.crc32(json.dumps([signature, space.key, space.n_dimensions]).encode("ascii"))
