"""How exact vectors have to be, and what ran the model."""

from dataclasses import dataclass
from enum import StrEnum

EXACT_AGREEMENT = 0.9999  # the least cosine of any text
FAST_AGREEMENT = 0.99  # the least mean cosine


class Precision(StrEnum):
    """How close vectors must be to those of the published model in fp32."""

    AUTO = "auto"  # the fastest way whose vectors all have a cosine of at least EXACT_AGREEMENT
    EXACT = "exact"  # fp32 throughout: the same on every processor but for rounding
    FAST = "fast"  # the fastest way whose vectors have a mean cosine of at least FAST_AGREEMENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How a model is run.

    Attributes:
        runtime: ``OpenVINO`` or ``PyTorch``.
        arithmetic: ``fp32``, ``bf16``, ``fp16`` or ``int8``.
        device: ``CPU``, or the graphics card's own name.
        rows_per_second: As measured by the calibration; 0 where nothing was measured.
        agreement: The cosine to the model in fp32: the least of any text, for ``fast`` the mean; 1 for fp32.
        streams: How many batches run at a time, each by its share of the cores; no vector depends on it.
    """

    runtime: str
    arithmetic: str
    device: str = "CPU"
    rows_per_second: float = 0.0
    agreement: float = 1.0
    streams: int = 1

    @property
    def precision(self) -> str:
        """What the identity of vectors says: the arithmetic and what ran it."""
        ran_by = self.runtime if self.device == "CPU" else f"{self.runtime}, {self.device}"
        return f"{self.arithmetic} ({ran_by})"


class Trouble(StrEnum):
    """Why the processor runs a model although there is a graphics card."""

    CARD_FAILED = "card_failed"
    CARD_TOO_SMALL = "card_too_small"
