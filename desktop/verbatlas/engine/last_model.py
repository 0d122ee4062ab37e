"""Which model was used last on this computer, so that the next engine can load it before it is asked for."""

import json
import os

from verbatlas.encoders import Precision
from verbatlas.encoders.places import cache_folder

_FILE = "last_model.json"


def remember_model(name: str, precision: Precision) -> None:
    """Keep the name of an encoder and how exact it was to be; where nothing can be written, nothing is kept."""
    if recall_model() == (name, precision):
        return
    path = cache_folder() / _FILE
    new = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new.write_text(json.dumps({"name": name, "precision": precision.value}), encoding="utf-8")
        new.replace(path)
    except OSError:
        return


def recall_model() -> tuple[str, Precision] | None:
    """Return what was kept last; None where there is nothing that can be read."""
    try:
        kept = json.loads((cache_folder() / _FILE).read_text(encoding="utf-8"))
        return str(kept["name"]), Precision(kept["precision"])
    except (OSError, ValueError, TypeError, KeyError):
        return None
