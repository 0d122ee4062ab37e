"""One engine process and this end of the pipe to it."""

import contextlib
import multiprocessing
import pickle
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

from verbatlas.engine import failures, process
from verbatlas.engine.messages import Answer, Failed, Message, Order

_SPAWN = multiprocessing.get_context("spawn")
_GRACE = 0.5  # seconds for an engine to end by itself when its pipe is closed
_BURIAL = 5.0  # seconds that the operating system may take to clear away a killed process


class Link:
    """A running engine process; used by one thread at a time.

    Raises:
        OSError: The operating system could not start a process.
    """

    def __init__(self, folder: Path, *, number: int) -> None:
        self._crash_log = folder / f"crash-{number}.txt"
        self._connection, theirs = _SPAWN.Pipe(duplex=True)
        # Not daemonic: an encoder may convert its model in a process of its own, which daemons may not have.
        self._process = _SPAWN.Process(
            target=process.main, args=(theirs, folder, self._crash_log), name="verbatlas-engine", daemon=False
        )
        try:
            self._process.start()
        except OSError:
            self._connection.close()
            raise
        finally:
            theirs.close()
        self._has_ended = False
        self._oom_kills = 0

    @property
    def waitables(self) -> tuple[Connection, int]:
        """What becomes ready, for ``multiprocessing.connection.wait``, when the engine speaks or dies."""
        return self._connection, self._process.sentinel

    @property
    def process_id(self) -> int | None:
        """The operating system's number for the process."""
        return self._process.pid

    def send(self, order: Order) -> None:
        """Send ``order``; to a dead engine it is lost, which ``is_dead`` tells soon enough."""
        self._oom_kills = failures.count_oom_kills()
        with contextlib.suppress(OSError):
            self._connection.send(order)

    def receive(self) -> Iterator[Message]:
        """Yield what the engine has said so far, without waiting."""
        try:
            while self._connection.poll():
                yield _opened(self._connection.recv())
        except (EOFError, OSError):
            self._has_ended = True

    def is_dead(self) -> bool:
        """Return whether the engine will say nothing more; what it had said can still be received."""
        return self._has_ended or not self._process.is_alive()

    def kill(self) -> None:
        """End the process at once and free what it held."""
        self._process.kill()
        self._process.join(_BURIAL)
        self._connection.close()

    def close(self) -> None:
        """Let the process end by itself, for a short time, and free what it held."""
        self._connection.close()
        self._process.join(_GRACE)
        self.kill()

    def death(self, ticket: int) -> Failed:
        """Describe, after ``kill``, how the process ended while it ran the job with ``ticket``."""
        try:
            crash_log = self._crash_log.read_text("utf-8", "replace")
        except OSError:
            crash_log = ""
        return failures.of_death(
            ticket,
            exit_code=self._process.exitcode,
            oom_kills=failures.count_oom_kills() - self._oom_kills,
            crash_log=crash_log,
        )


def _opened(answer: Answer) -> Message:
    try:
        message: Message = pickle.loads(answer.message)  # noqa: S301 - from our own process
    except Exception as error:  # a job's result may be anything, and fail to come back to life
        return Failed(answer.ticket, error=None, detail=failures.of_exception(answer.ticket, error).detail)
    return message
