"""Which model was used last on this computer, so that the next engine can load it before it is asked for."""

import contextlib
import json

from verbatlas.encoders import Precision
from verbatlas.encoders.places import cache_folder
from verbatlas.small_files import write_small

_FILE = "last_model.json"


def remember_model(name: str, precision: Precision) -> None:
    """Keep the name of an encoder and how exact it was to be; where nothing can be written, nothing is kept."""
    if recall_model() == (name, precision):
        return
    with contextlib.suppress(OSError):
        write_small(cache_folder() / _FILE, json.dumps({"name": name, "precision": precision.value}))


def recall_model() -> tuple[str, Precision] | None:
    """Return what was kept last; None where there is nothing that can be read."""
    try:
        kept = json.loads((cache_folder() / _FILE).read_text(encoding="utf-8"))
        return str(kept["name"]), Precision(kept["precision"])
    except (OSError, ValueError, TypeError, KeyError):
        return None
