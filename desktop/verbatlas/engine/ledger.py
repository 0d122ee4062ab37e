"""The book of jobs: which wait, which runs, which are no longer wanted; every ticket ends exactly once."""

import itertools
import threading
from collections import deque
from dataclasses import dataclass

from verbatlas.engine.messages import Cancelled, Failed, Message, Progress, Start, Told


@dataclass(slots=True)
class _Running:
    ticket: int
    is_unwanted: bool = False


class Ledger:
    """Keep the jobs of one engine in order; safe to use from several threads.

    One job runs at a time, the others wait here and not in the engine's process: they survive its death, and
    those that are cancelled while they wait never reach it.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tickets = itertools.count(1)
        self._waiting: deque[Start] = deque()
        self._running: _Running | None = None
        self._ended: list[Message] = []
        self._is_closed = False

    def add(self, request: bytes) -> int:
        """Put a pickled request at the end of the queue and return its ticket."""
        with self._lock:
            ticket = next(self._tickets)
            if self._is_closed:
                self._ended.append(Cancelled(ticket))
            else:
                self._waiting.append(Start(ticket, request))
            return ticket

    def take(self) -> Start | None:
        """Make the next waiting job the running one; None while one runs or when none waits."""
        with self._lock:
            if self._running is not None or not self._waiting:
                return None
            start = self._waiting.popleft()
            self._running = _Running(start.ticket)
            return start

    def refuse(self, ticket: int) -> None:
        """Mark a job as no longer wanted.

        A job that waits ends at once. The running one ends when its process says so or is gone (``accept``,
        ``end_running``), and then as cancelled, whatever it says. A job that has ended stays as it is.
        """
        with self._lock:
            if self._running is not None and self._running.ticket == ticket:
                self._running.is_unwanted = True
            for start in [start for start in self._waiting if start.ticket == ticket]:
                self._waiting.remove(start)
                self._ended.append(Cancelled(ticket))

    def close(self) -> None:
        """End every job as cancelled, and whatever is still added too."""
        with self._lock:
            running = [] if self._running is None else [self._running.ticket]
            self._ended += [Cancelled(ticket) for ticket in (*running, *(start.ticket for start in self._waiting))]
            self._running = None
            self._waiting.clear()
            self._is_closed = True

    def accept(self, message: Message) -> Message | None:
        """Judge what the engine said: None when nobody is to hear it.

        Late results of jobs that have ended are dropped, and so is the progress of a job that is no longer
        wanted; the parts of a result that it has handed out are of use all the same.
        """
        with self._lock:
            if self._running is None or self._running.ticket != message.ticket:
                return None
            if isinstance(message, Progress):
                return None if self._running.is_unwanted else message
            if isinstance(message, Told):
                return message
            return self._end(message)

    def end_running(self, message: Failed | Cancelled) -> Message:
        """End the running job without its word, because its process is gone."""
        with self._lock:
            return self._end(message)

    @property
    def running(self) -> int | None:
        """The ticket of the running job."""
        with self._lock:
            return None if self._running is None else self._running.ticket

    @property
    def unwanted(self) -> int | None:
        """The ticket of the running job when it is no longer wanted."""
        with self._lock:
            return self._running.ticket if self._running is not None and self._running.is_unwanted else None

    def collect_ended(self) -> list[Message]:
        """Return, once, the ends that the engine has no part in: cancelled while waiting, or by closing."""
        with self._lock:
            ended, self._ended = self._ended, []
            return ended

    def _end(self, message: Message) -> Message:
        is_unwanted = self._running is not None and self._running.is_unwanted
        self._running = None
        return Cancelled(message.ticket) if is_unwanted else message
