"""Colouring the map by something else than clusters: a column's values, numbers or dates, or the strength."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verbatlas import tables
from verbatlas.app.map.oklch import Rgb, to_rgb
from verbatlas.app.map.palette import DARK, LIGHT, cluster_colour, noise_colour
from verbatlas.words import gettext as _

BY_CLUSTER, BY_STRENGTH = "cluster", "strength"
MISSING = 0  # the code of documents without a value
_MOST_VALUES = 11
_STEPS = 48
_ENOUGH = 0.9  # share of the filled cells that must be numbers or dates
_OUTLIERS = (1.0, 99.0)  # percentiles at which the scale of numbers ends
_MISSING_WEIGHT = 0.35
# Lightness, chroma and hue at both ends; the end that stands for much stands out from the ground.
_RAMPS = {LIGHT: ((0.86, 0.11, 105.0), (0.36, 0.13, 280.0)), DARK: ((0.40, 0.12, 285.0), (0.93, 0.13, 105.0))}


@dataclass(frozen=True, slots=True)
class ColourChoice:
    """Something that the map can be coloured by.

    Attributes:
        key: BY_CLUSTER, BY_STRENGTH, or the number of a column as text.
        title: In words.
    """

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Value:
    """One entry of a legend.

    Attributes:
        code: Of the documents that it stands for.
        label: In words.
        count: How many documents.
    """

    code: int
    label: str
    count: int


@dataclass(frozen=True, slots=True, eq=False)
class Colouring:
    """Which colour each document gets, and what the colours mean.

    Attributes:
        title: What the map is coloured by.
        codes: uint16, shape (n_documents,); MISSING where there is no value.
        values: The legend; for a scale only the documents without a value.
        n_codes: How many codes there are, MISSING among them.
        is_ordered: Whether colours go from little to much.
        ends: What the ends of a scale stand for; empty for single values.
        counts: How many documents are in each step of a scale.
    """

    title: str
    codes: NDArray[np.uint16]
    values: tuple[Value, ...]
    n_codes: int
    is_ordered: bool
    ends: tuple[str, ...] = ()
    counts: tuple[int, ...] = ()

    def colour(self, code: int, scheme: str) -> Rgb:
        """Return the colour of a code on the map of a scheme."""
        if code == MISSING:
            return noise_colour(scheme)
        if self.is_ordered:
            return ramp((code - 1) / max(self.n_codes - 2, 1), scheme)
        return cluster_colour(code - 1, scheme)

    def table(self, scheme: str) -> NDArray[np.float32]:
        """Return red, green, blue (0..255) and weight by code: float32, shape (n_codes, 4)."""
        table = np.ones((self.n_codes, 4), np.float32)
        table[:, :3] = [self.colour(code, scheme) for code in range(self.n_codes)]
        table[MISSING, 3] = _MISSING_WEIGHT
        return table


def ramp(share: float, scheme: str) -> Rgb:
    """Return the colour of a share (0..1) of a scale, from little to much."""
    low, high = _RAMPS[scheme]
    lightness, chroma, hue = (a + (b - a) * share for a, b in zip(low, high, strict=True))
    return to_rgb(lightness, chroma, hue)


def by_strength(strengths: NDArray[np.float32]) -> Colouring:
    """Colour by how clearly each document belongs to its cluster."""
    return _scale(_("How clearly it belongs"), strengths.astype(np.float64), ("0%", "100%"), low=0.0, high=1.0)


def by_column(title: str, cells: Sequence[str | None]) -> Colouring:
    """Colour by a column: its dates, its numbers, or its most frequent values.

    Numbers of which there are only a few, such as stars, are single values in their order.
    """
    n_filled = sum(bool(cell and cell.strip()) for cell in cells)
    numbers = tables.as_numbers(cells)
    known = np.unique(numbers[np.isfinite(numbers)])
    if np.isfinite(numbers).sum() >= _ENOUGH * max(n_filled, 1) and len(known):
        if len(known) <= _MOST_VALUES:
            return _steps(title, numbers, known)
        low, high = (float(edge) for edge in np.nanpercentile(numbers, _OUTLIERS))
        return _scale(title, numbers, (f"{low:,.6g}", f"{high:,.6g}"), low=low, high=high)
    dates = tables.as_dates(cells)
    if (~np.isnat(dates)).sum() >= _ENOUGH * max(n_filled, 1) and n_filled:
        seconds = np.where(np.isnat(dates), np.nan, dates.astype(np.int64).astype(np.float64))
        first, last = np.nanmin(seconds), np.nanmax(seconds)
        ends = tuple(str(np.datetime64(int(edge), "s").astype("datetime64[D]")) for edge in (first, last))
        return _scale(title, seconds, ends, low=float(first), high=float(last))
    return _categories(title, cells)


def _categories(title: str, cells: Sequence[str | None]) -> Colouring:
    texts = [(cell or "").strip() for cell in cells]
    counts = Counter(text for text in texts if text)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    shown = ranked[:_MOST_VALUES]
    codes_of = {text: code for code, (text, _count) in enumerate(shown, start=1)}
    rest = len(shown) + 1
    # One by one: a list of a million that becomes an array at once holds the interpreter's lock for all of that time.
    codes = np.fromiter((codes_of.get(text, rest) if text else MISSING for text in texts), np.uint16, len(texts))
    values = [Value(codes_of[text], text, count) for text, count in shown]
    n_rest = sum(count for _text, count in ranked[_MOST_VALUES:])
    if n_rest:
        values.append(Value(rest, _("Other values"), n_rest))
    return Colouring(title, codes, _with_missing(values, codes), rest + bool(n_rest), is_ordered=False)


def _steps(title: str, numbers: NDArray[np.float64], known: NDArray[np.float64]) -> Colouring:
    found = np.searchsorted(known, numbers)
    codes = np.where(np.isfinite(numbers), found + 1, MISSING).astype(np.uint16)
    counts = np.bincount(codes, minlength=len(known) + 1)
    values = [Value(code, f"{number:g}", int(counts[code])) for code, number in enumerate(known.tolist(), start=1)]
    return Colouring(title, codes, _with_missing(values, codes), len(known) + 1, is_ordered=True)


def _scale(title: str, numbers: NDArray[np.float64], ends: tuple[str, ...], *, low: float, high: float) -> Colouring:
    share = np.clip((numbers - low) / max(high - low, 1e-12), 0, 1)
    is_known = np.isfinite(numbers)
    codes = np.where(is_known, np.minimum(np.nan_to_num(share) * _STEPS, _STEPS - 1) + 1, MISSING).astype(np.uint16)
    counts = np.bincount(codes, minlength=_STEPS + 1)[1:]
    return Colouring(
        title,
        codes,
        _with_missing([], codes),
        _STEPS + 1,
        is_ordered=True,
        ends=ends,
        counts=tuple(counts.tolist()),
    )


def _with_missing(values: list[Value], codes: NDArray[np.uint16]) -> tuple[Value, ...]:
    n_missing = int((codes == MISSING).sum())
    return (*values, Value(MISSING, _("No value"), n_missing)) if n_missing else tuple(values)
