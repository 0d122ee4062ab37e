"""Let work that a damaged file can crash run in a process of its own, so that only that process ends."""

import contextlib
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

from verbatlas.errors import Problem, UserError
from verbatlas.progress import Report

_SPAWN = multiprocessing.get_context("spawn")
_MEMORY = 4 * 1024**3  # bytes; sizes in a damaged file can be any number
_LONGEST = 120.0  # seconds; the files that are read so have 65,536 rows at most
_POLL = 0.1
_ITEM, _ERROR, _END = "item", "error", "end"

_Item = TypeVar("_Item")


def apart(work: Callable[[], Iterator[_Item]], path: Path, *, report: Report) -> Iterator[_Item]:
    """Yield what ``work`` yields in another process.

    Args:
        work: A function of a module, or a ``functools.partial`` of one; what it yields travels through a pipe.
        path: The file that it reads.
        report: Asked with every item and every tenth of a second whether the work is still wanted.

    Raises:
        UserError: What ``work`` raised, or FILE_DAMAGED if it crashed or came to no end.
        Cancelled: The reporter no longer wants the work; its process has ended.
    """
    ours, theirs = _SPAWN.Pipe(duplex=False)
    process = _SPAWN.Process(target=_serve, args=(theirs, work), name="verbatlas-reader", daemon=True)
    process.start()
    theirs.close()
    end = time.monotonic() + _LONGEST
    try:
        while True:
            kind, value = _next(ours, path, end, report)
            if kind == _ERROR:
                raise value
            if kind == _END:
                return
            yield value
    finally:
        process.kill()
        process.join()
        ours.close()


def _next(connection: Connection, path: Path, end: float, report: Report) -> tuple[str, Any]:
    try:
        report(0, 1)
        while not connection.poll(_POLL):
            report(0, 1)
            if time.monotonic() > end:
                raise UserError(Problem.FILE_DAMAGED, path=path)
        received: tuple[str, Any] = connection.recv()
    except EOFError as error:
        raise UserError(Problem.FILE_DAMAGED, path=path) from error
    return received


def _serve(connection: Connection, work: Callable[[], Iterator[object]]) -> None:
    _limit()
    try:
        for item in work():
            connection.send((_ITEM, item))
        connection.send((_END, None))
    except UserError as error:
        connection.send((_ERROR, error))
    finally:
        connection.close()


def _limit() -> None:
    """Bound the memory, and keep the words of a crash from a person's terminal: they get a sentence."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
