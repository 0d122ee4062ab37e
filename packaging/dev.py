"""Set everything up and run the main job, or set everything up and pass the tests. Needs Python and pip, nothing else.

    python3 packaging/dev.py run      open the window on a sample; without a display, label the sample and draw its map
    python3 packaging/dev.py test     check the code and run all tests (further words go to pytest)

Both make a virtual environment in .venv, install what is missing, and are quick when all is there.
"""

import argparse
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import environment
import system_libraries

import model_server

ROOT = Path(__file__).resolve().parents[1]
_SAMPLE = ROOT / "resources" / "samples" / "coffee_subscription_en.csv"
_OUT = ROOT / "out"


def main(words: Sequence[str]) -> int:
    """Do what the first word says and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=("run", "test"))
    parser.add_argument("rest", nargs=argparse.REMAINDER)
    options = parser.parse_args(words)
    if not environment.supported(sys.version_info[:2]):
        print(environment.NEEDED, file=sys.stderr)
        return 1
    try:
        return run(options.rest) if options.command == "run" else test(options.rest)
    except subprocess.CalledProcessError as failed:
        print(f"Setting up failed: {shlex.join(map(str, failed.cmd))}", file=sys.stderr)
        print("The lines above say why; the same command goes on where it stopped.", file=sys.stderr)
        return failed.returncode if failed.returncode > 0 else 1


def run(rest: Sequence[str]) -> int:
    """Set up, then open the window on the sample, or do the same job without one."""
    python = environment.ready(ROOT, extra=None)
    has_window = has_display() and system_libraries.ready(system_libraries.FOR_WINDOWS)
    if has_window:
        return call([str(python), "-m", "verbatlas", *(rest or ["--sample"])])
    _OUT.mkdir(exist_ok=True)
    labelled, picture = _OUT / "labelled.csv", _OUT / "map.png"
    print("A window cannot be shown here, so the same job runs without one.", flush=True)
    status = call([str(python), "-m", "verbatlas", "label", str(_SAMPLE), "-o", str(labelled), "--map", str(picture)])
    if status == 0:
        print(f"The labelled table is {labelled}\nThe map is {picture}", flush=True)
    return status


def test(rest: Sequence[str]) -> int:
    """Set up, then check style, types and floors, and run all tests; the first that fails ends it."""
    python = environment.ready(ROOT, extra="dev")
    if not system_libraries.ready([*system_libraries.FOR_WINDOWS, *system_libraries.FOR_TESTS]):
        return 1
    server = model_server.ready(ROOT)
    if server is not None:
        os.environ[model_server.VARIABLE] = str(server)
    if not system_libraries.ready(system_libraries.FOR_SOME_TESTS):
        print("The tests that open exported files in LibreOffice will be skipped.", flush=True)
    # A shell starts background jobs deaf to interrupts, and so would be the programs that the tests interrupt.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # The tests start hundreds of processes; each would compile the whole program anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    tools = python.parent
    for check in (
        [tools / "ruff", "check", "."],
        [tools / "ruff", "format", "--check", "."],
        [tools / "mypy"],
        [tools / "lint-imports"],
        [python, "-m", "pytest", "-n", "2", "--dist", "loadgroup", *rest],
    ):
        words = [str(word) for word in check]
        print(f"== {' '.join(words)}", flush=True)
        if (status := call(words)) != 0:
            return status
    return 0


def has_display() -> bool:
    """Return whether a window could be seen here."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def call(words: Sequence[str]) -> int:
    """Run a program from the project's folder and return its status."""
    return subprocess.run(words, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
