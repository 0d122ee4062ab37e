"""The threads that a large file is read in."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

# A smaller file is read before threads were of use.
_LARGE = 4 * 1024 * 1024
_MOST = 8


@contextmanager
def threads_for(size: int) -> Iterator[ThreadPoolExecutor | None]:
    """Give threads as long as a file is read, or none where they were no help.

    Args:
        size: How large the file is, in bytes.
    """
    count = min(_processors(), _MOST)
    if size < _LARGE or count < 2:
        yield None
        return
    threads = ThreadPoolExecutor(count, thread_name_prefix="reading")
    try:
        yield threads
    finally:
        threads.shutdown(cancel_futures=True)


def _processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):  # neither macOS nor Windows
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
