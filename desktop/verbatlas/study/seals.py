"""Checksums of rows: what a failing disk changed is told and never taken for the analyst's work."""

import sqlite3
import zlib
from pathlib import Path

from verbatlas.errors import Problem, UserError

Value = str | bytes | int


def seal(*values: Value) -> int:
    """Return a checksum of the values of a row, in their order."""
    found = 0
    for value in values:
        data = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
        found = zlib.crc32(data, zlib.crc32(len(data).to_bytes(8, "little"), found))
    return found


def refuse_damaged(path: Path, *, is_whole: bool) -> None:
    """Pass if what was read from a study is whole.

    Raises:
        UserError: STUDY_UNREADABLE.
    """
    if not is_whole:
        raise UserError(Problem.STUDY_UNREADABLE, path=path)


def set_fact(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Keep one fact about the study; part of the caller's transaction."""
    connection.execute("INSERT OR REPLACE INTO fact VALUES (?, ?, ?)", (name, value, seal(name, value)))


def forget_fact(connection: sqlite3.Connection, name: str) -> None:
    """Keep a fact about the study no longer; part of the caller's transaction."""
    connection.execute("DELETE FROM fact WHERE name = ?", (name,))


def read_facts(connection: sqlite3.Connection, path: Path) -> dict[str, str]:
    """Return all facts about the study.

    Raises:
        UserError: STUDY_UNREADABLE, when one is damaged.
    """
    facts = {}
    for name, value, sealed in connection.execute("SELECT name, value, seal FROM fact"):
        refuse_damaged(path, is_whole=seal(name, value) == sealed)
        facts[name] = value
    return facts
