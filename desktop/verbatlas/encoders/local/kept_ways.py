"""Which way a model is run on this computer, as an earlier run found out: so that later ones take the same."""

import importlib.metadata
import json
import os
from dataclasses import asdict
from pathlib import Path

from verbatlas.encoders.local.computer import computer_key
from verbatlas.encoders.local.precision import Precision, Way
from verbatlas.encoders.local.versions import version_of
from verbatlas.encoders.places import cache_folder

_RECIPE = 2  # raise it when the calibration changes, so that it is done again
_LIBRARIES = ("openvino", "torch")


def kept_way(digest: str, precision: Precision, *, device: str = "cpu") -> Way | None:
    """Return the way that was found for the model, or None where it is not known yet.

    Args:
        digest: The SHA-256 of the model's weights.
        precision: How exact its vectors have to be.
        device: ``cpu``, ``cuda`` or ``mps``: each has its own.
    """
    try:
        return Way(**json.loads(_card(digest, precision, device).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def keep_way(digest: str, precision: Precision, way: Way, *, device: str = "cpu") -> None:
    """Remember the way; where the cache cannot be written, it is found out again at the next start."""
    card = _card(digest, precision, device)
    new = card.with_suffix(f".{os.getpid()}")
    try:
        card.parent.mkdir(parents=True, exist_ok=True)
        new.write_text(json.dumps(asdict(way), ensure_ascii=False), encoding="utf-8")
        new.replace(card)
    except OSError:
        return


def _card(digest: str, precision: Precision, device: str) -> Path:
    versions = "-".join(f"{name}{_version(name)}" for name in _LIBRARIES)
    return cache_folder() / "ways" / f"{digest[:16]}-{precision}-{device}-{computer_key()}-{versions}-{_RECIPE}.json"


def _version(library: str) -> str:
    try:
        return version_of(library)
    except importlib.metadata.PackageNotFoundError:
        return ""
