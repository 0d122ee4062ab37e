"""The JSON files of a model's folder."""

import json
from pathlib import Path
from typing import Any

from verbatlas.encoders.local.refusal import Refusal, refused


def read_json(folder: Path, name: str) -> dict[str, Any]:
    """Return the object in a file of the model; empty where there is no such file.

    Raises:
        UserError: MODEL_REFUSED: the file cannot be read as an object.
    """
    content = _read(folder, name)
    if content is None:
        return {}
    if not isinstance(content, dict):
        raise refused(folder.name, Refusal.NO_MODEL, detail=name)
    return content


def read_json_list(folder: Path, name: str) -> list[dict[str, Any]]:
    """Return the list of objects in a file of the model; empty where there is no such file.

    Raises:
        UserError: MODEL_REFUSED: the file cannot be read as such a list.
    """
    content = _read(folder, name)
    if content is None:
        return []
    if not isinstance(content, list) or not all(isinstance(entry, dict) for entry in content):
        raise refused(folder.name, Refusal.NO_MODEL, detail=name)
    return content


def _read(folder: Path, name: str) -> Any:
    try:
        return json.loads((folder / name).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise refused(folder.name, Refusal.NO_MODEL, detail=name) from error
