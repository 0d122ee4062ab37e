"""Rows of any width become columns, and no row is lost or invented."""

from hypothesis import given
from hypothesis import strategies as st
from verbatlas.tables.columns import Columns

from verbatlas.tables.table import Cell


@given(st.lists(st.lists(st.sampled_from(["", "a", "b"]), max_size=4), max_size=30), st.integers(1, 7))
def test_every_row_comes_back_whatever_the_batches(rows: list[list[str]], n_at_once: int) -> None:
    columns = Columns()
    for start in range(0, len(rows), n_at_once):
        columns.extend(rows[start : start + n_at_once])
    n_rows, n_below, width = columns.n_rows, columns.n_blank_below, columns.width
    cells = columns.take()

    assert n_rows + n_below == len(rows)
    assert not any(rows[n_rows:])
    assert width == max(map(len, rows), default=0)
    padded: list[tuple[Cell, ...]] = [(*row, *[None] * (width - len(row))) for row in rows[:n_rows]]
    assert list(zip(*cells, strict=True)) == padded


def test_equal_cells_are_in_memory_once() -> None:
    columns = Columns()
    for _ in range(100):
        columns.extend([["".join(["com", "plaint"])] for _ in range(100)])

    assert len({id(cell) for cell in columns.take()[0]}) == 1
