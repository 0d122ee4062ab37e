"""Files and folders that are written as a whole or not at all: beside, onto the disk, and then where they belong."""

import errno
import os
import shutil
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


def write_whole_folder(path: Path, fill: Callable[[Path], object]) -> None:
    """Let ``fill`` put files into a folder that becomes ``path`` when all of them are there.

    Raises:
        UserError: The disk is full, the folder cannot be made, or there is something of its name already.
    """
    try:
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
        part = Path(tempfile.mkdtemp(prefix=f".{path.name[:40]}.", suffix=".part", dir=path.parent))
        try:
            fill(part)
            part.chmod(_usual_mode(0o777))
            part.rename(path)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
    except OSError as error:
        raise writing_problem(path, error) from error


def _mode(path: Path) -> int:
    """Return the permissions of the file to replace, or those that any new file gets."""
    if path.exists():
        return path.stat().st_mode & 0o777
    return _usual_mode(0o666)


def _usual_mode(most: int) -> int:
    mask = os.umask(0)
    os.umask(mask)
    return most & ~mask
