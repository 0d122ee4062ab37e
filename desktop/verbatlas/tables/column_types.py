"""What the cells of a column mean as numbers or dates: a view of them, never a change to them."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

_NUMBER = re.compile(r"[¥￥$€£]?\s*([-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d+)?)\s*[%％]?")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?.*)?")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?.*)?")

_AT_ONCE = 8_192
_MOST_KNOWN = 100_000

Kind = TypeVar("Kind", bound=np.generic)
Cells = Sequence[str | None]


def as_numbers(cells: Cells) -> NDArray[np.float64]:
    """Return the number in each cell: float64, shape (n,), NaN where there is none.

    Thousands may be set apart by commas; a currency sign before the number and a percent sign after it are passed over.
    """
    return _each(cells, _number, np.full(len(cells), np.nan))


def as_dates(cells: Cells) -> NDArray[np.datetime64]:
    """Return the date in each cell: datetime64[s], shape (n,), NaT where there is none.

    Years come first (2026-03-01, 2026/3/1, 2026年3月1日) or last. Where they come last, the column decides whether
    months or days come first: days, unless a second number is larger than twelve.
    """
    seconds = (match[2] for cell in cells if cell and (match := _YEAR_LAST.fullmatch(cell.strip())))
    month_first = any(int(second) > 12 for second in seconds)

    def date(cell: str) -> datetime | None:
        return _date(cell, month_first=month_first)

    return _each(cells, date, np.full(len(cells), "NaT", "datetime64[s]"))


def _each(cells: Cells, meaning: Callable[[str], Any], found: NDArray[Kind]) -> NDArray[Kind]:
    """Return ``found``, which says of every cell that it means nothing, with the meaning of each cell that has one.

    Each different text is looked at once. Numpy gets the meanings in parts: while it takes over a list, no other thread
    runs, and with a million dates a window would stand still for a second.
    """
    known: dict[str, Any] = {}
    for start in range(0, len(cells), _AT_ONCE):
        part = cells[start : start + _AT_ONCE]
        if len(known) > _MOST_KNOWN:  # a dictionary that grows further stops the others too, each time it moves
            known.clear()
        for cell in part:
            if cell is not None and cell not in known:
                known[cell] = meaning(cell)
        places = [start + place for place, cell in enumerate(part) if cell is not None]
        found[places] = [known[cell] for cell in part if cell is not None]
    return found


def _number(cell: str) -> float:
    match = _NUMBER.fullmatch(cell.strip())
    return float(match[1].replace(",", "")) if match else float("nan")


def _date(cell: str, *, month_first: bool) -> datetime | None:
    text = cell.strip()
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, day, *clock = match.groups()
    elif match := _YEAR_LAST.fullmatch(text):
        one, two, year, *clock = match.groups()
        month, day = (one, two) if month_first else (two, one)
    else:
        return None
    hour, minute, second = (int(part or 0) for part in clock)
    try:
        return datetime(int(year), int(month), int(day), hour, minute, second)
    except ValueError:  # the 31st of February
        return None
