"""The project's own virtual environment: made once, made again when what it must hold changes."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import system_libraries

NEEDED = "Verbatlas needs Python 3.11, 3.12 or 3.13: start this script with one of them."
_OLDEST, _TOO_NEW = (3, 11), (3, 14)


def supported(version: tuple[int, int]) -> bool:
    """Return whether a Python of ``version`` will do."""
    return _OLDEST <= version < _TOO_NEW


def ready(root: Path, *, extra: str | None) -> Path:
    """Make the environment in ``.venv`` hold the project and all it needs, and return its Python.

    Args:
        root: The project's folder.
        extra: The optional dependencies wanted, such as ``dev``.
    """
    folder = root / ".venv"
    python = python_of(folder)
    stamp = folder / f"ready-{extra or 'base'}"
    wanted = fingerprint(root)
    if python.exists() and stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return python
    if not python.exists():
        print(f"Making a virtual environment in {folder}", flush=True)
        make(folder)
    print("Installing what Verbatlas needs (some minutes the first time)", flush=True)
    project = f"{root}[{extra}]" if extra else str(root)
    constraints = str(root / "packaging" / "constraints.txt")
    subprocess.run(
        [str(python), "-m", "pip", "install", "--quiet", "--editable", project, "--constraint", constraints], check=True
    )
    stamp.write_text(wanted, encoding="ascii")
    return python


def python_of(folder: Path) -> Path:
    """Return where the Python of a virtual environment is."""
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def fingerprint(root: Path) -> str:
    """Return a digest of all that decides what the environment must hold."""
    digest = hashlib.sha256(repr((sys.version_info[:3], str(root))).encode())
    for name in ("pyproject.toml", "packaging/constraints.txt"):
        digest.update((root / name).read_bytes())
    return digest.hexdigest()


def make(folder: Path) -> None:
    """Make a virtual environment; Debian keeps a part of Python that this needs in a package of its own."""
    if _has_ensurepip() or (system_libraries.install(["python3-venv"]) and _has_ensurepip()):
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        return
    tools = folder.with_name(".venv-tools")
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(tools), "virtualenv"], check=True
    )
    path = os.pathsep.join([str(tools), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    subprocess.run(
        [sys.executable, "-m", "virtualenv", "--quiet", str(folder)], check=True, env={**os.environ, "PYTHONPATH": path}
    )


def _has_ensurepip() -> bool:
    probe = [sys.executable, "-c", "import ensurepip, venv"]
    return subprocess.run(probe, check=False, stderr=subprocess.DEVNULL).returncode == 0
