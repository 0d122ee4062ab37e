"""Importing the heavy libraries before the first job needs them."""

import importlib
from collections.abc import Callable

# In the order in which the main job meets them.
LIBRARIES = (
    "numpy",
    "openvino",
    "tokenizers",
    "faiss",
    "numba",
    "scipy.sparse",
    "graspologic_native",
    "sklearn.cluster",
    "rjieba",
    "hdbscan",
)


def warm_up(*, until: Callable[[], bool], libraries: tuple[str, ...] = LIBRARIES) -> None:
    """Import the heavy libraries one after the other, until there is real work.

    A library that cannot be imported is left alone: the job that needs it says so in its own words.
    """
    for library in libraries:
        if until():
            return
        try:
            importlib.import_module(library)
        except Exception:  # noqa: S112 - whatever a broken installation raises
            continue
