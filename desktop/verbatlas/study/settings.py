"""What was asked for when the study's map was made."""

import json
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any


class LeaveOut(StrEnum):
    """What may be left out of the clustering, besides blank rows, which always are."""

    SHORT = "short"  # very short texts, which get no cluster
    DUPLICATES = "duplicates"  # texts that are the same as an earlier one: they get its cluster
    NEAR_DUPLICATES = "near-duplicates"  # texts that are nearly the same as an earlier one: they get its cluster


@dataclass(frozen=True, slots=True)
class Settings:
    """How a study is computed; the same settings on the same table give the same result.

    Attributes:
        encoder: ``auto`` or an encoder's name.
        precision: How exact a model on this computer has to be: ``auto``, ``exact`` or ``fast``.
        method: ``auto`` or a clustering method's name.
        n_clusters: How many clusters; None for as many as fit.
        detail: Fewer (below 0) or more clusters where ``n_clusters`` is None, -3..3.
        every_row: Whether noise is put into the nearest cluster.
        seed: Where every random step begins.
        leave_out: What is left out of the clustering, in the order of ``LeaveOut``.
    """

    encoder: str = "auto"
    precision: str = "auto"
    method: str = "auto"
    n_clusters: int | None = None
    detail: float = 0.0
    every_row: bool = False
    seed: int = 7
    leave_out: tuple[LeaveOut, ...] = ()

    @property
    def sieve(self) -> str:
        """What decides which rows are left out, as text; empty where only blank ones are."""
        return f"{' '.join(self.leave_out)} {self.seed}" if self.leave_out else ""

    def to_json(self) -> str:
        """Return the settings as text."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Settings":
        """Return the settings in ``text``; what it lacks gets the default, what is unknown is left aside."""
        given: dict[str, Any] = json.loads(text)
        known = {field.name: given[field.name] for field in fields(cls) if field.name in given}
        asked = set(known.pop("leave_out", ()))
        return cls(**known, leave_out=tuple(kind for kind in LeaveOut if kind in asked))
