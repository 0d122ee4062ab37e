"""Where what can be made again is kept between runs, and how much of it."""

import os
from pathlib import Path

import platformdirs

from verbatlas.shared_settings import shared_settings

CACHE_BYTES = 2 * 1024**3  # the vectors of 1.3 million texts of 384 dimensions


def cache_folder() -> Path:
    """Return the folder for converted models and vectors: the user's cache, or what VERBATLAS_CACHE_DIR says."""
    chosen = os.environ.get("VERBATLAS_CACHE_DIR")
    return Path(chosen) if chosen else Path(platformdirs.user_cache_dir("verbatlas", appauthor=False))


def vectors_path() -> Path:
    """Return the file of the vector cache; it need not be there."""
    return cache_folder() / "vectors.sqlite"


def cache_bytes() -> int:
    """Return how large the vector cache may become: what VERBATLAS_CACHE_BYTES says, what is set, or CACHE_BYTES.

    0 is none at all.
    """
    for said in (cache_bytes_of_environment(), shared_settings().cache_bytes):
        if said is not None:
            return said
    return CACHE_BYTES


def cache_bytes_of_environment() -> int | None:
    """Return what VERBATLAS_CACHE_BYTES says; None where it says nothing, or no whole number, which is a slip."""
    chosen = os.environ.get("VERBATLAS_CACHE_BYTES", "").strip()
    return int(chosen) if chosen.isascii() and chosen.isdigit() else None
