"""Work that waits for the network in a thread of its own, so that the one that watches it can always stop."""

import threading
from collections.abc import Callable
from typing import BinaryIO, Generic, TypeVar

from verbatlas import network_guard
from verbatlas.progress import Cancelled, Report

_GLANCE = 0.1  # seconds between two reports
_FAREWELL = 0.5  # seconds that a thread gets to notice that it is no longer wanted

Result = TypeVar("Result")


class Watch:
    """What a working thread and the one that watches it share.

    Attributes:
        done: Bytes that are there.
        total: Bytes in all; 0 before that is known.
    """

    def __init__(self) -> None:
        self.done = 0
        self.total = 0
        self._lock = threading.Lock()
        self._is_unwanted = threading.Event()

    def begin(self, *, done: int, total: int) -> None:
        """Say how much there is to do, and how much of it is done."""
        with self._lock:
            self.done, self.total = done, total

    def advance(self, n_bytes: int) -> None:
        """Say that some bytes more are there, or (below 0) no longer.

        Raises:
            Cancelled: The work is no longer wanted.
        """
        self.check()
        with self._lock:
            self.done += n_bytes

    def write(self, file: BinaryIO, content: bytes) -> None:
        """Write to an unbuffered file and count it: nothing is written once the work is no longer wanted.

        Raises:
            Cancelled: The work is no longer wanted.
            OSError: The file cannot be written.
        """
        left = memoryview(content)
        while left:
            with self._lock:
                self.check()
                n_written = file.write(left)
                self.done += n_written
            left = left[n_written:]

    def check(self) -> None:
        """Go on only if the work is still wanted.

        Raises:
            Cancelled: It is not.
        """
        if self._is_unwanted.is_set():
            raise Cancelled

    def wait(self, seconds: float) -> None:
        """Do nothing for a while.

        Raises:
            Cancelled: The work is no longer wanted.
        """
        if self._is_unwanted.wait(seconds):
            raise Cancelled

    def give_up(self) -> None:
        """Say that the work is no longer wanted, and wait until nothing more will be written."""
        self._is_unwanted.set()
        with self._lock:
            return


class _Outcome(Generic[Result]):
    result: Result
    error: BaseException | None = None


def watched(work: Callable[[Watch], Result], *, report: Report) -> Result:
    """Do ``work`` in a thread and report how far it has come, ten times a second.

    A thread that hangs in the network when the reporter wants no more is left to itself: it can neither write nor, with
    the way to its host closed behind it, connect again, and ends with its own patience.

    Raises:
        Cancelled: The reporter no longer wants it.
        UserError: The network may no longer be used (WENT_OFFLINE).
        BaseException: What ``work`` raises.
    """
    watch, outcome = Watch(), _Outcome[Result]()

    def run() -> None:
        try:
            outcome.result = work(watch)
        except BaseException as error:  # whatever it is, it is raised again where the work was asked for
            outcome.error = error

    thread = threading.Thread(target=run, name="hub", daemon=True)
    thread.start()
    try:
        is_alive = True
        while is_alive:
            thread.join(_GLANCE)
            is_alive = thread.is_alive()  # asked first: the last report is of all that was done
            if is_alive:
                network_guard.stop_if_offline()
            report(watch.done, watch.total)
    finally:
        watch.give_up()
        thread.join(_FAREWELL)
    if outcome.error is not None:
        raise outcome.error
    return outcome.result
