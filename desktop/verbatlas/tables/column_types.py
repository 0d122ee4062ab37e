"""What the cells of a column mean as numbers or dates: a view of them, never a change to them."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

_NUMBER = re.compile(r"[¥￥$€£]?\s*([-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d+)?)\s*[%％]?")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?.*)?")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?.*)?")
_EPOCH, _SECOND = datetime(1970, 1, 1), timedelta(seconds=1)
_REMEMBERED = 100_000  # texts whose meaning is found only once: letting go of many more is seen
_NO_TIME = int(np.datetime64("NaT", "s").astype(np.int64))

Value = TypeVar("Value")
Cells = Sequence[str | None]


def as_numbers(cells: Cells) -> NDArray[np.float64]:
    """Return the number in each cell: float64, shape (n,), NaN where there is none.

    Thousands may be set apart by commas; a currency sign before the number and a percent sign after it are passed over.
    """
    return np.fromiter(_each(cells, _number, missing=np.nan), np.float64, len(cells))


def as_dates(cells: Cells) -> NDArray[np.datetime64]:
    """Return the date in each cell: datetime64[s], shape (n,), NaT where there is none.

    Years come first (2026-03-01, 2026/3/1, 2026年3月1日) or last. Where they come last, the column decides whether
    months or days come first: days, unless a second number is larger than twelve.
    """
    seconds = (match[2] for cell in cells if cell and (match := _YEAR_LAST.fullmatch(cell.strip())))
    month_first = any(int(second) > 12 for second in seconds)

    def second(cell: str) -> int:
        found = _date(cell, month_first=month_first)
        return _NO_TIME if found is None else (found - _EPOCH) // _SECOND

    return np.fromiter(_each(cells, second, missing=_NO_TIME), np.int64, len(cells)).view("datetime64[s]")


def _each(cells: Cells, meaning: Callable[[str], Value], *, missing: Value) -> Iterator[Value]:
    """Yield the meaning of every cell, found once for most of the different texts.

    One by one: a list of a million that becomes an array at once holds the interpreter's lock for up to a second.
    """
    known: dict[str | None, Value] = {None: missing}
    for cell in cells:
        if cell in known:
            yield known[cell]
            continue
        value = meaning(cell or "")
        if len(known) < _REMEMBERED:
            known[cell] = value
        yield value


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
