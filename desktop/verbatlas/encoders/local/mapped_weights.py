"""A file of weights that this process maps into its memory and gives back as soon as it was read.

OpenVINO maps the file of a model too, but keeps every page that it read: with its own copy, packed for the processor,
that is the model twice.
"""

import mmap
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_SECONDS = 0.01  # between two times that pages are given back: some 10 MB are read in them


def can_give_back() -> bool:
    """Return whether the system takes back what was mapped when asked to; others than Linux do when memory is short."""
    return sys.platform == "linux"


class MappedWeights:
    """The file ``path``, mapped; it must not be empty.

    Raises:
        OSError: It cannot be read.
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            # To be copied when written to: OpenVINO takes only arrays that could be, and writes to none.
            self._mapping = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)

    @property
    def bytes(self) -> NDArray[np.uint8]:
        """The whole file; uint8, shape (n_bytes,), mapped as long as the array or this object lives."""
        return np.frombuffer(self._mapping, np.uint8)

    @contextmanager
    def given_back(self) -> Iterator[None]:
        """Give pages back while others are read; what is asked for again comes from the system's cache of files."""
        is_done = threading.Event()

        def give_back() -> None:
            while not is_done.wait(_SECONDS):
                self._mapping.madvise(mmap.MADV_DONTNEED)

        giving = threading.Thread(target=give_back, name="weights given back", daemon=True)
        giving.start()
        try:
            yield
        finally:
            is_done.set()
            giving.join()
            self._mapping.madvise(mmap.MADV_DONTNEED)
