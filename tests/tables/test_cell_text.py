"""What a typed cell is shown as: what a spreadsheet shows, and never the noise of how it is stored."""

import math
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatlas.tables.cell_text import number_text, text_of


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1"),
        (-0.0, "0"),
        (0.1, "0.1"),
        (0.1 + 0.2, "0.3"),
        (1e-5, "0.00001"),
        (1e-12, "1E-12"),
        (1e15, "1000000000000000"),
        (4012888888881881.0, "4012888888881881"),
        (1.5e20, "150000000000000000000"),
        (1e300, "1E+300"),
        (math.nan, "NaN"),
        (-math.inf, "-INF"),
        (7, "7"),
        (True, "TRUE"),
        (False, "FALSE"),
        (None, ""),
        ("007", "007"),
        (date(2026, 3, 1), "2026-03-01"),
        (datetime(2026, 3, 1, 14, 5), "2026-03-01 14:05:00"),
        (datetime(2026, 3, 1, 14, 5, 0, 250_000), "2026-03-01 14:05:00.250"),
        (time(14, 5), "14:05:00"),
        (timedelta(hours=30, minutes=2), "30:02:00"),
        (timedelta(seconds=-90), "-00:01:30"),
    ],
)
def test_values_read_as_in_a_spreadsheet(value: object, text: str) -> None:
    assert text_of(value) == text


@given(st.floats(-1e300, 1e300))
def test_a_number_keeps_fifteen_digits(value: float) -> None:
    assert math.isclose(float(number_text(value)), value, rel_tol=1e-14)
