"""The note beside a downloaded model: where it came from, and what every file was when it came."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

RECORD_FILE = "verbatlas-model.json"
_FORMAT = 1
_BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One file of a model.

    Attributes:
        name: Its path in the model's folder, with slashes.
        size: In bytes.
        sha256: Of its content, in hexadecimal digits.
    """

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ModelRecord:
    """What was downloaded.

    Attributes:
        hub_id: The model.
        revision: The hub's name of the commit: 40 hexadecimal digits.
        endpoint: The hub or mirror that it came from.
        pull_request: The number of the conversion bot's proposal that has the weights; 0 where the model itself has.
        files: Every file.
    """

    hub_id: str
    revision: str
    endpoint: str
    pull_request: int
    files: tuple[FileRecord, ...]


def write_record(folder: Path, record: ModelRecord) -> None:
    """Put the note into the model's folder.

    Raises:
        OSError: The folder cannot be written.
    """
    text = json.dumps({"format": _FORMAT} | asdict(record), ensure_ascii=False, indent=1)
    (folder / RECORD_FILE).write_text(text + "\n", encoding="utf-8")


def read_record(folder: Path) -> ModelRecord | None:
    """Return the note in the model's folder; None where there is none that can be understood."""
    try:
        known = json.loads((folder / RECORD_FILE).read_text(encoding="utf-8"))
        files = tuple(
            FileRecord(str(one["name"]), int(one["size"]), str(one["sha256"]).lower()) for one in known["files"]
        )
        texts = [str(known[name]) for name in ("hub_id", "revision", "endpoint")]
        return ModelRecord(texts[0], texts[1], texts[2], int(known["pull_request"]), files)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def sha256_of(path: Path, *, read: Callable[[int], None]) -> str:
    """Return the SHA-256 of a file in hexadecimal digits.

    Args:
        path: The file.
        read: Told after every block how many bytes of it were read; what it raises passes through.

    Raises:
        OSError: It cannot be read.
    """
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            read(len(block))
    return digest.hexdigest()
