"""What was asked for when the study's map was made."""

import json
from dataclasses import asdict, dataclass, fields
from typing import Any


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
    """

    encoder: str = "auto"
    precision: str = "auto"
    method: str = "auto"
    n_clusters: int | None = None
    detail: float = 0.0
    every_row: bool = False
    seed: int = 7

    def to_json(self) -> str:
        """Return the settings as text."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Settings":
        """Return the settings in ``text``; what it lacks gets the default, what is unknown is left aside."""
        given: dict[str, Any] = json.loads(text)
        return cls(**{field.name: given[field.name] for field in fields(cls) if field.name in given})
