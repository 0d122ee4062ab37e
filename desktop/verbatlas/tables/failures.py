"""The operating system's errors about files, as problems that a person can act on."""

import errno
from pathlib import Path

from verbatlas.errors import Problem, UserError

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


def reading_problem(path: Path, error: OSError) -> UserError:
    """Return why ``path`` could not be read."""
    if isinstance(error, FileNotFoundError):
        return UserError(Problem.FILE_MISSING, path=path)
    if isinstance(error, IsADirectoryError):
        return UserError(Problem.FILE_IS_FOLDER, path=path)
    return UserError(Problem.FILE_UNREADABLE, path=path, reason=error.strerror or str(error))


def writing_problem(path: Path, error: OSError) -> UserError:
    """Return why ``path`` could not be written."""
    if error.errno in _FULL:
        return UserError(Problem.DISK_FULL, path=path)
    return UserError(Problem.OUTPUT_UNWRITABLE, path=path, reason=error.strerror or str(error))
