"""A copy of a study file as it is at this moment, whoever has it open and whatever is wrong with it."""

import shutil
from pathlib import Path

from verbatlas.errors import Problem, UserError

_ATTEMPTS = 5
_LOG_HEADER = 32  # bytes; the log's salts are in them and change whenever the log begins anew


def take_snapshot(path: Path, folder: Path) -> Path:
    """Copy a study and the log beside it into ``folder``, and return the copy's path.

    The program that has the study open changes the file only by folding the log into it, so a copy of both is whole as
    long as the log has not begun anew in between (SQLite, Write-Ahead Logging).

    Raises:
        UserError: FILE_MISSING or FILE_UNREADABLE; STUDY_LOCKED, when the study changes faster than it can be copied;
            DISK_FULL, when there is no room for the copy.
    """
    copy = folder / "copy.verbatlas"
    for _ in range(_ATTEMPTS):
        before = _state(path)
        _copy(path, copy)
        log, copied_log = _log_of(path), _log_of(copy)
        if log.exists():
            _copy(log, copied_log)
        else:
            copied_log.unlink(missing_ok=True)
        if _state(path) == before:
            return copy
    raise UserError(Problem.STUDY_LOCKED, path=path)


def _state(path: Path) -> tuple[bytes, int]:
    """Return what is different after the log has been folded into the file."""
    try:
        with _log_of(path).open("rb") as file:
            return file.read(_LOG_HEADER), 0
    except OSError:
        return b"", path.stat().st_mtime_ns if path.exists() else 0


def _log_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def _copy(source: Path, target: Path) -> None:
    try:
        # Not sendfile or the like: on Windows a part of an open study cannot be read, which must be an error here.
        with source.open("rb") as reader, target.open("wb") as writer:
            shutil.copyfileobj(reader, writer, 1024 * 1024)
    except FileNotFoundError:
        raise UserError(Problem.FILE_MISSING, path=source) from None
    except OSError as error:
        if error.filename is None:  # while reading or writing, and not while opening
            raise UserError(Problem.DISK_FULL, path=target.parent) from error
        raise UserError(Problem.FILE_UNREADABLE, path=source, reason=error.strerror or str(error)) from error
