"""Real requests for the engine's process that do what the main job's do, and worse."""

import ctypes
import importlib
import multiprocessing
import os
import signal
import socket
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from verbatlas.engine.exchange import ArrayReference, write_array
from verbatlas.engine.stages import Stage, StageReport
from verbatlas.errors import Problem, UserError


@dataclass(frozen=True)
class Count:
    """Count to ``total``, with a report at every step."""

    total: int
    pause: float = 0.0

    def run(self, report: StageReport, folder: Path, tell: object = None) -> int:
        for done in range(self.total + 1):
            report(Stage.EMBED, done, self.total)
            time.sleep(self.pause)
        return self.total


@dataclass(frozen=True)
class Double:
    """Double an array: in by a file, out by a file."""

    array: ArrayReference

    def run(self, report: StageReport, folder: Path, tell: object = None) -> ArrayReference:
        return write_array(folder, "doubled", 2 * self.array.load())


@dataclass(frozen=True)
class AnswerLate:
    """Report once, then take no notice of being cancelled and succeed."""

    seconds: float

    def run(self, report: StageReport, folder: Path, tell: object = None) -> str:
        report(Stage.EMBED, 0, 1)
        time.sleep(self.seconds)
        return "late"


@dataclass(frozen=True)
class HoldTheInterpreter:
    """Report once, write a file, then sleep in C and let no other Python thread run."""

    seconds: int

    def run(self, report: StageReport, folder: Path, tell: object = None) -> None:
        (folder / "half-written").write_text("half")
        report(Stage.CLUSTER, 0, 1)
        ctypes.PyDLL(None).sleep(self.seconds)


@dataclass(frozen=True)
class Die:
    """Report once, then be killed by a signal."""

    signal: signal.Signals

    def run(self, report: StageReport, folder: Path, tell: object = None) -> None:
        (folder / "half-written").write_text("half")
        report(Stage.ARRANGE, 0, 1)
        os.kill(os.getpid(), self.signal)
        time.sleep(60)


@dataclass(frozen=True)
class Crash:
    """Read memory that is not there, as a broken native library does."""

    def run(self, report: StageReport, folder: Path, tell: object = None) -> None:
        ctypes.string_at(0)


@dataclass(frozen=True)
class Raise:
    """Raise an exception."""

    error: BaseException

    def run(self, report: StageReport, folder: Path, tell: object = None) -> None:
        raise self.error


@dataclass(frozen=True)
class AskForTooMuch:
    """Ask for more memory than any computer has."""

    def run(self, report: StageReport, folder: Path, tell: object = None) -> int:
        return int(np.ones(2**58, dtype=np.uint8).sum())


@dataclass(frozen=True)
class LeaveTheProgram:
    """Do what a library does that takes itself for a program."""

    def run(self, report: StageReport, folder: Path, tell: object = None) -> None:
        sys.exit(3)


@dataclass(frozen=True)
class ReturnUnpicklable:
    """Succeed with what cannot go through a pipe."""

    def run(self, report: StageReport, folder: Path, tell: object = None) -> object:
        return lambda: None


@dataclass(frozen=True)
class RaiseUnpicklable:
    """Fail with a person's problem whose values cannot go through a pipe."""

    def run(self, report: StageReport, folder: Path, tell: object = None) -> None:
        raise UserError(Problem.FILE_MISSING, path=lambda: None)


def _break() -> object:
    raise ValueError("this value does not come back to life")


class Unloadable:
    """Something that can be pickled and not unpickled."""

    def __reduce__(self) -> tuple[object, ...]:
        return _break, ()

    def run(self, report: StageReport, folder: Path, tell: object = None) -> None:
        """Never reached."""


@dataclass(frozen=True)
class ReturnUnloadable:
    """Succeed with what cannot be unpickled at the other end."""

    def run(self, report: StageReport, folder: Path, tell: object = None) -> object:
        return Unloadable()


@dataclass(frozen=True)
class StartAProcess:
    """Do a part of the work in another process, as the conversion of a model does."""

    def run(self, report: StageReport, folder: Path, tell: object = None) -> int | None:
        process = multiprocessing.get_context("spawn").Process(target=time.sleep, args=(0.01,))
        process.start()
        process.join()
        return process.exitcode


@dataclass(frozen=True)
class Describe:
    """Say what the engine's process is like."""

    def run(self, report: StageReport, folder: Path, tell: object = None) -> dict[str, object]:
        return {
            "pid": os.getpid(),
            "niceness": os.nice(0),
            "main": getattr(sys.modules["__main__"], "__file__", None),
            "modules": sorted(name for name, module in sys.modules.items() if module is not None),
        }


@dataclass(frozen=True)
class GoOutside:
    """Connect to an address that nobody has, as a library does that reports home, and return how that ended."""

    def run(self, report: StageReport, folder: Path, tell: object = None) -> str:
        try:
            socket.create_connection(("192.0.2.1", 443), timeout=5).close()
        except OSError as error:
            return type(error).__name__
        return "connected"


@dataclass(frozen=True)
class ImportOpenvino:
    """Import openvino as the encoder does, and return the telemetry that came with it."""

    def run(self, report: StageReport, folder: Path, tell: object = None) -> list[str]:
        importlib.import_module("openvino")
        loaded = [name for name, module in sys.modules.items() if module is not None]
        return [name for name in loaded if name.startswith("openvino_telemetry")]
