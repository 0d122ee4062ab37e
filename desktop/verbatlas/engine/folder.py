"""The private temporary folder of a running program, and the end of those that crashes left behind."""

import os
import sys
import tempfile
from pathlib import Path
from typing import IO

from verbatlas.engine.exchange import remove_folder, told_when_full

_PREFIX = "verbatlas-engine-"
_LOCK = "in-use"

if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: IO[bytes]) -> bool:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


class PrivateFolder:
    """A folder that only this user may read, and that is in use as long as its lock is held.

    The operating system drops the lock when the program ends in whatever way. That tells a forgotten folder
    from one in use more surely than a process number does, which may be reused, or belong to another
    container.

    Attributes:
        path: The folder.

    Raises:
        UserError: The disk is full (DISK_FULL).
    """

    def __init__(self) -> None:
        parent = Path(tempfile.gettempdir())
        _remove_forgotten(parent)
        with told_when_full(parent):
            self.path, self._lock = _claim(parent)

    def remove(self) -> None:
        """Remove the folder and all that is in it."""
        self._lock.close()
        remove_folder(self.path)


def _claim(parent: Path) -> tuple[Path, IO[bytes]]:
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
        lock = (folder / _LOCK).open("wb")
        # Another program that starts just now may take the folder for a forgotten one before it is locked.
        if _try_lock(lock) and (folder / _LOCK).exists():
            return folder, lock
        lock.close()


def _remove_forgotten(parent: Path) -> None:
    for folder in parent.glob(f"{_PREFIX}*"):
        try:
            if _is_mine(folder) and _is_unlocked(folder / _LOCK):
                remove_folder(folder)
        except OSError:  # just being made, or just being removed
            continue


def _is_unlocked(lock: Path) -> bool:
    with lock.open("r+b") as file:
        return _try_lock(file)


def _is_mine(folder: Path) -> bool:
    return sys.platform == "win32" or folder.stat(follow_symlinks=False).st_uid == os.getuid()
