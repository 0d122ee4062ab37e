"""The threads that a large file is read in."""

import os
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

# A smaller file is read before threads were of use.
_LARGE = 4 * 1024 * 1024
_MOST = 8


@dataclass(frozen=True, slots=True)
class Threads:
    """Threads of two kinds.

    Attributes:
        ahead: One, for what has an order, such as reading on in a file.
        beside: As many as there are processors, for work that knows nothing of other work.
    """

    ahead: Executor
    beside: Executor


@contextmanager
def threads_for(size: int) -> Iterator[Threads | None]:
    """Give threads as long as a file is read, or none where they were no help.

    Args:
        size: How large the file is, in bytes.
    """
    count = min(_processors(), _MOST)
    if size < _LARGE or count < 2:
        yield None
        return
    threads = Threads(ThreadPoolExecutor(1, "reading-ahead"), ThreadPoolExecutor(count, "reading-beside"))
    try:
        yield threads
    finally:
        threads.ahead.shutdown(cancel_futures=True)
        threads.beside.shutdown(cancel_futures=True)


def _processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):  # neither macOS nor Windows
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
