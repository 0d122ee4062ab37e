"""Work in a process of its own, which gives its memory back when it ends."""

import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
import warnings
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from verbatlas.progress import Report

_LONGEST_REASON = 2_000  # characters: what a pipe takes without anyone reading


class ChildFailed(Exception):  # noqa: N818 - what happened, as with Cancelled
    """The process ended without having done its work.

    Attributes:
        has_raised: Whether the work raised, and would do so again; a process may also have been killed.
    """

    def __init__(self, reason: str, *, has_raised: bool) -> None:
        super().__init__(reason)
        self.has_raised = has_raised


def run_elsewhere(work: Callable[..., None], *args: object, seconds: int, report: Report) -> None:
    """Call ``work(*args)`` in a new process and wait for its end.

    Args:
        work: A function of a module; it leaves its result in files.
        args: What it needs, picklable.
        seconds: How long it takes, roughly.
        report: Told the tenths of seconds gone and expected, several times a second.

    Raises:
        ChildFailed: It raised, or was killed.
        Cancelled: The reporter no longer wants it; the process is ended.
    """
    context = multiprocessing.get_context("spawn")
    heard, tell = context.Pipe(duplex=False)
    process = context.Process(target=_begin, args=(tell, work, *args))
    process.start()
    tell.close()
    with heard:
        try:
            _wait(process, seconds=seconds, report=report)
        finally:
            if process.is_alive():
                process.kill()
            process.join()
        try:
            reason = heard.recv()
        except EOFError:  # nothing was told
            reason = ""
    if reason or process.exitcode != 0:
        raise ChildFailed(reason or f"exit code {process.exitcode}", has_raised=bool(reason))


def _wait(process: BaseProcess, *, seconds: int, report: Report) -> None:
    tenths = 0
    while process.is_alive():
        process.join(0.1)
        tenths += 1
        report(min(tenths, 10 * seconds - 1), 10 * seconds)


def _begin(tell: Connection, work: Callable[..., None], *args: object) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal reaches both processes; the parent decides
    _end_with_the_parent()
    # This process shares the person's terminal: only what goes wrong is theirs to read.
    warnings.simplefilter("ignore")
    os.environ |= {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_VERBOSITY": "error", "HF_HUB_DISABLE_PROGRESS_BARS": "1"}
    try:
        work(*args)
    except Exception as error:
        tell.send(f"{type(error).__name__}: {error}"[:_LONGEST_REASON])


def _end_with_the_parent() -> None:
    """End this process when the one that wants the result is gone, however it went."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
