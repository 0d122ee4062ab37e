"""The engine's end of the pipe: a thread that listens while the main thread works, and the way back."""

import os
import pickle
import threading
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NoReturn

from verbatlas.engine.folder import clear_away
from verbatlas.engine.messages import Answer, Cancelled, Message, Order, Start


class Outbox:
    """Send messages to the window's process, from either thread."""

    def __init__(self, connection: Connection, *, folder: Path) -> None:
        self._connection = connection
        self._folder = folder
        self._lock = threading.Lock()

    def send(self, message: Message) -> None:
        """Send ``message``; when nobody is left to hear it, end this process.

        Raises:
            Exception: Whatever pickling the message raises; then nothing was sent.
        """
        answer = Answer(message.ticket, pickle.dumps(message))
        with self._lock:
            try:
                self._connection.send(answer)
            except OSError:
                _leave(self._folder)


class Inbox(threading.Thread):
    """Receive orders while the main thread works.

    When the pipe ends, the window's process is gone, in whatever way: this thread then removes the folder
    that they shared and ends the process in the middle of whatever it does.
    """

    def __init__(self, connection: Connection, outbox: Outbox, *, folder: Path) -> None:
        super().__init__(name="inbox", daemon=True)
        self._connection = connection
        self._outbox = outbox
        self._folder = folder
        self._changed = threading.Condition()
        self._next: Start | None = None
        self._unwanted: int | None = None

    def run(self) -> None:
        """Listen until the pipe ends."""
        try:
            while True:
                self.receive(self._connection.recv())
        finally:
            _leave(self._folder)

    def receive(self, order: Order) -> None:
        """Take one order in; a job that is cancelled before it was taken is answered at once."""
        with self._changed:
            if isinstance(order, Start):
                self._next = order
                self._changed.notify()
                return
            self._unwanted = order.ticket
            was_waiting = self._next is not None and self._next.ticket == order.ticket
            if was_waiting:
                self._next = None
        if was_waiting:
            self._outbox.send(Cancelled(order.ticket))

    def take(self) -> Start:
        """Wait for the next job and return it."""
        with self._changed:
            while self._next is None:
                self._changed.wait()
            start, self._next = self._next, None
            return start

    def has_job(self) -> bool:
        """Return whether a job is waiting to be taken."""
        return self._next is not None

    def is_unwanted(self, ticket: int) -> bool:
        """Return whether the job with ``ticket`` has been cancelled."""
        return self._unwanted == ticket


def _leave(folder: Path) -> NoReturn:
    """End this process, whatever its other thread does; a normal exit would wait for it."""
    clear_away(folder)
    os._exit(0)
