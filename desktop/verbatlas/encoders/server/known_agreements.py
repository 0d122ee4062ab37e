"""How servers compared with local copies of their models, remembered on this computer: once is enough."""

import contextlib
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from verbatlas.encoders.places import cache_folder
from verbatlas.encoders.server.comparison import Agreement
from verbatlas.small_files import write_small


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of a comparison.

    Attributes:
        agreement: How far both agree; None where the comparison has begun and did not come to an end.
    """

    agreement: Agreement | None = None


def recall(key: str) -> Compared | None:
    """Return what came of the comparison of this key; None where it was never begun.

    Args:
        key: Tells the server's vectors and the local copy from all others.
    """
    try:
        known = json.loads(_path(key).read_text(encoding="utf-8"))
        cosines = known["cosines"]
        return Compared(None if cosines is None else Agreement(tuple(float(cosine) for cosine in cosines)))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def remember(key: str, compared: Compared) -> None:
    """Remember what came of it, where the disk allows that; otherwise it is compared again."""
    cosines = None if compared.agreement is None else compared.agreement.cosines
    with contextlib.suppress(OSError):
        write_small(_path(key), json.dumps({"cosines": cosines}))


def forget(key: str) -> None:
    """Let it be compared again."""
    with contextlib.suppress(OSError):
        _path(key).unlink()


def _path(key: str) -> Path:
    return cache_folder() / "servers" / f"{hashlib.sha256(key.encode()).hexdigest()[:24]}.json"
