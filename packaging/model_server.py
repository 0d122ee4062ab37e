"""A model server that nobody here wrote, infinity-emb, in a virtual environment of its own: the tests talk to it."""

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import environment

# Where the tests find the environment's Python; with it set, a server that cannot be started is a failure.
VARIABLE = "VERBATLAS_TEST_SERVER"
_PLACE = "VERBATLAS_TESTS_CACHE"
_REQUIREMENTS = "packaging/model_server.txt"
# infinity-emb needs numpy 1, which has no wheels for later Pythons.
_TOO_NEW = (3, 13)


def ready(root: Path) -> Path | None:
    """Make the server's environment where it is missing, and return its Python; None where no server can run.

    It lies in the user's cache, for all checkouts of the project, and is put there in one piece.

    Args:
        root: The project's folder.

    Raises:
        subprocess.CalledProcessError: It could not be installed.
    """
    if sys.version_info >= _TOO_NEW or sys.platform == "win32":
        print("The tests with a model server are left out: infinity-emb does not run here.", flush=True)
        return None
    wanted = folder(root)
    if not wanted.exists():
        print(f"Installing the server that the tests talk to into {wanted} (a minute or two)", flush=True)
        wanted.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=wanted.parent, prefix="new-", ignore_cleanup_errors=True) as new:
            _install(Path(new) / "environment", root / _REQUIREMENTS)
            with contextlib.suppress(OSError):  # another checkout may have finished the same first
                shutil.move(Path(new) / "environment", wanted)
    return environment.python_of(wanted)


def folder(root: Path) -> Path:
    """Return where the environment belongs: another folder for other versions."""
    digest = hashlib.sha256(repr(sys.version_info[:3]).encode() + (root / _REQUIREMENTS).read_bytes())
    place = os.environ.get(_PLACE)
    cache = Path(place) if place else Path.home() / ".cache" / "verbatlas-tests"
    return cache / f"infinity-{digest.hexdigest()[:12]}"


def _install(made: Path, requirements: Path) -> None:
    environment.make(made)
    # All versions are given, so nothing has to be solved; and most of what is installed is never imported.
    options = ["--quiet", "--no-deps", "--no-compile", "--requirement", str(requirements)]
    subprocess.run([str(environment.python_of(made)), "-m", "pip", "install", *options], check=True)
