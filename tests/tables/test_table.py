"""A table's columns can be named by a person, whatever the file calls them."""

import pytest

from verbatlas.errors import Problem, UserError
from verbatlas.tables import TableFormat, from_columns


def test_blank_and_repeated_names_become_distinct_labels() -> None:
    table = from_columns(["text", "", "text", "text (2)"], [["a"], ["b"], ["c"], ["d"]], TableFormat())

    assert table.labels() == ("text", "Column 2", "text (3)", "text (2)")
    assert [table.index_of(label) for label in table.labels()] == [0, 1, 2, 3]


def test_a_missing_column_is_answered_with_those_there_are() -> None:
    table = from_columns(["id", "comment"], [["1"], ["a"]], TableFormat())

    with pytest.raises(UserError) as caught:
        table.index_of("Comment")

    assert caught.value.problem is Problem.COLUMN_MISSING
    assert caught.value.values["columns"] == ("id", "comment")


def test_rows_and_columns_are_what_was_given() -> None:
    table = from_columns(["a", "b"], [["1", "2"], [None, ""]], TableFormat())

    assert (table.n_rows, table.n_columns) == (2, 2)
    assert table.row(0) == ("1", None)
    assert list(table.column(1)) == [None, ""]


def test_columns_of_different_length_are_no_table() -> None:
    with pytest.raises(ValueError, match="one length"):
        from_columns(["a", "b"], [["1"], []], TableFormat())
