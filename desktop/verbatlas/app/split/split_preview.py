"""What a split would make of a cluster: a line for every part, and the map in the colours of the parts."""

from dataclasses import dataclass

import numpy as np

from verbatlas.app.map.colouring import MISSING, Colouring, Value
from verbatlas.engine.corrections import Parts
from verbatlas.words import gettext as _


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part in words.

    Attributes:
        name: What it is about.
        count: How many comments it has.
    """

    name: str
    count: int


def lines_of(parts: Parts) -> list[PartLine]:
    """Return the parts, the largest first."""
    counts = np.bincount(parts.parts[parts.parts >= 0], minlength=len(parts.descriptions))
    return [PartLine(about.name, int(count)) for about, count in zip(parts.descriptions, counts, strict=True)]


def preview_of(parts: Parts, n_documents: int, title: str) -> Colouring:
    """Return the map on which only the cluster has colours, one for every part; the legend names them."""
    codes = np.full(n_documents, MISSING, np.uint16)
    codes[parts.rows] = (parts.parts + 1).astype(np.uint16)
    values = [Value(code, line.name, line.count) for code, line in enumerate(lines_of(parts), start=1)]
    return Colouring(_("Parts of {name}").format(name=title), codes, tuple(values), len(values) + 1, is_ordered=False)
