"""Pieces of work done by several threads at a time, their results in order."""

from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

_WAITING = 1  # pieces that are ready for each thread when it is done with one


def done_abreast(
    work: Callable[[_Item], _Result], items: Sequence[_Item], *, at_once: int
) -> Generator[_Result, None, None]:
    """Yield ``work(item)`` for every item, in order.

    Close the iterator where it is not used to its end: nothing more is begun then, and what is begun is waited for.

    Args:
        work: Called in as many threads as are given; what it raises comes out here, in the item's turn.
        items: What to work on.
        at_once: How many at a time; 1 for the thread that asks, with no other.
    """
    if at_once <= 1:
        yield from map(work, items)
        return
    with ThreadPoolExecutor(at_once, "abreast") as threads:
        coming: deque[Future[_Result]] = deque()
        try:
            for item in items:
                if len(coming) >= at_once * (1 + _WAITING):
                    yield coming.popleft().result()
                coming.append(threads.submit(work, item))
            while coming:
                yield coming.popleft().result()
        finally:
            for unwanted in coming:
                unwanted.cancel()
