"""The SQLite file of a study: one writer, short transactions, on the disk before a call returns."""

import contextlib
import errno
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

from verbatlas.errors import Problem, UserError
from verbatlas.study.schema import check_version, create_tables

_HEADER = b"SQLite format 3\x00"


class Storage:
    """A connection that several threads may use in turn; a lock keeps their transactions apart.

    A write-ahead log with full synchronisation: a commit is one write and one sync, and survives a killed process and a
    pulled plug. Exclusive locking keeps a second program out; closing folds the log into the one file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.is_read_only = False
        self._lock = threading.RLock()
        self._identity: tuple[int, int] | None = None
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=1.0)

    @classmethod
    def create(cls, path: Path) -> "Storage":
        """Make a new study file; an empty one may be there already.

        Raises:
            UserError: There is a file already, or it cannot be written.
        """
        _claim(path)
        with _as_user_error(path):
            storage = cls(path)
            try:
                storage._set_up()
                with storage.transaction() as connection:
                    create_tables(connection)
            except BaseException:
                storage.discard()
                raise
        return storage

    @classmethod
    def open(cls, path: Path) -> "Storage":
        """Open a study file to go on working on it.

        Raises:
            UserError: It is missing, damaged, something else, from a newer version, or open elsewhere.
        """
        _check_header(path)
        with _as_user_error(path):
            storage = cls(path)
            try:
                check_version(storage._connection, path)  # first: what we do not know, we do not touch
                storage._set_up()
                with storage.transaction():
                    pass  # takes the lock, or says that another program has it
            except BaseException:
                storage._connection.close()
                raise
        return storage

    def _set_up(self) -> None:
        for pragma in ("locking_mode = EXCLUSIVE", "journal_mode = WAL", "synchronous = FULL", "cache_size = -16000"):
            self._connection.execute(f"PRAGMA {pragma}").fetchall()
        self._identity = _identity_of(self.path)

    def freeze(self, path: Path) -> None:
        """Refuse every change from now on, in the name of the study at ``path`` that this file is a copy of."""
        self.path = path
        self.is_read_only = True

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Run one transaction: all of it is on the disk when the block ends, or none of it.

        Raises:
            UserError: The disk is full, the file can no longer be written or is no longer there, or it was opened read
                only.
        """
        if self.is_read_only:
            raise UserError(Problem.STUDY_READ_ONLY, path=self.path)
        with self._lock, _as_user_error(self.path):
            self._refuse_when_gone()
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Read, while no other thread writes.

        Raises:
            UserError: The file is damaged.
        """
        with self._lock, _as_user_error(self.path):
            yield self._connection

    def _refuse_when_gone(self) -> None:
        """See that the file is still where it was.

        A system that lets go of open files would let us write into one that has no name any more: all of it would be
        lost when it is closed.
        """
        if self._identity is not None and _identity_of(self.path) != self._identity:
            raise UserError(Problem.STUDY_GONE, path=self.path)

    def copy_to(self, path: Path) -> None:
        """Write a copy of the whole study by SQLite's backup.

        Raises:
            UserError: The copy cannot be written.
        """
        with self._lock, _as_user_error(path), contextlib.closing(sqlite3.connect(path)) as copy:
            self._connection.backup(copy)

    def close(self) -> None:
        """Fold the log into the file and let go of it."""
        with self._lock, contextlib.suppress(sqlite3.Error):
            # Where this fails, the log stays beside the file and is folded in at the next opening.
            self._connection.execute("PRAGMA journal_mode = DELETE").fetchall()
        self._connection.close()

    def discard(self) -> None:
        """Let go of the file and remove it."""
        self.close()
        for path in (self.path, self.path.with_name(self.path.name + "-wal")):
            path.unlink(missing_ok=True)


def _claim(path: Path) -> None:
    """Make an empty file, or take one that is there: of two programs that make the same study, one comes first."""
    try:
        if not path.exists() or path.stat().st_size:
            path.open("xb").close()
    except FileExistsError:
        reason = "a study of this name is there already"
        raise UserError(Problem.OUTPUT_UNWRITABLE, path=path, reason=reason) from None
    except OSError as error:
        problem = Problem.DISK_FULL if error.errno in {errno.ENOSPC, errno.EDQUOT} else Problem.OUTPUT_UNWRITABLE
        raise UserError(problem, path=path, reason=error.strerror or str(error)) from error


def _identity_of(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from every other on this computer, wherever it is moved; None if there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _check_header(path: Path) -> None:
    try:
        with path.open("rb") as file:
            header = file.read(len(_HEADER))
    except FileNotFoundError:
        raise UserError(Problem.FILE_MISSING, path=path) from None
    except IsADirectoryError:
        raise UserError(Problem.FILE_IS_FOLDER, path=path) from None
    except OSError as error:
        raise UserError(Problem.FILE_UNREADABLE, path=path, reason=error.strerror or str(error)) from error
    if header != _HEADER:
        raise UserError(Problem.STUDY_UNREADABLE, path=path)


@contextlib.contextmanager
def _as_user_error(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.ProgrammingError:  # a study that was closed: a mistake of ours, and nothing about the file
        raise
    except sqlite3.DatabaseError as error:
        raise _user_error(path, error) from error


def _user_error(path: Path, error: sqlite3.DatabaseError) -> UserError:
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return UserError(Problem.STUDY_LOCKED, path=path)
    if name.startswith("SQLITE_FULL"):
        return UserError(Problem.DISK_FULL, path=path)
    if name.startswith("SQLITE_IOERR_WRITE"):
        # A write that the system cuts short says only that it failed; nearly always the disk or a quota is full.
        return UserError(Problem.DISK_FULL, path=path)
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_IOERR")):
        return UserError(Problem.OUTPUT_UNWRITABLE, path=path, reason=str(error))
    return UserError(Problem.STUDY_UNREADABLE, path=path)
