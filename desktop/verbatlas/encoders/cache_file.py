"""The SQLite file of the vector cache: made, opened, kept within its size, and made anew where it is damaged."""

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from verbatlas.encoders.cache_blocks import Damaged

# "VbVc": what tells the file from another program's. A file of another version is not read but made anew.
_APPLICATION, _VERSION = 0x56625663, 1
# Large pages: vectors are read at 4 GB/s, with pages of 4 kB at less than half of that. Space goes back to the disk.
PAGE_BYTES = 32 * 1024
LOG_BYTES = 16 * 1024**2
_BUSY_SECONDS = 1.0  # as long as another window may keep this one waiting; its own writing takes milliseconds
_PAGES_GIVEN_BACK = 256  # at a time
_SCHEMA = (
    # What encoded the vectors of some blocks. Its number and theirs are never given again.
    "CREATE TABLE space"
    " (id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, n_dimensions INTEGER NOT NULL)",
    # ``used`` is the last job that needed it, jobs being counted.
    "CREATE TABLE block (id INTEGER PRIMARY KEY AUTOINCREMENT, space INTEGER NOT NULL, used INTEGER NOT NULL)",
    # Beside the vectors, so that all digests are read in a moment.
    "CREATE TABLE digests (block INTEGER PRIMARY KEY, digests BLOB NOT NULL)",
    "CREATE TABLE records (block INTEGER PRIMARY KEY, records BLOB NOT NULL)",
    # Which space an encoder makes, by what can be told of it before its model is loaded.
    "CREATE TABLE signature (signature TEXT PRIMARY KEY, key TEXT NOT NULL, n_dimensions INTEGER NOT NULL,"
    " checksum INTEGER NOT NULL)",
)
_OF_THE_MACHINE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_INTERRUPT,
    sqlite3.SQLITE_NOLFS,
}


def open_file(path: Path) -> sqlite3.Connection:
    """Return a connection to the cache at ``path``, which is made where there is none.

    Raises:
        Damaged: There is a file, but not one of ours, or not a whole one.
        OSError, sqlite3.Error: It cannot be had; :func:`is_damage` tells what for.
    """
    if not path.exists():
        _make(path)
    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
    try:
        _set_up(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def is_damage(error: Exception, path: Path) -> bool:
    """Return whether an error means that the file must be made anew, rather than that it cannot be used just now."""
    if not isinstance(error, sqlite3.Error):
        # What a damaged file holds may be of any type and size.
        return isinstance(error, Damaged | TypeError | ValueError | ArithmeticError)
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    if code == sqlite3.SQLITE_READONLY:
        return _may_write(path) and _may_write(path.parent)  # damage can look like that
    return code not in _OF_THE_MACHINE


def remove_file(path: Path) -> None:
    """Remove the cache and what SQLite puts beside it.

    Raises:
        OSError: Not all of it can be removed.
    """
    for each in _files(path):
        each.unlink(missing_ok=True)


def size_of_file(path: Path) -> int:
    """Return how many bytes the cache takes on the disk, with what SQLite puts beside it."""
    total = 0
    for each in _files(path):
        with contextlib.suppress(OSError):
            total += each.stat().st_size
    return total


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection, *, writes: bool = True) -> Iterator[None]:
    """Do all or nothing, and see nothing of what other processes do meanwhile."""
    connection.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def file_bytes(connection: sqlite3.Connection) -> int:
    """Return how large the file is, its log not counted."""
    return _number(connection, "page_count") * PAGE_BYTES


def used_bytes(connection: sqlite3.Connection) -> int:
    """Return how much of the file holds something, in bytes."""
    return (_number(connection, "page_count") - _number(connection, "freelist_count")) * PAGE_BYTES


def give_back(connection: sqlite3.Connection, *, down_to: int) -> bool:
    """Give some of what holds nothing back to the disk, if the file is larger than ``down_to`` bytes.

    Returns:
        Whether something was given back, and so there may be more.
    """
    if file_bytes(connection) <= down_to or not _number(connection, "freelist_count"):
        return False
    before = file_bytes(connection)
    connection.executescript(f"PRAGMA incremental_vacuum({_PAGES_GIVEN_BACK})")  # execute() would stop after one page
    return file_bytes(connection) < before


def shorten_log(connection: sqlite3.Connection) -> None:
    """Take the log over into the file, as far as other processes allow."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _files(path: Path) -> list[Path]:
    return [path, *(path.with_name(path.name + ending) for ending in ("-wal", "-shm", "-journal"))]


def _make(path: Path) -> None:
    """Put an empty cache there in one step, so that no other process meets half of one; leave one that is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Nobody else may read it: what a vector was made of can be guessed from it.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}-new-")
    os.close(handle)
    made = Path(name)
    try:
        with contextlib.closing(sqlite3.connect(made, isolation_level=None)) as connection:
            for setting in (f"page_size = {PAGE_BYTES}", "auto_vacuum = INCREMENTAL", "journal_mode = WAL"):
                connection.execute(f"PRAGMA {setting}")
            with transaction(connection):
                connection.execute(f"PRAGMA application_id = {_APPLICATION}")
                connection.execute(f"PRAGMA user_version = {_VERSION}")
                for statement in _SCHEMA:
                    connection.execute(statement)
        _put(made, path)
    finally:
        remove_file(made)


def _put(made: Path, path: Path) -> None:
    with contextlib.suppress(FileExistsError):
        try:
            path.hardlink_to(made)
        except FileExistsError:
            raise
        except OSError:  # a disk without links, as memory sticks are
            made.rename(path)


def _set_up(connection: sqlite3.Connection) -> None:
    # A damaged file must not run code of its own, nor lead SQLite astray.
    for setting in ("trusted_schema = OFF", "cell_size_check = ON"):
        connection.execute(f"PRAGMA {setting}")
    if (_number(connection, "application_id"), _number(connection, "user_version")) != (_APPLICATION, _VERSION):
        raise Damaged("it is not the vector cache of this version")
    connection.execute("PRAGMA synchronous = NORMAL")  # what a power cut takes away is encoded again
    connection.execute(f"PRAGMA journal_size_limit = {LOG_BYTES}")
    connection.execute(f"PRAGMA wal_autocheckpoint = {LOG_BYTES // PAGE_BYTES}")


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])
