"""Where what can be made again is kept between runs."""

import os
from pathlib import Path

import platformdirs


def cache_folder() -> Path:
    """Return the folder for converted models: the user's cache, or what VERBATLAS_CACHE_DIR says."""
    chosen = os.environ.get("VERBATLAS_CACHE_DIR")
    return Path(chosen) if chosen else Path(platformdirs.user_cache_dir("verbatlas", appauthor=False))
