"""Models that run on this computer: what their files say, how they are run, and texts of any length to vectors."""

from verbatlas.encoders.local.description import Disagreement, ModelDescription, describe, disagreements
from verbatlas.encoders.local.precision import Precision, Trouble, Way
from verbatlas.encoders.local.prompts import Prompts
from verbatlas.encoders.local.refusal import Refusal

__all__ = [
    "Disagreement",
    "ModelDescription",
    "Precision",
    "Prompts",
    "Refusal",
    "Trouble",
    "Way",
    "describe",
    "disagreements",
]
