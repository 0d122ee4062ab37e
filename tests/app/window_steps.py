"""What the window's tests do again and again."""

import csv
import os
import signal
from collections.abc import Callable
from pathlib import Path

import psutil
from pytestqt.qtbot import QtBot

from verbatlas.app.session import Session
from verbatlas.app.work import TextChoice
from verbatlas.study import LeaveOut

LONG = 120_000  # ms; a limit for a slow machine, not a figure


def write_csv(path: Path, header: list[str], rows: list[list[str]]) -> Path:
    """Write a table and return its path."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
    return path


def make_map(
    qtbot: QtBot,
    session: Session,
    table: Path,
    *,
    columns: tuple[int, ...] | None = None,
    leave_out: tuple[LeaveOut, ...] = (),
) -> list[str]:
    """Read a table, make its map, of the guessed columns if none are given, and return what was told."""
    with qtbot.waitSignal(session.table_read, timeout=LONG) as read:
        session.read(table)
    with qtbot.waitSignal(session.told, timeout=LONG) as told:
        session.create(read.args[0], TextChoice(columns or read.args[0].guess), leave_out)
    return list(told.args[0])


def wait_until_idle(qtbot: QtBot, is_busy: Callable[[], bool]) -> None:
    """Wait until the running job is over."""
    qtbot.waitUntil(lambda: not is_busy(), timeout=LONG)


def kill_engine() -> None:
    """Kill the engine's process, as the operating system does when memory runs out."""
    for child in psutil.Process().children(recursive=True):
        if "spawn_main" in " ".join(child.cmdline()):
            os.kill(child.pid, signal.SIGKILL)
