"""Files that are written as a whole or not at all: beside, onto the disk, and then in the place of the old one."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from verbatlas.tables.failures import writing_problem


def write_whole(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Let ``write`` fill a file that takes the place of ``path`` when it is on the disk.

    Raises:
        UserError: The disk is full, or the file or folder cannot be written; what was at ``path`` is still there.
    """
    try:
        handle, part = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".part", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                write(file)
                file.flush()
                os.fsync(file.fileno())
            Path(part).chmod(_mode(path))
            Path(part).replace(path)
        except BaseException:
            Path(part).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise writing_problem(path, error) from error


def _mode(path: Path) -> int:
    """Return the permissions of the file to replace, or those that any new file gets."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
