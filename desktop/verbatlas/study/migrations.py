"""Steps that bring a study file of an older version to the current one, each whole or not at all."""

import json
import zlib
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from verbatlas.study.arrays import adopt_arrays, remember_arrays, stage_arrays
from verbatlas.study.schema import VERSION
from verbatlas.study.seals import seal, set_fact
from verbatlas.study.storage import Storage


def bring_forward(storage: Storage) -> None:
    """Bring a study file to the current version; one that is there already stays as it is.

    Raises:
        UserError: The disk is full, or the file is damaged; it is as it was then.
    """
    with storage.reading() as connection:
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    for step in range(version, VERSION):
        _STEPS[step](storage)


def _remember_what_was_done_by_hand(storage: Storage) -> None:
    """From 1 to 2: documents know whether a person put them where they are."""
    with storage.reading() as connection:
        shape = connection.execute("SELECT shape FROM array WHERE name = 'members'").fetchone()[0]
    (n_documents,) = json.loads(shape)
    arrays: dict[str, NDArray[Any]] = {"by_hand": np.zeros(n_documents, np.uint8)}
    generations = stage_arrays(storage, arrays)
    with storage.transaction() as connection:
        (generation,) = generations.values()
        connection.execute(
            "INSERT INTO array (name, generation, dtype, shape) VALUES ('by_hand', ?, '|u1', ?)",
            (generation, json.dumps([n_documents])),
        )
        connection.execute("PRAGMA user_version = 2")


def _seal_all_rows(storage: Storage) -> None:
    """From 2 to 3: every row has a checksum, and what may not get lost is counted."""
    with storage.transaction() as connection:
        for statement in _NEW_COLUMNS.split(";"):
            connection.execute(statement)
        for read, write, n_keys in _SEALED:
            for row in connection.execute(read).fetchall():
                connection.execute(write, (seal(*row), *row[:n_keys]))
        for number, kind, facts, undone, change in connection.execute(
            "SELECT number, kind, facts, undone, change FROM edit"
        ).fetchall():
            crc = zlib.crc32(change)
            connection.execute(
                "UPDATE edit SET change_crc = ?, seal = ? WHERE number = ?",
                (crc, seal(number, kind, facts, undone, crc), number),
            )
        set_fact(connection, "n_clusters", str(connection.execute("SELECT count(*) FROM cluster").fetchone()[0]))
        set_fact(connection, "n_edits", str(connection.execute("SELECT count(*) FROM edit").fetchone()[0]))
        remember_arrays(connection)
        connection.execute("PRAGMA user_version = 3")


def _know_folded_changes(storage: Storage) -> None:
    """From 3 to 4: the changes of edits may be folded, and an embedding may be begun; nothing there is different."""
    with storage.transaction() as connection:
        connection.execute("PRAGMA user_version = 4")


def _know_stand_ins(storage: Storage) -> None:
    """From 4 to 5: a document may stand for others, and a template may join the columns of the comments."""
    with storage.reading() as connection:
        shape = connection.execute("SELECT shape FROM array WHERE name = 'members'").fetchone()[0]
    (n_documents,) = json.loads(shape)
    arrays: dict[str, NDArray[Any]] = {"stand_ins": np.arange(n_documents, dtype=np.int32)}
    generations = stage_arrays(storage, arrays)
    with storage.transaction() as connection:
        adopt_arrays(connection, arrays, generations)
        set_fact(connection, "template", "null")
        connection.execute("PRAGMA user_version = 5")


_NEW_COLUMNS = """
ALTER TABLE fact ADD COLUMN seal INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cells ADD COLUMN seal INTEGER NOT NULL DEFAULT 0;
ALTER TABLE array ADD COLUMN seal INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cluster ADD COLUMN seal INTEGER NOT NULL DEFAULT 0;
ALTER TABLE edit ADD COLUMN change_crc INTEGER NOT NULL DEFAULT 0;
ALTER TABLE edit ADD COLUMN seal INTEGER NOT NULL DEFAULT 0
"""
# What the seal of a row is about, its keys first; how it is written; how many keys there are.
_SEALED = (
    ("SELECT name, value FROM fact", "UPDATE fact SET seal = ? WHERE name = ?", 1),
    (
        "SELECT column_number, block, data FROM cells",
        "UPDATE cells SET seal = ? WHERE column_number = ? AND block = ?",
        2,
    ),
    ("SELECT name, generation, dtype, shape FROM array", "UPDATE array SET seal = ? WHERE name = ?", 1),
    ("SELECT id, value FROM cluster", "UPDATE cluster SET seal = ? WHERE id = ?", 1),
)
_STEPS: dict[int, Callable[[Storage], None]] = {
    1: _remember_what_was_done_by_hand,
    2: _seal_all_rows,
    3: _know_folded_changes,
    4: _know_stand_ins,
}
