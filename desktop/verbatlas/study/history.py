"""The edits of a study in the order they were done, kept in its file."""

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

from verbatlas.study.change import Change
from verbatlas.study.edits import Edit
from verbatlas.study.labelling import Labelling


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """An edit in the history.

    Attributes:
        number: Its place, rising.
        kind: Of the edit.
        facts: What ``sentences.edit_sentence`` needs to say it in words.
        is_undone: Whether it has been taken back and can be done again.
    """

    number: int
    kind: str
    facts: dict[str, Any]
    is_undone: bool


def entries(connection: sqlite3.Connection) -> list[HistoryEntry]:
    """Return all edits, the oldest first."""
    rows = connection.execute("SELECT number, kind, facts, undone FROM edit ORDER BY number")
    return [HistoryEntry(number, kind, json.loads(facts), bool(undone)) for number, kind, facts, undone in rows]


def record(connection: sqlite3.Connection, edit: Edit, change: Change, before: Labelling) -> None:
    """Append an edit and drop those that could have been done again; part of the caller's transaction."""
    connection.execute("DELETE FROM edit WHERE undone = 1")
    facts = json.dumps(edit.facts(before), ensure_ascii=False)
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
