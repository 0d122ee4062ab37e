"""Values of typed files as the text that a spreadsheet shows for them."""

import math
from datetime import date, time, timedelta
from decimal import Decimal

_EXACT = 2.0**53
_LONGEST = 1e21  # above, a spreadsheet has no room for the digits either
_SMALLEST = 1e-9


def text_of(value: object) -> str:
    """Return what a spreadsheet shows of a cell's value: ``1``, ``0.1``, ``TRUE``, ``2026-03-01 14:05:00``.

    Number formats such as percent and currency are not looked at: the text says what is stored.
    """
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, timedelta):
        return _duration(value)
    return _without_noise(str(value)) if isinstance(value, (date, time)) else str(value)


def number_text(value: float) -> str:
    """Return a number's digits without the noise of its last bits: 15, as spreadsheets keep, or all of a whole."""
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else ("INF" if value > 0 else "-INF")
    if value.is_integer() and abs(value) <= _EXACT:
        return str(int(value))
    short = format(value, ".15g")
    if "e" not in short:
        return short
    if _SMALLEST <= abs(value) < _LONGEST:
        return format(Decimal(short), "f")
    return short.upper()


def _without_noise(text: str) -> str:
    """Leave out a fraction that is nothing, or no more than the noise of a day stored as a number."""
    return text.removesuffix(".000000").removesuffix("000") if "." in text else text


def _duration(value: timedelta) -> str:
    seconds = round(value.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
