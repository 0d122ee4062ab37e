"""What is in a column, in short: enough to ask what of it is wanted."""

import heapq
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from verbatlas import tables
from verbatlas.study import NOISE, Labelling, Study
from verbatlas.tables import Table
from verbatlas.words import gettext as _

_FEW_NUMBERS = 11  # so many different numbers, such as stars, are chosen one by one
_MOST_VALUES = 1000  # a longer list nobody reads, and making it would be seen
_ENOUGH = 0.9  # share of the filled cells that must be numbers or dates
_BARS = 40
_AT_ONCE = 50_000  # cells that are counted in one step, which holds the interpreter's lock
_MOST_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Option:
    """A value that can be chosen.

    Attributes:
        value: What a filter asks for: the text of a cell, or the id of a cluster.
        label: In words.
        count: How many comments have it.
    """

    value: str | int
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Categories:
    """A column of values that are chosen one by one.

    Attributes:
        options: The most frequent first, or numbers in their order; blank cells last.
        n_left_out: How many rarer values are not among them.
    """

    options: tuple[Option, ...]
    n_left_out: int = 0


@dataclass(frozen=True, slots=True)
class Numbers:
    """A column of numbers.

    Attributes:
        low: The least.
        high: The greatest.
        decimals: How many digits after the point tell the numbers apart, at most 6.
        counts: How many comments are in each of equal steps from low to high.
        n_missing: How many cells hold no number.
    """

    low: float
    high: float
    decimals: int
    counts: tuple[int, ...]
    n_missing: int


@dataclass(frozen=True, slots=True)
class Dates:
    """A column of dates.

    Attributes:
        first: The earliest day.
        last: The latest.
        counts: How many comments are in each of equal steps from the first day to the last.
        n_missing: How many cells hold no date.
    """

    first: date
    last: date
    counts: tuple[int, ...]
    n_missing: int


@dataclass(frozen=True, slots=True)
class ColumnSummary:
    """What a filter can ask of a column, or of the clusters.

    Attributes:
        column: The position of the column in the table; None for the clusters.
        title: Its name for people.
        content: What is in it.
    """

    column: int | None
    title: str
    content: Categories | Numbers | Dates


def summary_of(study: Study, column: int | None) -> ColumnSummary:
    """Return what is in a column of a study, or None for its clusters; not in the window's thread."""
    if column is not None:
        return summarise(study.table, column)
    return summarise_clusters(study.labelling or Labelling.empty(len(study.documents)))


def summarise(table: Table, column: int) -> ColumnSummary:
    """Look through a column; takes about a second for a million rows, so not in the window's thread.

    Args:
        table: The table.
        column: The position of one of its columns.
    """
    return ColumnSummary(column, table.labels()[column], _content(table.column(column)))


def summarise_clusters(labelling: Labelling) -> ColumnSummary:
    """Return the clusters, the largest first, as something that a filter can ask for."""
    sizes = labelling.sizes()
    ranked = sorted(labelling.clusters.values(), key=lambda cluster: (-sizes[cluster.id], cluster.name))
    options = [Option(cluster.id, cluster.name, sizes[cluster.id]) for cluster in ranked]
    if labelling.n_noise:
        options.append(Option(NOISE, _("No cluster"), labelling.n_noise))
    return ColumnSummary(None, _("Cluster"), Categories(tuple(options)))


def _content(cells: Sequence[str | None]) -> Categories | Numbers | Dates:
    texts = [(cell or "").strip() for cell in cells]
    n_filled = sum(map(bool, texts))
    numbers = tables.as_numbers(texts)
    found = numbers[np.isfinite(numbers)]
    if n_filled and len(found) >= _ENOUGH * n_filled:
        different = np.unique(found)
        return _numbers(numbers, different) if len(different) > _FEW_NUMBERS else _categories(texts, by_number=True)
    dates = tables.as_dates(texts).astype("datetime64[D]")
    n_dates = int((~np.isnat(dates)).sum())
    if n_filled and n_dates >= _ENOUGH * n_filled:
        return _dates(dates)
    return _categories(texts, by_number=False)


def _categories(texts: Sequence[str], *, by_number: bool) -> Categories:
    counts: Counter[str] = Counter()
    for start in range(0, len(texts), _AT_ONCE):
        counts.update(texts[start : start + _AT_ONCE])
    n_blank = counts.pop("", 0)
    # Not sorted as a whole: that would hold the interpreter's lock for a second where every value is another one.
    shown = heapq.nsmallest(_MOST_VALUES, counts.items(), key=lambda item: (-item[1], item[0]))
    if by_number:
        order = np.argsort(tables.as_numbers([text for text, _count in shown]), kind="stable")  # no number: last
        shown = [shown[place] for place in order.tolist()]
    options = [Option(text, text, count) for text, count in shown]
    if n_blank:
        options.append(Option("", _("No value"), n_blank))
    return Categories(tuple(options), len(counts) - len(shown))


def _numbers(numbers: NDArray[np.float64], different: NDArray[np.float64]) -> Numbers:
    low, high = float(different[0]), float(different[-1])
    found = numbers[np.isfinite(numbers)]
    return Numbers(low, high, _decimals(different), _spread(found, low, high), len(numbers) - len(found))


def _dates(dates: NDArray[np.datetime64]) -> Dates:
    days = dates[~np.isnat(dates)].astype(np.int64)
    first, last = int(days.min()), int(days.max())
    ends = [np.datetime64(day, "D").astype(object) for day in (first, last)]
    return Dates(ends[0], ends[1], _spread(days.astype(np.float64), first, last), len(dates) - len(days))


def _spread(values: NDArray[np.float64], low: float, high: float) -> tuple[int, ...]:
    ends = (low, high) if high > low else (low - 0.5, low + 0.5)
    return tuple(np.histogram(values, bins=_BARS, range=ends)[0].tolist())


def _decimals(numbers: NDArray[np.float64]) -> int:
    for decimals in range(_MOST_DECIMALS):
        if np.array_equal(np.round(numbers, decimals), numbers):
            return decimals
    return _MOST_DECIMALS
