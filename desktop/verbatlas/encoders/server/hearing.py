"""Asynchronous work inside a plain function, which listens all the time whether its result is still wanted."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from verbatlas import network_guard

_SECONDS = 0.1  # between two moments of listening

Result = TypeVar("Result")


def run(work: Coroutine[Any, Any, Result], *, hear: Callable[[], None]) -> Result:
    """Return what ``work`` returns.

    Args:
        work: Runs in an event loop of its own.
        hear: Called ten times a second; when it raises, the work is cut off, its connections with it, and what it
            raised passes through.

    Raises:
        UserError: The network may no longer be used (WENT_OFFLINE).
    """
    return asyncio.run(_heard(work, hear=hear))


async def _heard(work: Coroutine[Any, Any, Result], *, hear: Callable[[], None]) -> Result:
    task = asyncio.ensure_future(work)
    try:
        while not task.done():
            network_guard.stop_if_offline()
            hear()
            await asyncio.wait([task], timeout=_SECONDS)
        return task.result()
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
