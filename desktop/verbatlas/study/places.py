"""Where studies without a name of their own live."""

import os
import re
from pathlib import Path

import platformdirs

ENDING = ".verbatlas"


def studies_folder() -> Path:
    """Return the folder of unnamed studies: the user's data folder, or what VERBATLAS_DATA_DIR says."""
    chosen = os.environ.get("VERBATLAS_DATA_DIR")
    base = Path(chosen) if chosen else Path(platformdirs.user_data_dir("verbatlas", appauthor=False))
    return base / "studies"


def new_study_path(source: Path) -> Path:
    """Return a free path for the study of ``source`` in the folder of unnamed studies, which is made if missing."""
    folder = studies_folder()
    folder.mkdir(parents=True, exist_ok=True)
    stem = re.sub(r'[<>:"/\\|?*\x00-\x1f]', "_", source.stem)[:80].strip(" .") or "study"
    path, number = folder / f"{stem}{ENDING}", 2
    while path.exists():
        path, number = folder / f"{stem} {number}{ENDING}", number + 1
    return path
