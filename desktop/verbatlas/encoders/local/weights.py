"""The weights of a model: safetensors only, in one file or in parts, and their SHA-256."""

import contextlib
import hashlib
import json
import os
from pathlib import Path

from verbatlas.encoders.local.model_json import read_json
from verbatlas.encoders.local.refusal import Refusal, refused
from verbatlas.encoders.places import cache_folder
from verbatlas.progress import Report, no_report
from verbatlas.small_files import write_small

WEIGHTS = "model.safetensors"
_INDEX = "model.safetensors.index.json"
_BLOCK = 4 * 1024 * 1024


def weight_files(folder: Path) -> tuple[Path, ...]:
    """Return the safetensors files of the model in ``folder``: the one, or those that the index names, sorted.

    Raises:
        UserError: MODEL_REFUSED: there are none, or one that the index names is missing.
    """
    if (folder / WEIGHTS).is_file():
        return (folder / WEIGHTS,)
    parts = read_json(folder, _INDEX).get("weight_map")
    if not isinstance(parts, dict) or not parts:
        others = sorted(path.name for path in folder.glob("*.bin")) or [WEIGHTS]
        raise refused(folder.name, Refusal.NO_SAFETENSORS, detail=others[0])
    names = sorted({str(name) for name in parts.values()})
    for name in names:
        if Path(name).name != name or not (folder / name).is_file():
            raise refused(folder.name, Refusal.WEIGHTS_INCOMPLETE, detail=name)
    return tuple(folder / name for name in names)


def weights_digest(files: tuple[Path, ...], *, report: Report = no_report) -> str:
    """Return the SHA-256 of the weights as hexadecimal digits: of the file, or of its parts' digests in order.

    Args:
        files: As :func:`weight_files` returns them, and those of more layers.
        report: Told how many bytes of all are read.

    Raises:
        OSError: A file cannot be read.
        Cancelled: The reporter no longer wants it.
    """
    total, done = sum(path.stat().st_size for path in files), 0
    digests = []
    for path in files:
        digests.append(kept_digest(path, report=after(report, done, total)))
        done += path.stat().st_size
    return digests[0] if len(digests) == 1 else hashlib.sha256("\n".join(digests).encode("ascii")).hexdigest()


def kept_digest(path: Path, *, report: Report = no_report) -> str:
    """Return the SHA-256 of a large file, kept in the cache as long as its size and time stay.

    Args:
        path: The file.
        report: Told how many of its bytes are read.

    Raises:
        OSError: It cannot be read.
        Cancelled: The reporter no longer wants it.
    """
    digest = _kept(path)
    if digest is None:
        digest = file_digest(path, report=report)
        _keep(path, digest)
    return digest


def file_digest(path: Path, *, report: Report = no_report) -> str:
    """Return the SHA-256 of a large file; for arguments and errors see :func:`kept_digest`."""
    digest, done, total = hashlib.sha256(), 0, path.stat().st_size
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            done += len(block)
            report(done, total)
    return digest.hexdigest()


def after(report: Report, before: int, total: int) -> Report:
    """Return a reporter of bytes to which those of earlier files are added."""
    return lambda done, _total: report(before + done, total)


def _card(path: Path) -> Path:
    name = hashlib.sha256(os.fsencode(path.resolve())).hexdigest()
    return cache_folder() / "digests" / f"{name[:32]}.json"


def _stamp(path: Path) -> list[int]:
    found = path.stat()
    return [found.st_size, found.st_mtime_ns]


def _kept(path: Path) -> str | None:
    try:
        kept = json.loads(_card(path).read_text(encoding="utf-8"))
        return str(kept["sha256"]) if kept["stamp"] == _stamp(path) else None
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _keep(path: Path, digest: str) -> None:
    text = json.dumps({"path": str(path), "stamp": _stamp(path), "sha256": digest})
    with contextlib.suppress(OSError):  # without a cache it is hashed at every start
        write_small(_card(path), text)
