"""The next piece of work made ready by another thread while this one uses the piece before."""

import threading
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from verbatlas.progress import Cancelled

_Item = TypeVar("_Item")
_Ready = TypeVar("_Ready")

Begun = Callable[[], None]


def made_ahead(make: Callable[[_Item, Begun], _Ready], items: Sequence[_Item]) -> Generator[_Ready, None, None]:
    """Yield ``make(item, begun)`` for every item in order, the next one being made meanwhile.

    Close the iterator where it is not used to its end: the other thread stops then.

    Args:
        make: Called in the other thread; it calls ``begun`` before every part of its work, which raises Cancelled as
            soon as nobody waits any more.
        items: What to make ready.
    """
    unwanted = threading.Event()

    def begun() -> None:
        if unwanted.is_set():
            raise Cancelled

    with ThreadPoolExecutor(1, "ahead") as thread:
        try:
            coming = [thread.submit(make, item, begun) for item in items[:1]]
            for place in range(len(items)):
                ready = coming.pop().result()
                coming = [thread.submit(make, item, begun) for item in items[place + 1 : place + 2]]
                yield ready
        finally:
            unwanted.set()
