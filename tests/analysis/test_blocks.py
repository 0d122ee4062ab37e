"""Blocks cover all rows once, in order, and none is larger than what fits; even rows lie at even distances."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from verbatlas.analysis.blocks import blocks, even_rows


@given(st.integers(0, 100_000))
def test_every_row_is_in_exactly_one_block_and_in_order(n: int) -> None:
    rows = np.arange(n)
    assert np.array_equal(np.concatenate([rows[:0], *(rows[block] for block in blocks(n))]), rows)


def test_no_block_is_large_or_empty() -> None:
    sizes = [block.stop - block.start for block in blocks(40_000)]
    assert sizes == [16_384, 16_384, 7_232]


@given(st.integers(0, 5_000), st.integers(2, 300))
def test_even_rows_reach_from_the_first_to_the_last(n: int, most: int) -> None:
    rows = even_rows(n, most=most)
    assert len(rows) == min(n, most)
    if n:
        assert (rows[0], rows[-1]) == (0, n - 1)
        assert len(rows) < 3 or np.ptp(np.diff(rows)) <= 1
