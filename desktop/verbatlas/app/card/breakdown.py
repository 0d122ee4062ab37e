"""How the comments of a cluster are spread over a column, against all comments."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from verbatlas.app.map.colouring import MISSING, Colouring
from verbatlas.study import Labelling

_FEW = 600  # comments, of which too few are in each fine step for a shape to be seen
_COARSE = 3


@dataclass(frozen=True, slots=True)
class Bar:
    """One value, or one step of a scale.

    Attributes:
        label: The value in words; empty for a step.
        count: How many comments of the cluster have it.
        share: Their share of the cluster's comments that have a value, 0..1.
        whole: The same share of all comments.
    """

    label: str
    count: int
    share: float
    whole: float


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The comments of a cluster by a column.

    Attributes:
        title: Of the column.
        bars: By falling count, or in the order of the scale.
        ends: What the ends of a scale stand for; empty for single values.
        n_missing: How many comments of the cluster have no value.
    """

    title: str
    bars: tuple[Bar, ...]
    ends: tuple[str, ...]
    n_missing: int


def breakdown_of(colouring: Colouring, labelling: Labelling, clusters: Sequence[int]) -> Breakdown:
    """Return how the comments of ``clusters``, taken as one, are spread over what ``colouring`` tells of them."""
    inside = np.bincount(colouring.codes[np.isin(labelling.members, clusters)], minlength=colouring.n_codes)
    everywhere = np.bincount(colouring.codes, minlength=colouring.n_codes)
    n_inside, n_everywhere = (int(counts[MISSING + 1 :].sum()) for counts in (inside, everywhere))
    labels = {value.code: value.label for value in colouring.values}
    codes = [code for code in range(MISSING + 1, colouring.n_codes) if colouring.ends or code in labels]
    bars = [
        Bar(
            labels.get(code, ""),
            int(inside[code]),
            inside[code] / max(1, n_inside),
            everywhere[code] / max(1, n_everywhere),
        )
        for code in codes
    ]
    if colouring.ends:
        bars = _coarser(bars, per_bar=_COARSE if n_inside < _FEW else 1)
    elif not colouring.is_ordered:
        bars = sorted((bar for bar in bars if bar.count), key=lambda bar: -bar.count)
    return Breakdown(colouring.title, tuple(bars), colouring.ends, int(inside[MISSING]))


def _coarser(bars: list[Bar], *, per_bar: int) -> list[Bar]:
    """Return the steps of a scale, several of them as one."""
    groups = [bars[start : start + per_bar] for start in range(0, len(bars), per_bar)]
    return [
        Bar("", sum(bar.count for bar in group), sum(bar.share for bar in group), sum(bar.whole for bar in group))
        for group in groups
    ]
