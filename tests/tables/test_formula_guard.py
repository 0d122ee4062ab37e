"""What a spreadsheet would run is made harmless, and can be told from what was so before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatlas.tables import TableFormat, from_columns
from verbatlas.tables.formula_guard import MARK, guard, guarded, marks, unguard, unguarded


@pytest.mark.parametrize(
    "cell", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "- too slow", "'=1"]
)
def test_formulas_are_guarded(cell: str) -> None:
    assert guard(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["-5", "+3.2", "-1,234.50", "-12 %", "-3.2e-05", "+1E9", "late", "", "3-4", "'tis"])
def test_numbers_and_words_are_left_alone(cell: str) -> None:
    assert guard(cell) == cell


@given(st.text(st.sampled_from("'=+-@\t\ra1.e"), max_size=6))
def test_a_guard_can_be_taken_away_again(cell: str) -> None:
    assert unguard(guard(cell)) == cell or not guard(cell).startswith("'")


@given(st.lists(st.text(st.sampled_from("'=+-\0\n1a"), max_size=4), max_size=8))
def test_many_cells_are_guarded_as_each_of_them(cells: list[str]) -> None:
    assert list(guarded(cells)) == [guard(cell) for cell in cells]
    assert marks([cells]) in ([], ["yes" if guard(cell) != cell else "" for cell in cells])


def test_only_marked_rows_of_a_marked_table_are_changed() -> None:
    names = ["'=a", "b", MARK]
    table = from_columns(names, [["'=1", "'=1", None], ["x", "''=1", "'=1"], ["", "yes", "yes"]], TableFormat())
    before = unguarded(table)
    assert before.names == ("=a", "b")
    assert before.columns == (("'=1", "=1", None), ("x", "'=1", "=1"))


def test_a_column_of_that_name_with_other_cells_marks_nothing() -> None:
    table = from_columns(["a", MARK], [["'=1"], ["no"]], TableFormat())
    assert unguarded(table) is table
