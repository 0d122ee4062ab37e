"""Files that are written as a whole or not at all."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from verbatlas.tables.failures import writing_problem


def write_whole(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Let ``write`` fill a file that takes the place of ``path`` when it is done.

    Raises:
        UserError: The disk is full, or the file or folder cannot be written; what was at ``path`` is still there.
    """
    try:
        handle, part = tempfile.mkstemp(prefix=".map-", suffix=".part", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                write(file)
            Path(part).chmod(0o644)
            Path(part).replace(path)
        except BaseException:
            Path(part).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise writing_problem(path, error) from error
