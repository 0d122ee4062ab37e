"""The encoder of the last job, kept with its model for the next job that needs the same one."""

import contextlib
import threading
from collections.abc import Callable
from contextvars import ContextVar
from typing import Protocol, runtime_checkable

from verbatlas import encoders
from verbatlas.encoders import Encoder, Precision
from verbatlas.encoders.cached import SignedEncoder
from verbatlas.engine.last_model import recall_model, remember_model
from verbatlas.progress import Cancelled, Report, no_report

_SECONDS = 300.0  # as long as a person takes for one more look at the map before the next search or file
# The first batches of each length take longer than the later ones.
_REHEARSED = [f"{number} " + "the parcel came late " * length for length in range(1, 13) for number in range(40)]
_MOST_BYTES = 600_000_000  # of weights: what is larger is worth more as free memory than the seconds it takes to load


@runtime_checkable
class LoadedEncoder(Encoder, SignedEncoder, Protocol):
    """An encoder with a model on this computer."""

    @property
    def kept_bytes(self) -> int | None:
        """How much memory the loaded model takes; None where none is loaded, or it is on a graphics card.

        A graphics card has little memory, which other programs want too.
        """


class KeptEncoder:
    """At most one encoder with a model on this computer's processor, for a while after its last job.

    It is taken again only where its signature is the same: no file of the model has changed, nor any setting.

    Args:
        seconds: How long it is kept after a job.
        most_bytes: How large its weights may be.
    """

    def __init__(self, *, seconds: float = _SECONDS, most_bytes: int = _MOST_BYTES) -> None:
        self._seconds = seconds
        self._most_bytes = most_bytes
        self._lock = threading.Lock()
        self._encoder: LoadedEncoder | None = None
        self._known_by: tuple[str, str] | None = None
        self._chosen = "", Precision.AUTO
        self._end: threading.Timer | None = None

    def load(self, name: str, *, seed: int, precision: Precision, waiting: Report = no_report) -> Encoder:
        """Return the encoder that ``encoders.load`` returns, or the one of the last job if it is the same.

        Raises:
            UserError: As ``encoders.load``.
        """
        encoder = encoders.load(name, seed=seed, precision=precision, waiting=waiting)
        signature = encoder.signature() if isinstance(encoder, LoadedEncoder) else None
        if not isinstance(encoder, LoadedEncoder) or signature is None:
            self.let_go()
            return encoder
        with self._lock:
            self._stop_waiting()
            if self._encoder is None or self._known_by != (name, signature):
                self._encoder, self._known_by = encoder, (name, signature)
            self._chosen = name, precision
            return self._encoder

    def rest(self, *, has_failed: bool) -> None:
        """Keep the encoder for a while now that a job is over; let go at once of one that failed, or is too large."""
        with self._lock:
            self._stop_waiting()
            size = None if self._encoder is None else self._encoder.kept_bytes
            if size is not None and size <= self._most_bytes and not has_failed:
                self._end = threading.Timer(self._seconds, self.let_go)
                self._end.daemon = True
                self._end.start()
                remember_model(*self._chosen)
            else:
                self._encoder = None

    def load_last(self, *, until: Callable[[], bool]) -> None:
        """Load the model of the last job that any process kept one of, and try it, until there is real work.

        What fails here is left alone: the job that needs the model says so in its own words.
        """

        def report(done: int, total: int) -> None:  # noqa: ARG001
            if until():
                raise Cancelled

        last = recall_model()
        if last is None or until():
            return
        with contextlib.suppress(Exception):  # whatever a broken installation raises, and Cancelled
            encoder = self.load(last[0], seed=0, precision=last[1])
            encoder.prepare(report=report)
            encoder.encode(_REHEARSED, report=report)
        self.rest(has_failed=False)

    def let_go(self) -> None:
        """Keep nothing any more."""
        with self._lock:
            self._stop_waiting()
            self._encoder = None

    def _stop_waiting(self) -> None:
        if self._end is not None:
            self._end.cancel()
        self._end = None


_kept: ContextVar[KeptEncoder | None] = ContextVar("kept_encoder", default=None)


def keep_encoders() -> KeptEncoder:
    """Have :func:`load_encoder` keep encoders from here on, in a process that does one job after another."""
    kept = KeptEncoder()
    _kept.set(kept)
    return kept


def load_encoder(name: str, *, seed: int, precision: Precision, waiting: Report = no_report) -> Encoder:
    """Return the encoder that ``encoders.load`` returns, with its model still loaded if it is kept.

    Raises:
        UserError: As ``encoders.load``.
    """
    kept = _kept.get()
    load = encoders.load if kept is None else kept.load
    return load(name, seed=seed, precision=precision, waiting=waiting)
