"""What the vectors of a model depend on, told from its files without opening the weights."""

import importlib.metadata
import json
from pathlib import Path

import verbatlas
from verbatlas.encoders.local.versions import version_of

_RUNTIMES = ("openvino", "torch", "transformers", "tokenizers")


def signature_of(folder: Path, *settings: str) -> str | None:
    """Return, in words, everything that decides the vectors of the model in ``folder``.

    Equal signatures mean equal vectors on one computer: names, sizes and times of all its files, the versions of what
    reads and runs them, and the encoder's settings. None where the folder cannot be read.
    """
    try:
        files = [(path.relative_to(folder).as_posix(), path.stat()) for path in sorted(folder.rglob("*"))]
        versions = [verbatlas.__version__, *map(version_of, _RUNTIMES)]
    except (OSError, importlib.metadata.PackageNotFoundError):
        return None
    known = [(name, status.st_size, status.st_mtime_ns) for name, status in files]
    return json.dumps([settings, versions, known], ensure_ascii=False)
