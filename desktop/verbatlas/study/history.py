"""The edits of a study in the order they were done, kept in its file."""

import json
import sqlite3

from verbatlas.study.change import Change
from verbatlas.study.edits import Edit


def record(connection: sqlite3.Connection, edit: Edit, change: Change) -> None:
    """Append an edit and drop those that could have been done again; part of the caller's transaction."""
    connection.execute("DELETE FROM edit WHERE undone = 1")
    facts = json.dumps(edit.facts(), ensure_ascii=False)
    connection.execute("INSERT INTO edit (kind, facts, change) VALUES (?, ?, ?)", (edit.kind, facts, change.to_bytes()))


def last_done(connection: sqlite3.Connection) -> int | None:
    """Return the number of the edit that undo takes back."""
    number: int | None = connection.execute("SELECT max(number) FROM edit WHERE undone = 0").fetchone()[0]
    return number


def next_undone(connection: sqlite3.Connection) -> int | None:
    """Return the number of the edit that redo does again."""
    number: int | None = connection.execute("SELECT min(number) FROM edit WHERE undone = 1").fetchone()[0]
    return number


def change_of(connection: sqlite3.Connection, number: int) -> Change:
    """Return what an edit changed when it was done."""
    return Change.from_bytes(connection.execute("SELECT change FROM edit WHERE number = ?", (number,)).fetchone()[0])


def mark(connection: sqlite3.Connection, number: int, *, undone: bool) -> None:
    """Note that an edit is taken back or done again; part of the caller's transaction."""
    connection.execute("UPDATE edit SET undone = ? WHERE number = ?", (undone, number))
