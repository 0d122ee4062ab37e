"""Cells are seen as numbers or dates where they are written like some."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatlas.tables import as_dates, as_numbers


@pytest.mark.parametrize(
    ("cell", "number"),
    [("5", 5), (" -3.5 ", -3.5), ("1,234,567.8", 1234567.8), ("12%", 12), ("¥ 30", 30), ("1e3", 1000), ("007", 7)],
)
def test_numbers_are_read(cell: str, number: float) -> None:
    assert as_numbers([cell]).tolist() == [number]


@pytest.mark.parametrize("cell", ["", None, "abc", "1,2,3", "12 34", "N/A", "--5", "nan", "inf"])
def test_what_is_no_number_is_none(cell: str | None) -> None:
    assert np.isnan(as_numbers([cell])).all()


@pytest.mark.parametrize(
    ("cell", "date"),
    [
        ("2026-03-01", "2026-03-01T00:00:00"),
        ("2026/3/1 14:05", "2026-03-01T14:05:00"),
        ("2026年3月1日", "2026-03-01T00:00:00"),
        ("2026-03-01T14:05:09Z", "2026-03-01T14:05:09"),
        ("31.12.2025", "2025-12-31T00:00:00"),
    ],
)
def test_dates_are_read(cell: str, date: str) -> None:
    assert as_dates([cell]).astype(str).tolist() == [date]


def test_the_column_decides_whether_months_or_days_come_first() -> None:
    assert as_dates(["03/04/2026", "03/25/2026"]).astype("datetime64[D]").astype(str).tolist() == [
        "2026-03-04",
        "2026-03-25",
    ]
    assert as_dates(["03/04/2026", "25/03/2026"]).astype("datetime64[D]").astype(str).tolist() == [
        "2026-04-03",
        "2026-03-25",
    ]


@pytest.mark.parametrize("cell", ["", None, "2026-02-31", "yesterday", "20260301", "12"])
def test_what_is_no_date_is_none(cell: str | None) -> None:
    assert np.isnat(as_dates([cell])).all()


@given(st.lists(st.one_of(st.none(), st.text(max_size=12)), max_size=30))
def test_any_cells_are_looked_at_without_complaint(cells: list[str | None]) -> None:
    assert len(as_numbers(cells)) == len(as_dates(cells)) == len(cells)
