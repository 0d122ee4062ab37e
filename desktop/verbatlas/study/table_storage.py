"""The table in a study file: every cell as it came, in blocks of rows of one column."""

import json
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from verbatlas import tables
from verbatlas.study.seals import refuse_damaged, seal
from verbatlas.study.storage import Storage
from verbatlas.tables import Cell, Table, TableFormat

ROWS_PER_BLOCK = 10_000
_MISSING = -1
_NO_COLUMN = 2**31  # no table is as wide


def store_table(storage: Storage, table: Table) -> None:
    """Write all cells of ``table``.

    Raises:
        UserError: The disk is full, or the file can no longer be written.
    """
    for column in range(table.n_columns):
        for block, data in enumerate(_blocks(table.column(column))):
            with storage.transaction() as connection:
                connection.execute(
                    "INSERT OR REPLACE INTO cells VALUES (?, ?, ?, ?)", (column, block, data, seal(column, block, data))
                )


def describe_table(table: Table) -> dict[str, Any]:
    """Return all of a table but its cells, as values that JSON knows."""
    return {"names": table.names, "format": asdict(table.format)}


def load_table(connection: sqlite3.Connection, described: dict[str, Any], path: Path) -> Table:
    """Return the stored table.

    Raises:
        UserError: STUDY_UNREADABLE, when a block of cells is damaged or missing.
    """
    # Tuples from the beginning: a list of a million cells that becomes one holds the interpreter's lock for a while.
    columns = [tuple(_stored_cells(connection, column, path)) for column in range(len(described["names"]))]
    refuse_damaged(path, is_whole=len({len(cells) for cells in columns}) <= 1)
    return tables.from_columns(described["names"], columns, TableFormat(**described["format"]))


def _stored_cells(connection: sqlite3.Connection, column: int, path: Path) -> Iterator[Cell]:
    rows = connection.execute("SELECT block, data, seal FROM cells WHERE column_number = ? ORDER BY block", (column,))
    for block, data, sealed in rows:
        refuse_damaged(path, is_whole=seal(column, block, data) == sealed)
        yield from cells_of(data)


def _blocks(cells: Sequence[Cell]) -> Iterator[bytes]:
    """Yield blocks: how many cells, the length of each in characters, and all their text in UTF-8."""
    for start in range(0, len(cells), ROWS_PER_BLOCK):
        part = cells[start : start + ROWS_PER_BLOCK]
        lengths = np.fromiter((_MISSING if cell is None else len(cell) for cell in part), np.int64, len(part))
        # Each cell on its own: two halves of a surrogate pair in neighbouring cells must not become one character.
        text = b"".join(cell.encode("utf-8", "surrogatepass") for cell in part if cell)
        yield json.dumps(len(part)).encode().ljust(16) + lengths.tobytes() + text


def cells_of(data: bytes) -> Iterator[Cell]:
    """Yield the cells of a stored block."""
    count = int(data[:16])
    lengths = np.frombuffer(data, np.int64, count, offset=16).tolist()
    text = data[16 + 8 * count :].decode("utf-8", "surrogatepass")
    position = 0
    for length in lengths:
        if length == _MISSING:
            yield None
        else:
            yield text[position : position + length]
            position += length


def columns_to_fact(columns: Sequence[int]) -> str:
    """Return the positions of columns as JSON, and behind them a checksum: one flipped bit would be another column."""
    return json.dumps([*columns, _check(columns)])


def columns_of_fact(fact: str) -> tuple[int, ...]:
    """Return the positions that :func:`columns_to_fact` wrote; those of older studies have no checksum.

    Raises:
        ValueError: They are not those that were written.
    """
    columns = json.loads(fact)
    if columns and columns[-1] < 0:
        *columns, check = columns
        if check != _check(columns):
            raise ValueError(f"the columns {columns} are not those that were written")
    elif columns and max(columns) >= _NO_COLUMN:  # a checksum without its sign
        raise ValueError(f"there are no such columns: {columns}")
    return tuple(columns)


def _check(columns: Sequence[int]) -> int:
    return -(zlib.crc32(json.dumps(list(columns)).encode("ascii")) | _NO_COLUMN)
