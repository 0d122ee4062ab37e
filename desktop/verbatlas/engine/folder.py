"""The private temporary folder of a running program, and the end of those that crashes left behind."""

import os
import sys
import tempfile
from pathlib import Path
from typing import IO

from verbatlas.engine.exchange import remove_path, told_when_full

_PREFIX = "verbatlas-engine-"
_LOCK = "in-use"
_ATTEMPTS = 3

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
        clear_away(self.path)


def clear_away(folder: Path) -> None:
    """Remove a private folder.

    Windows does not let go of files that are still mapped; the lock then stays with them, for the next start
    to find.
    """
    for content in folder.glob("*"):
        if content.name != _LOCK:
            remove_path(content)
    if all(content.name == _LOCK for content in folder.glob("*")):
        remove_path(folder)


def _claim(parent: Path) -> tuple[Path, IO[bytes]]:
    for _ in range(_ATTEMPTS):
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
        lock = (folder / _LOCK).open("wb")
        # Another program that starts just now may take the folder for a forgotten one before it is locked.
        if _try_lock(lock) and (folder / _LOCK).exists():
            break
        lock.close()
        clear_away(folder)
    else:  # a file system without locks: there, nobody takes a folder for a forgotten one
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
        lock = (folder / _LOCK).open("wb")
    return folder, lock


def _remove_forgotten(parent: Path) -> None:
    for folder in parent.glob(f"{_PREFIX}*"):
        try:
            if _is_mine(folder):
                _remove_if_unlocked(folder)
        except OSError:  # just being made, or just being removed
            continue


def _remove_if_unlocked(folder: Path) -> None:
    with (folder / _LOCK).open("r+b") as lock:
        if not _try_lock(lock):
            return
        clear_away(folder)
    clear_away(folder)  # Windows keeps an open file, and so the lock itself, until now


def _is_mine(folder: Path) -> bool:
    return sys.platform == "win32" or folder.stat(follow_symlinks=False).st_uid == os.getuid()
