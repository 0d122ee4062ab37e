"""Where studies without a name of their own live."""

import itertools
import os
import re
from pathlib import Path

import platformdirs

ENDING = ".verbatlas"
_MOST_BYTES = 160  # with room for a number and for the endings of files beside it


def studies_folder() -> Path:
    """Return the folder of unnamed studies: the user's data folder, or what VERBATLAS_DATA_DIR says."""
    chosen = os.environ.get("VERBATLAS_DATA_DIR")
    base = Path(chosen) if chosen else Path(platformdirs.user_data_dir("verbatlas", appauthor=False))
    return base / "studies"


def new_study_path(name: str) -> Path:
    """Claim a path for a study called ``name`` in the folder of unnamed studies, which is made if missing.

    An empty file is there then: two programs that ask at the same time get two paths.

    Raises:
        OSError: The folder cannot be written.
    """
    folder = studies_folder()
    folder.mkdir(parents=True, exist_ok=True)
    stem = re.sub(r'[<>:"/\\|?*\x00-\x1f]', "_", _short(name)).strip(" .") or "study"
    for number in itertools.count(1):
        path = folder / (f"{stem}{ENDING}" if number == 1 else f"{stem} {number}{ENDING}")
        try:
            path.open("xb").close()
        except FileExistsError:
            continue
        return path
    raise AssertionError("unreachable")


def _short(name: str) -> str:
    """Return the beginning of a name that every file system takes: some count its bytes, and allow 255."""
    return name.encode("utf-8", "replace")[:_MOST_BYTES].decode("utf-8", "ignore")
