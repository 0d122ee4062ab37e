"""The engine's own process: it runs one job at a time and answers for each exactly once."""

import faulthandler
import gc
import os
import pickle
import signal
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TextIO

from verbatlas import network_guard
from verbatlas.encoders.telemetry import forbid_telemetry
from verbatlas.engine import failures, messages
from verbatlas.engine.exchange import job_folder
from verbatlas.engine.inbox import Inbox, Outbox
from verbatlas.engine.kept_encoder import keep_encoders
from verbatlas.engine.messages import Failed, Finished, Message, Progress, Request, Start, Tell, Told
from verbatlas.engine.stages import Stage
from verbatlas.engine.throttle import ThrottledReport
from verbatlas.engine.warmup import warm_up
from verbatlas.progress import Cancelled

_NICENESS = 5  # the window's threads go first
_BELOW_NORMAL_PRIORITY_CLASS = 0x4000  # Windows' word for the same


def main(connection: Connection, folder: Path, crash_log: Path) -> None:
    """Serve jobs until the other end of ``connection`` is closed.

    Args:
        connection: Orders come in (Start, Cancel), answers go out (Answer).
        folder: The folder shared with the window's process; every job gets a folder of its own in it.
        crash_log: Where to write what Python was doing if a native library brings the process down.
    """
    _settle_in(crash_log)
    outbox = Outbox(connection, folder=folder)
    inbox = Inbox(connection, outbox, folder=folder)
    inbox.start()
    kept = keep_encoders()
    warm_up(until=inbox.has_job)
    kept.load_last(until=inbox.has_job)
    while True:
        ending = _serve(inbox.take(), inbox, outbox, folder=folder)
        kept.rest(has_failed=isinstance(ending, Failed))
        gc.collect()


def _settle_in(crash_log: Path) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal reaches both processes; the window decides
    _lower_priority()
    ensure_streams()
    network_guard.install()
    forbid_telemetry()
    faulthandler.enable(_open_for_good(crash_log))


def ensure_streams() -> None:
    """Give a frozen program without a console somewhere to write: libraries that warn would fail."""
    sys.stdout = sys.stdout or _open_for_good(Path(os.devnull))
    sys.stderr = sys.stderr or _open_for_good(Path(os.devnull))


def _open_for_good(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8")


def _lower_priority() -> None:
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - only Windows needs it

        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL_PRIORITY_CLASS)
    else:
        os.nice(_NICENESS)


def _serve(start: Start, inbox: Inbox, outbox: Outbox, *, folder: Path) -> Message:
    ticket = start.ticket

    def send_progress(stage: Stage, done: int, total: int) -> None:
        outbox.send(Progress(ticket, stage, done, total))

    def tell(part: object) -> None:
        outbox.send(Told(ticket, part))

    report = ThrottledReport(send_progress, lambda: inbox.is_unwanted(ticket))
    ending = _run(start, report, tell, folder=job_folder(folder, ticket))
    try:
        outbox.send(ending)
    except Exception as error:  # pickling a job's own result or values can raise anything
        failed = failures.of_exception(ticket, error)
        ending = Failed(ticket, error=None, detail=failed.detail)
        outbox.send(ending)
    return ending


def _run(start: Start, report: ThrottledReport, tell: Tell, *, folder: Path) -> Message:
    try:
        folder.mkdir()
        request: Request = pickle.loads(start.request)  # noqa: S301 - from our own process
        return Finished(start.ticket, request.run(report, folder, tell))
    except Cancelled:
        return messages.Cancelled(start.ticket)
    except BaseException as error:  # one job must not end the engine, whatever it raises
        return failures.of_exception(start.ticket, error)
