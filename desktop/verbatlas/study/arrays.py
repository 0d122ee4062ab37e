"""Large arrays in a study file: in parts of a megabyte, each checked, replaced all at once or not at all."""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from verbatlas.study.seals import refuse_damaged, seal, set_fact
from verbatlas.study.storage import Storage

PART_BYTES = 1024 * 1024
_SELECT_PARTS = "SELECT crc, data FROM array_part WHERE name = ? AND generation = ? ORDER BY part"


def stage_arrays(storage: Storage, arrays: Mapping[str, NDArray[Any]]) -> dict[str, int]:
    """Write arrays beside the ones in use, part by part, so that another thread's edit waits for one part at most.

    Returns:
        The generation of each; ``adopt_arrays`` puts them to use.

    Raises:
        UserError: The disk is full, or the file can no longer be written.
    """
    return {name: _stage(storage, name, array) for name, array in arrays.items()}


def _stage(storage: Storage, name: str, array: NDArray[Any]) -> int:
    with storage.transaction() as connection:
        generation = new_generation(connection, name)
    for part, data in enumerate(_parts(array)):
        with storage.transaction() as connection:
            _insert(connection, name, generation, part, data)
    return generation


def new_generation(connection: sqlite3.Connection, name: str) -> int:
    """Return a number for another array of this name, and drop parts that a killed program has left behind."""
    used = connection.execute("SELECT generation FROM array WHERE name = ?", (name,)).fetchone()
    (in_use,) = used or (0,)
    connection.execute("DELETE FROM array_part WHERE name = ? AND generation <> ?", (name, in_use))
    return int(in_use) + 1


def append_parts(connection: sqlite3.Connection, name: str, generation: int, n_parts: int, array: NDArray[Any]) -> int:
    """Write more of an array behind the parts that it has; part of the caller's transaction.

    Returns:
        How many parts it has then.
    """
    for part, data in enumerate(_parts(array), start=n_parts):
        _insert(connection, name, generation, part, data)
        n_parts = part + 1
    return n_parts


def _parts(array: NDArray[Any]) -> Iterator[memoryview]:
    data = np.ascontiguousarray(array).data.cast("B") if array.size else memoryview(b"")
    for start in range(0, len(data), PART_BYTES):
        yield data[start : start + PART_BYTES]


def _insert(connection: sqlite3.Connection, name: str, generation: int, part: int, data: memoryview) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO array_part VALUES (?, ?, ?, ?, ?)", (name, generation, part, zlib.crc32(data), data)
    )


def adopt_arrays(
    connection: sqlite3.Connection, arrays: Mapping[str, NDArray[Any]], generations: Mapping[str, int]
) -> None:
    """Put staged arrays to use and drop those before them; part of the caller's transaction."""
    for name, array in arrays.items():
        adopt_array(connection, name, generations[name], dtype=array.dtype, shape=array.shape)


def adopt_array(
    connection: sqlite3.Connection, name: str, generation: int, *, dtype: np.dtype[Any], shape: tuple[int, ...]
) -> None:
    """Put one staged array to use and drop the one before it; part of the caller's transaction."""
    connection.execute("DELETE FROM array_part WHERE name = ? AND generation <> ?", (name, generation))
    head = (name, generation, dtype.str, json.dumps(shape))
    connection.execute("INSERT OR REPLACE INTO array VALUES (?, ?, ?, ?, ?)", (*head, seal(*head)))
    remember_arrays(connection)


def forget_arrays(connection: sqlite3.Connection, names: Iterable[str]) -> None:
    """Remove arrays that are of no use any more; part of the caller's transaction."""
    for name in names:
        connection.execute("DELETE FROM array WHERE name = ?", (name,))
        connection.execute("DELETE FROM array_part WHERE name = ?", (name,))
    remember_arrays(connection)


def remember_arrays(connection: sqlite3.Connection) -> None:
    """Keep the names of all arrays in use: one that is lost must not look like one that never was."""
    set_fact(connection, "arrays", json.dumps(names_in_use(connection)))


def names_in_use(connection: sqlite3.Connection) -> list[str]:
    """Return the names of all arrays in use."""
    return [name for (name,) in connection.execute("SELECT name FROM array ORDER BY name")]


def update_rows(connection: sqlite3.Connection, name: str, array: NDArray[Any], changed: NDArray[np.int64]) -> None:
    """Write the parts of a stored array that hold changed rows; part of the caller's transaction."""
    (generation,) = connection.execute("SELECT generation FROM array WHERE name = ?", (name,)).fetchone()
    data = np.ascontiguousarray(array).data.cast("B")
    for part in np.unique(changed * array.itemsize // PART_BYTES).tolist():
        start = part * PART_BYTES
        _insert(connection, name, generation, part, data[start : start + PART_BYTES])


def has_array(storage: Storage, name: str) -> bool:
    """Return whether an array of this name is in use."""
    with storage.reading() as connection:
        return connection.execute("SELECT 1 FROM array WHERE name = ?", (name,)).fetchone() is not None


def load_array(storage: Storage, name: str) -> NDArray[Any]:
    """Return an array in use, its parts checked.

    Raises:
        KeyError: There is none of this name.
        UserError: STUDY_UNREADABLE, when a part is damaged or missing.
    """
    with storage.reading() as connection:
        array, generation, _n_bytes = _head(connection, name, storage.path)
        read_parts(connection, name, generation, array, storage.path)
    return array


def _head(connection: sqlite3.Connection, name: str, path: Path) -> tuple[NDArray[Any], int, int]:
    """Return room for an array in use, which of its generations is in use, and its size in bytes."""
    head = connection.execute("SELECT * FROM array WHERE name = ?", (name,)).fetchone()
    if head is None:
        raise KeyError(name)
    refuse_damaged(path, is_whole=seal(*head[:-1]) == head[-1])
    _name, generation, dtype, shape, _seal = head
    array = np.empty(json.loads(shape), dtype=np.dtype(dtype))
    return array, generation, array.nbytes


def check_array(storage: Storage, name: str) -> None:
    """See that an array in use is whole, a part at a time.

    Raises:
        KeyError: There is none of this name.
        UserError: STUDY_UNREADABLE, when a part is damaged or missing.
    """
    with storage.reading() as connection:
        _room, generation, n_bytes = _head(connection, name, storage.path)
        for crc, part in connection.execute(_SELECT_PARTS, (name, generation)):
            refuse_damaged(storage.path, is_whole=zlib.crc32(part) == crc)
            n_bytes -= len(part)
        refuse_damaged(storage.path, is_whole=n_bytes == 0)


def read_parts(connection: sqlite3.Connection, name: str, generation: int, array: NDArray[Any], path: Path) -> None:
    """Fill ``array`` with its stored parts.

    Raises:
        UserError: STUDY_UNREADABLE, when one is damaged or missing.
    """
    data = array.reshape(-1).view(np.uint8)  # numpy copies without the interpreter's lock
    position = 0
    for crc, part in connection.execute(_SELECT_PARTS, (name, generation)):
        refuse_damaged(path, is_whole=zlib.crc32(part) == crc and position + len(part) <= len(data))
        data[position : position + len(part)] = np.frombuffer(part, np.uint8)
        position += len(part)
    refuse_damaged(path, is_whole=position == len(data))
