"""A column that makes its cells when they are asked for behaves as a tuple of them does."""

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verbatlas.tables.lazy_column import LazyColumn, piece_of

_PIECES = st.lists(
    st.lists(st.lists(st.text(max_size=5), max_size=3), min_size=1, max_size=700), min_size=1, max_size=3
)


def column_of(pieces: list[list[list[str]]], column: int) -> tuple[LazyColumn, tuple[str | None, ...]]:
    begins = [sum(map(len, pieces[:number])) for number in range(len(pieces))]
    rows = [row for piece in pieces for row in piece]
    cells = tuple(row[column] if column < len(row) else None for row in rows)
    return LazyColumn([piece_of(piece) for piece in pieces], begins, column, len(rows)), cells


@settings(max_examples=60, deadline=None)
@given(pieces=_PIECES, column=st.integers(0, 2), data=st.data())
def test_cells_slices_and_places_are_those_of_a_tuple(
    pieces: list[list[list[str]]], column: int, data: st.DataObject
) -> None:
    lazy, cells = column_of(pieces, column)
    place = data.draw(st.integers(-len(cells), len(cells) - 1))
    part = data.draw(st.slices(len(cells)))

    assert len(lazy) == len(cells)
    assert tuple(lazy) == cells
    assert lazy[place] == cells[place]
    assert lazy[part] == cells[part]
    assert lazy == cells
    assert lazy == pickle.loads(pickle.dumps(lazy))


def test_there_are_no_cells_beyond_the_rows() -> None:
    lazy, _cells = column_of([[["a"], ["b"]]], 0)

    for place in (2, -3):
        with pytest.raises(IndexError):
            lazy[place]


def test_columns_differ_where_a_cell_is_missing_and_not_empty() -> None:
    lazy, _cells = column_of([[["a", ""], ["b"]]], 1)

    assert lazy == ["", None]
    assert lazy != ["", ""]
    assert lazy != ["", None, None]
    assert lazy != "a"
