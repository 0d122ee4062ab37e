"""A bell that other threads ring to wake the one that waits on pipes."""

import contextlib
import multiprocessing
import threading
from multiprocessing.connection import Connection


class Bell:
    """Wake a thread in ``multiprocessing.connection.wait``; ringing twice is ringing once."""

    def __init__(self) -> None:
        self._hearing, self._ringing = multiprocessing.Pipe(duplex=False)
        self._is_rung = threading.Event()

    @property
    def waitable(self) -> Connection:
        """What becomes ready when the bell rings."""
        return self._hearing

    def ring(self) -> None:
        """Wake the waiting thread, or the next one that waits; safe from any thread and after ``close``."""
        if not self._is_rung.is_set():
            self._is_rung.set()
            with contextlib.suppress(OSError):
                self._ringing.send_bytes(b"!")

    def silence(self) -> None:
        """Take note of the ringing; what it was about is to be looked at afterwards."""
        self._is_rung.clear()
        while self._hearing.poll():
            self._hearing.recv_bytes()

    def close(self) -> None:
        """Free the pipe."""
        self._hearing.close()
        self._ringing.close()
