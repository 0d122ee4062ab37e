"""A table that grows by rows of any width, and what was out of order in them."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from verbatlas.tables.lazy_column import LazyColumn, Piece
from verbatlas.tables.read_report import Places
from verbatlas.tables.rows_in_bulk import Bulk
from verbatlas.tables.table import Table, TableFormat, from_columns

_ROWS_THAT_DECIDE = 500
_REPLACED = "\ufffd".encode()


class Body:
    """The rows below the names.

    Attributes:
        n_rows: How many there are, blank ones too.
        replaced: Where characters are that were invalid, if they are counted.
        zeros: Where cells hold zero bytes.
    """

    def __init__(self, names: list[str], *, counts_replaced: bool) -> None:
        """Begin with no rows."""
        self._names = names
        self._counts_replaced = counts_replaced
        self._pieces: list[Piece] = []
        self._begins: list[int] = []
        self._widths: list[NDArray[np.int32]] = []
        self._lines: list[NDArray[np.int64]] = []
        self.n_rows = self._n_filled = self._n_columns = 0
        self.replaced = Places()
        self.zeros = Places()

    @property
    def n_columns(self) -> int:
        """The number of cells of the widest row, and of names at least."""
        return max(len(self._names), self._n_columns)

    def add(self, bulk: Bulk) -> None:
        """Add rows below the others."""
        widths = bulk.piece.widths
        self._pieces.append(bulk.piece)
        self._begins.append(self.n_rows)
        self._widths.append(widths)
        self._lines.append(bulk.lines)
        # Here other threads read on meanwhile; when all rows are there everybody waits for what is still to do.
        if widest := int(widths.max(initial=0)):
            self._n_filled = self.n_rows + int(np.flatnonzero(widths)[-1]) + 1
            self._n_columns = max(self._n_columns, widest)
        self.n_rows += bulk.piece.n_rows
        if self._counts_replaced:
            self.replaced = _and_where(self.replaced, _REPLACED, bulk)
        self.zeros = _and_where(self.zeros, b"\x00", bulk)

    def table(self, table_format: TableFormat) -> Table:
        """Return all rows; blank ones at the end belong to no row and are left out."""
        columns = [LazyColumn(self._pieces, self._begins, column, self._n_filled) for column in range(self.n_columns)]
        return from_columns([*self._names, *[""] * (self.n_columns - len(self._names))], columns, table_format)

    def out_of_order(self) -> tuple[Places, Places]:
        """Return where rows of another width are than expected, and where blank lines are between the rows."""
        expected = len(self._names) or self._usual_width()
        ragged, blank = Places(), Places()
        for begin, widths, lines in zip(self._begins, self._widths, self._lines, strict=True):
            others = np.flatnonzero(widths[: max(0, self._n_filled - begin)] != expected)
            if len(others):
                is_blank = widths[others] == 0
                ragged = ragged.and_lines(lines[others[~is_blank]].tolist())
                blank = blank.and_lines(lines[others[is_blank]].tolist())
        return ragged, blank

    def _usual_width(self) -> int:
        """Return how many cells most of the first rows have."""
        widths = np.concatenate([np.zeros(0, np.int32), *self._widths])
        start = int((widths > 0).argmax()) // _ROWS_THAT_DECIDE * _ROWS_THAT_DECIDE if len(widths) else 0
        found, counts = np.unique(widths[start : start + _ROWS_THAT_DECIDE], return_counts=True)
        return int(max(zip((counts * (found > 0)).tolist(), found.tolist(), strict=True), default=(0, 0))[1])


def _and_where(known: Places, sign: bytes, bulk: Bulk) -> Places:
    """Return the places ``known`` and those of ``sign``, which overlaps with none like it, in the cells of ``bulk``."""
    piece = bulk.piece
    if not len(piece.starts) or piece.data.find(sign, piece.starts.item(0), piece.ends.item(-1)) < 0:
        return known
    codes = np.frombuffer(piece.data, np.uint8)
    n_last = len(codes) - len(sign) + 1
    is_there = np.logical_and.reduce([codes[place : n_last + place] == code for place, code in enumerate(sign)])
    places = np.flatnonzero(is_there)
    places = places[(places >= piece.starts[0]) & (places < piece.ends[-1])]  # the others are in other pieces
    cells = np.searchsorted(piece.starts, places, side="right") - 1
    rows, counts = np.unique(np.searchsorted(piece.first, cells, side="right") - 1, return_counts=True)
    found = known.and_lines(bulk.lines[rows].tolist())
    return replace(found, count=found.count + int((counts - 1).sum()))
