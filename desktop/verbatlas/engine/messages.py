"""What the window and the engine say to each other: small frozen values that can be pickled."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from verbatlas.engine.stages import Stage, StageReport
from verbatlas.errors import UserError


class Request(Protocol):
    """A job as a value: a dataclass that can be pickled and knows how to do its work in the engine."""

    def run(self, report: StageReport, folder: Path, tell: "Tell") -> object:
        """Do the work and return a small result that can be pickled.

        Args:
            report: Where to say how far the job has come; may raise Cancelled.
            folder: The job's own folder, for arrays that are too large for the pipe.
            tell: Hands out a part of the result, as small, before the whole is there.
        """


Tell = Callable[[object], None]


@dataclass(frozen=True, slots=True)
class Progress:
    """A running job has finished ``done`` of ``total`` units of ``stage``."""

    ticket: int
    stage: Stage
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Told:
    """A running job hands out a part of its result."""

    ticket: int
    part: object


@dataclass(frozen=True, slots=True)
class Finished:
    """A job succeeded."""

    ticket: int
    result: object


@dataclass(frozen=True, slots=True)
class Failed:
    """A job failed.

    Attributes:
        ticket: Which job.
        error: What a person can be told; None when it was a bug.
        detail: For the log and the report dialog: the traceback, or how the engine died.
    """

    ticket: int
    error: UserError | None
    detail: str


@dataclass(frozen=True, slots=True)
class Cancelled:
    """A job ended because its result was no longer wanted."""

    ticket: int


Message = Progress | Told | Finished | Failed | Cancelled


@dataclass(frozen=True, slots=True)
class Start:
    """Order to the engine: run this pickled request.

    It stays pickled on its way, so that a request that cannot be unpickled fails as that job and not as the
    pipe.
    """

    ticket: int
    request: bytes


@dataclass(frozen=True, slots=True)
class Cancel:
    """Order to the engine: this job's result is no longer wanted."""

    ticket: int


Order = Start | Cancel


@dataclass(frozen=True, slots=True)
class Answer:
    """The engine's envelope: a pickled message, and its job in case the message cannot be unpickled."""

    ticket: int
    message: bytes
