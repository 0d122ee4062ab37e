"""The edits of a study in the order they were done, kept in its file."""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from verbatlas.study.change import Change
from verbatlas.study.seals import refuse_damaged, seal, set_fact

_SELECT = "SELECT number, kind, facts, undone, change_crc, seal FROM edit"


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """An edit in the history.

    Attributes:
        number: Its place, from 1.
        kind: Of the edit.
        facts: What ``sentences.edit_sentence`` needs to say it in words.
        is_undone: Whether it has been taken back and can be done again.
    """

    number: int
    kind: str
    facts: dict[str, Any]
    is_undone: bool


def steps_beside(history: Sequence[HistoryEntry]) -> tuple[HistoryEntry | None, HistoryEntry | None]:
    """Return the edit that undo would take back, and the one that redo would bring back; None where there is none."""
    n_done = sum(not entry.is_undone for entry in history)
    return history[n_done - 1] if n_done else None, history[n_done] if n_done < len(history) else None


def entries(connection: sqlite3.Connection, path: Path) -> list[HistoryEntry]:
    """Return all edits, the oldest first.

    Raises:
        UserError: STUDY_UNREADABLE, when one is damaged.
    """
    found = []
    for number, kind, facts, undone, change_crc, sealed in connection.execute(f"{_SELECT} ORDER BY number"):
        # A flipped bit may make a text bytes, of which the checksum is the same.
        is_text = isinstance(kind, str) and isinstance(facts, str)
        refuse_damaged(path, is_whole=is_text and seal(number, kind, facts, undone, change_crc) == sealed)
        found.append(HistoryEntry(number, kind, json.loads(facts), bool(undone)))
    return found


def record(connection: sqlite3.Connection, entry: HistoryEntry, change: Change) -> None:
    """Append an edit and drop those that could have been done again; part of the caller's transaction."""
    connection.execute("DELETE FROM edit WHERE undone = 1")
    _insert(connection, entry, change)
    set_fact(connection, "n_edits", str(entry.number))


def restore(connection: sqlite3.Connection, edits: Sequence[tuple[HistoryEntry, Change]]) -> None:
    """Write the edits of another study into one that has none; part of the caller's transaction."""
    for entry, change in edits:
        _insert(connection, entry, change)
    set_fact(connection, "n_edits", str(len(edits)))


def check(connection: sqlite3.Connection, path: Path) -> None:
    """See that what every edit changed is as it was written.

    Raises:
        UserError: STUDY_UNREADABLE, when one is damaged.
    """
    for data, crc in connection.execute("SELECT change, change_crc FROM edit"):
        refuse_damaged(path, is_whole=zlib.crc32(data) == crc)


def _insert(connection: sqlite3.Connection, entry: HistoryEntry, change: Change) -> None:
    facts, data = json.dumps(entry.facts, ensure_ascii=False), change.to_bytes()
    crc, undone = zlib.crc32(data), int(entry.is_undone)
    sealed = seal(entry.number, entry.kind, facts, undone, crc)
    connection.execute(
        "INSERT INTO edit VALUES (?, ?, ?, ?, ?, ?, ?)", (entry.number, entry.kind, facts, data, undone, crc, sealed)
    )


def change_of(connection: sqlite3.Connection, number: int, path: Path) -> Change:
    """Return what an edit changed when it was done.

    Raises:
        UserError: STUDY_UNREADABLE, when that is damaged.
    """
    data, crc = connection.execute("SELECT change, change_crc FROM edit WHERE number = ?", (number,)).fetchone()
    refuse_damaged(path, is_whole=zlib.crc32(data) == crc)
    return Change.from_bytes(data)


def mark(connection: sqlite3.Connection, numbers: Iterable[int], *, undone: bool) -> None:
    """Note that edits are taken back or done again; part of the caller's transaction."""
    for number in numbers:
        row = connection.execute(f"{_SELECT} WHERE number = ?", (number,)).fetchone()
        _number, kind, facts, _undone, crc, _seal = row
        sealed = seal(number, kind, facts, int(undone), crc)
        connection.execute("UPDATE edit SET undone = ?, seal = ? WHERE number = ?", (int(undone), sealed, number))
