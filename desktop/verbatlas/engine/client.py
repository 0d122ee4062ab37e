"""The window's side of the engine: jobs go in, messages come out, and the process behind them may die."""

import atexit
import contextlib
import itertools
import pickle
import threading
import time
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Self

from numpy.typing import NDArray

from verbatlas.engine import exchange, messages
from verbatlas.engine.bell import Bell
from verbatlas.engine.exchange import ArrayReference, DocumentsReference, Reference
from verbatlas.engine.folder import PrivateFolder
from verbatlas.engine.ledger import Ledger
from verbatlas.engine.link import Link
from verbatlas.engine.messages import Cancel, Failed, Message, Request
from verbatlas.errors import Problem, UserError
from verbatlas.progress import Cancelled

CANCEL_GRACE = 2.0  # seconds for a job to stop by itself before its process is killed


class Engine:
    """Runs jobs, one after the other, in a process of its own.

    One thread owns the engine: it calls ``start`` and then ``messages`` again and again; everything that
    concerns the process happens inside those calls. ``submit``, ``cancel``, ``share_documents``,
    ``share_array``, ``release`` and ``close`` may be called from any thread at any time.

    Every job ends exactly once, with Finished, Failed or Cancelled. A process that dies takes its job with it
    and nothing else: the jobs that wait run in the next process.
    """

    def __init__(self) -> None:
        self._ledger = Ledger()
        self._bell = Bell()
        self._owner = threading.RLock()  # held by whoever touches the process
        self._folder: PrivateFolder | None = None
        self._link: Link | None = None
        self._kill_at: float | None = None
        self._is_closing = False
        self._numbers = itertools.count(1)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def start(self) -> None:
        """Start the process, which begins to import the heavy libraries, and return at once.

        A second start changes nothing, one that failed may be tried again, and a closed engine stays closed.

        Raises:
            UserError: There is no room for the temporary folder (DISK_FULL).
            OSError: The operating system refuses a process or a temporary folder.
        """
        with self._owner:
            if self._is_closing:
                return
            if self._folder is None:
                self._folder = PrivateFolder()
                atexit.register(self.close)
            if self._link is None:
                self._link = self._new_link(self._folder)

    def submit(self, request: Request) -> int:
        """Put a job at the end of the queue and return its ticket, which all its messages carry.

        Raises:
            Exception: Whatever pickling raises, when the request cannot be pickled; then there is no job.
        """
        ticket = self._ledger.add(pickle.dumps(request))
        self._bell.ring()
        return ticket

    def cancel(self, ticket: int) -> None:
        """Say that a job's result is no longer wanted.

        It ends as cancelled: at once if it was waiting, otherwise at its next report, or after two seconds by
        the end of its process. Nothing happens when it has ended already.
        """
        self._ledger.refuse(ticket)
        self._bell.ring()

    def messages(self, timeout: float) -> list[Message]:
        """Wait for news and return it, oldest first.

        Args:
            timeout: Seconds after which to return without news.

        Returns:
            At least one message, or none after ``timeout``; at once, and without waiting, when the engine is
            closed.
        """
        deadline = time.monotonic() + timeout
        with self._owner:
            while True:
                news = [*self._ledger.collect_ended(), *self._attend()]
                remaining = deadline - time.monotonic()
                if news or self._is_closing or remaining <= 0:
                    return news
                self._wait(remaining)

    def share_documents(self, documents: Sequence[str]) -> DocumentsReference:
        """Put documents where the engine's process can read them, until released.

        Raises:
            UserError: The disk is full (DISK_FULL).
            Cancelled: The engine is closed.
        """
        with self._shared_folder() as folder:
            return exchange.write_documents(folder, f"shared-{next(self._numbers)}", documents)

    def share_array(self, array: NDArray[Any]) -> ArrayReference:
        """Put an array where the engine's process can read it, until released.

        Raises:
            UserError: The disk is full (DISK_FULL).
            Cancelled: The engine is closed.
        """
        with self._shared_folder() as folder:
            return exchange.write_array(folder, f"shared-{next(self._numbers)}", array)

    def release(self, *references: Reference) -> None:
        """Remove shared values and results that no job needs any more; arrays loaded from them stay valid."""
        exchange.remove(*references)

    def close(self) -> None:
        """End the process, whatever it is doing, and remove its files.

        Open jobs end as cancelled, and so do those that are submitted later.
        """
        self._is_closing = True
        self._bell.ring()
        with self._owner:
            self._ledger.close()
            if self._link is not None:
                self._link.close()
                self._link = None
            if self._folder is not None:
                self._folder.remove()
                self._folder = None
            self._bell.close()
            atexit.unregister(self.close)

    def _attend(self) -> list[Message]:
        """Do what is due: hear the process, bury it, press for a cancelled job, send the next one."""
        if self._is_closing or self._folder is None:
            return []
        news = [*self._hear(self._folder), *self._press_cancel(self._folder), *self._send_next(self._folder)]
        for message in news:
            if isinstance(message, Failed | messages.Cancelled):
                exchange.remove_path(exchange.job_folder(self._folder.path, message.ticket))
        return news

    def _hear(self, folder: PrivateFolder) -> list[Message]:
        if self._link is None:
            return []
        is_dead = self._link.is_dead()  # asked first: what it said before it died is still heard
        news = [said for message in self._link.receive() if (said := self._ledger.accept(message)) is not None]
        return news + self._replace(self._link, folder) if is_dead else news

    def _press_cancel(self, folder: PrivateFolder) -> list[Message]:
        """Ask the running job to stop when it is unwanted; kill its process when it does not listen."""
        unwanted = self._ledger.unwanted
        if unwanted is None or self._link is None:
            self._kill_at = None
            return []
        if self._kill_at is None:
            self._kill_at = time.monotonic() + CANCEL_GRACE
            self._link.send(Cancel(unwanted))
        return self._replace(self._link, folder) if time.monotonic() >= self._kill_at else []

    def _send_next(self, folder: PrivateFolder) -> list[Message]:
        start = self._ledger.take()
        if start is None:
            return []
        try:
            self._link = self._link or self._new_link(folder)
        except OSError as error:
            failed = Failed(start.ticket, error=UserError(Problem.ENGINE_DIED), detail=str(error))
            return [self._ledger.end_running(failed)]
        self._link.send(start)
        return []

    def _replace(self, link: Link, folder: PrivateFolder) -> list[Message]:
        """Take leave of a process that is dead or must die.

        If it was at work, its job ends and another process warms up for the next. One that died idle is
        replaced when there is work: a process that cannot live would otherwise be started for ever.
        """
        link.kill()
        self._link = self._kill_at = None
        running = self._ledger.running
        if running is None:
            return []
        with contextlib.suppress(OSError):  # tried again when there is a job to tell it to
            self._link = self._new_link(folder)
        return [self._ledger.end_running(link.death(running))]

    def _new_link(self, folder: PrivateFolder) -> Link:
        return Link(folder.path, number=next(self._numbers))

    @contextlib.contextmanager
    def _shared_folder(self) -> Iterator[Path]:
        folder = self._folder
        if folder is None:
            raise Cancelled if self._is_closing else RuntimeError("the engine has not been started")
        try:
            yield folder.path
        except FileNotFoundError:  # another thread may close the engine at any time
            if self._is_closing:
                raise Cancelled from None
            raise

    def _wait(self, timeout: float) -> None:
        if self._kill_at is not None:
            timeout = min(timeout, self._kill_at - time.monotonic())
        waitables: list[Connection | int] = [self._bell.waitable]
        if self._link is not None:
            waitables += self._link.waitables
        wait(waitables, max(0.0, timeout))
        self._bell.silence()
