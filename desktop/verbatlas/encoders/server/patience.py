"""How often and after which pauses a request is tried again, and how many run at a time."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from verbatlas.encoders.server.connection import MOST_AT_ONCE
from verbatlas.encoders.server.trouble import Kind, Trouble

# A server that is restarted, too busy or behind a bad line gets better by itself; nothing else does.
PASSING = frozenset({Kind.ABSENT, Kind.LOST, Kind.SLOW, Kind.BUSY, Kind.FAILING})
_QUICK, _LONG = 5.0, 20.0  # seconds for one request

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to put up with a server.

    Attributes:
        pauses: Seconds before the second try, the third, and so on: always the same, so that a run can be repeated.
        seconds: How long one try may take.
        longest_pause: The longest that a server may ask to wait; one that wants more is given up.
    """

    pauses: tuple[float, ...] = (1, 2, 5, 12, 30)
    seconds: float = 90
    longest_pause: float = 120

    @property
    def n_tries(self) -> int:
        """How many tries there are in all."""
        return len(self.pauses) + 1


async def patiently(
    ask: Callable[[], Awaitable[Answer]],
    *,
    patience: Patience,
    waits: Callable[[int], None],
    passing: frozenset[Kind] = PASSING,
) -> Answer:
    """Return what ``ask`` returns, after as many tries as ``patience`` has.

    Args:
        ask: One try.
        patience: How many tries, and the pauses between them.
        waits: Told the number of the try that is waited for, and 0 when one is over.
        passing: What is worth another try.

    Raises:
        Trouble: Of the last try.
    """
    for number, pause in enumerate((*patience.pauses, None), start=2):
        try:
            return await ask()
        except Trouble as trouble:
            wanted = trouble.retry_after if trouble.retry_after is not None else pause
            if trouble.kind not in passing or pause is None or wanted is None or wanted > patience.longest_pause:
                raise
        waits(number)
        try:
            await asyncio.sleep(wanted)
        finally:
            waits(0)
    raise AssertionError("the last try returns or raises")


class Flow:
    """How many requests run at a time: more while answers come quickly, fewer when they are slow or fail.

    A server on a processor of its own answers sixteen requests one after the other, and the last would be late.
    """

    def __init__(self, most: int = MOST_AT_ONCE) -> None:
        self._most = most
        self.allowed = min(2, most)

    def answered(self, seconds: float) -> None:
        """Hear that a request took so long."""
        if seconds < _QUICK:
            self.allowed = min(self._most, self.allowed + 1)
        elif seconds > _LONG:
            self.allowed = max(1, self.allowed - 1)

    def failed(self) -> None:
        """Hear that a request has to be tried again."""
        self.allowed = max(1, self.allowed // 2)
