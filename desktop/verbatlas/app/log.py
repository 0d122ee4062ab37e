"""The log file: what a developer needs when something went wrong."""

import logging
import platform
from logging.handlers import RotatingFileHandler
from pathlib import Path

import verbatlas

_LARGEST = 1_000_000  # bytes per file
_KEPT = 3


def start_log(folder: Path) -> RotatingFileHandler | None:
    """Write the program's log to ``folder``; without a log where that cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(folder / "verbatlas.log", maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger("verbatlas")
    root.setLevel(logging.INFO)
    root.addHandler(handler)
    root.info("Verbatlas %s on %s, Python %s", verbatlas.__version__, platform.platform(), platform.python_version())
    return handler


def stop_log(handler: RotatingFileHandler | None) -> None:
    """Close the log file."""
    if handler is not None:
        logging.getLogger("verbatlas").removeHandler(handler)
        handler.close()
