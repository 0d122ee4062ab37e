"""The tables of a study file, its version, and the steps from older versions."""

import sqlite3
from pathlib import Path

from verbatlas.errors import Problem, UserError

APPLICATION_ID = 0x56425441  # "VBTA": tells what the file is to tools such as file(1)
VERSION = 5
FIRST_SEALED = 3  # the version from which on every row has a checksum

_TABLES = """
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL, seal INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE TABLE cells (
    column_number INTEGER, block INTEGER, data BLOB NOT NULL, seal INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (column_number, block)
);
CREATE TABLE array (
    name TEXT PRIMARY KEY, generation INTEGER NOT NULL, dtype TEXT NOT NULL, shape TEXT NOT NULL,
    seal INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE array_part (
    name TEXT, generation INTEGER, part INTEGER, crc INTEGER NOT NULL, data BLOB NOT NULL,
    PRIMARY KEY (name, generation, part)
);
CREATE TABLE cluster (id INTEGER PRIMARY KEY, value TEXT NOT NULL, seal INTEGER NOT NULL DEFAULT 0);
CREATE TABLE edit (
    number INTEGER PRIMARY KEY, kind TEXT NOT NULL, facts TEXT NOT NULL, change BLOB NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0, change_crc INTEGER NOT NULL DEFAULT 0, seal INTEGER NOT NULL DEFAULT 0
);
"""


def create_tables(connection: sqlite3.Connection) -> None:
    """Make an empty file a study of the current version; part of the caller's transaction."""
    for statement in _TABLES.split(";"):
        if statement.strip():
            connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def check_version(connection: sqlite3.Connection, path: Path) -> None:
    """See that the file is a study that this program knows.

    Raises:
        UserError: STUDY_UNREADABLE or STUDY_TOO_NEW.
    """
    application_id = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application_id != APPLICATION_ID or version < 1:
        raise UserError(Problem.STUDY_UNREADABLE, path=path)
    if version > VERSION:
        raise UserError(Problem.STUDY_TOO_NEW, path=path, version=version, known=VERSION)
