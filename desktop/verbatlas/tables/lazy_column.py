"""A column whose cells stay bytes of the file and become text when somebody asks for them."""

import itertools
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
from numpy.typing import NDArray

_ROWS_AT_ONCE = 500

Places = NDArray[np.int32] | NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """Rows of any width as they stand in a piece of a text.

    Python keeps a text in one, two or four bytes a character and adds fifty; UTF-8 and two places are less, and
    telling where cells begin is quicker than making each of them an object.

    Attributes:
        data: UTF-8. Parts of it may belong to the rows of other pieces.
        starts: Per cell the byte that it begins at, row after row; int32 or int64, shape (n_cells,), ascending.
        ends: Per cell the byte behind it; as ``starts``.
        first: Per row the number of its first cell, and at the end the number of all cells; int32, shape (n_rows + 1,).
        quote: What is doubled in the cells and stands for one; empty where nothing is.
    """

    data: bytes
    starts: Places
    ends: Places
    first: NDArray[np.int32]
    quote: str = ""

    @property
    def n_rows(self) -> int:
        """The number of rows."""
        return len(self.first) - 1

    @property
    def widths(self) -> NDArray[np.int32]:
        """The number of cells of each row."""
        return np.diff(self.first)

    def cell(self, row: int, column: int) -> str | None:
        """Return one cell; None where the row is too short to have it."""
        place = self.first.item(row) + column
        if place >= self.first.item(row + 1):
            return None
        return self._text(self.starts.item(place), self.ends.item(place))

    def cells(self, column: int, begin: int, end: int) -> list[str | None]:
        """Return the cells of one column in the rows from ``begin`` to before ``end``."""
        first = self.first[begin : end + 1]
        places = first[:-1] + np.int32(column)
        is_there = places < first[1:]
        if not is_there.any():
            return [None] * len(places)
        known = places[is_there]
        spans = zip(self.starts[known].tolist(), self.ends[known].tolist(), strict=True)
        if self.quote:
            texts = [self._text(start, stop) for start, stop in spans]
        else:
            data = self.data
            texts = [data[start:stop].decode() for start, stop in spans]
        if len(known) == len(places):
            return list(texts)
        given = iter(texts)
        return [next(given) if known_here else None for known_here in is_there.tolist()]

    def _text(self, start: int, end: int) -> str:
        text = self.data[start:end].decode()
        return text.replace(self.quote * 2, self.quote) if self.quote and self.quote in text else text


def piece_of(rows: Sequence[Sequence[str]]) -> Piece:
    """Return rows of cells as a piece. The cells hold no lone surrogates."""
    cells = [cell.encode() for row in rows for cell in row]
    ends = np.cumsum(np.fromiter(map(len, cells), np.int64, len(cells)))
    starts = np.concatenate([np.zeros(1, np.int64), ends])[:-1]
    first = np.cumsum(np.fromiter(itertools.chain([0], map(len, rows)), np.int32, len(rows) + 1), dtype=np.int32)
    data = b"".join(cells)
    return Piece(data, small(starts, data), small(ends, data), first)


def small(places: NDArray[np.int64], data: bytes) -> Places:
    """Return places in ``data`` in half of the room where they fit."""
    return places.astype(np.int32) if len(data) < 2**31 else places


class LazyColumn(Sequence[str | None]):
    """One column of many pieces: a sequence of cells that never changes."""

    __slots__ = ("_begins", "_column", "_n_rows", "_pieces")

    def __init__(self, pieces: Sequence[Piece], begins: Sequence[int], column: int, n_rows: int) -> None:
        """Look at one column of ``pieces``.

        Args:
            pieces: All rows in order; shared by all columns.
            begins: Per piece the number of its first row.
            column: The position of the column.
            n_rows: How many of the rows count.
        """
        self._pieces, self._begins = pieces, begins
        self._column, self._n_rows = column, n_rows

    def __len__(self) -> int:
        """Return the number of rows."""
        return self._n_rows

    @overload
    def __getitem__(self, row: int) -> str | None: ...
    @overload
    def __getitem__(self, row: slice) -> tuple[str | None, ...]: ...
    def __getitem__(self, row: int | slice) -> str | tuple[str | None, ...] | None:
        """Return one cell, or some as a tuple.

        Raises:
            IndexError: There is no such row.
        """
        if isinstance(row, slice):
            rows = range(*row.indices(self._n_rows))
            if rows.step == 1:
                return tuple(itertools.chain.from_iterable(self._runs(rows.start, rows.stop)))
            return tuple(self[one] for one in rows)
        place = row + self._n_rows if row < 0 else row
        if not 0 <= place < self._n_rows:
            raise IndexError(row)
        number = bisect_right(self._begins, place) - 1
        return self._pieces[number].cell(place - self._begins[number], self._column)

    def __iter__(self) -> Iterator[str | None]:
        """Yield all cells, made some hundred at a time."""
        return itertools.chain.from_iterable(self._runs(0, self._n_rows))

    def __eq__(self, other: object) -> bool:
        """Return whether ``other`` is a sequence of the same cells."""
        if not isinstance(other, (LazyColumn, tuple, list)):
            return NotImplemented
        return len(self) == len(other) and all(one == two for one, two in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # equal to lists, which have none

    def __repr__(self) -> str:
        return f"LazyColumn({list(self[:5])}, {self._n_rows} rows)"

    def _runs(self, begin: int, end: int) -> Iterator[list[str | None]]:
        number = bisect_right(self._begins, begin) - 1
        while begin < end:
            piece, before = self._pieces[number], self._begins[number]
            stop = min(end, before + piece.n_rows)
            for start in range(begin, stop, _ROWS_AT_ONCE):
                yield piece.cells(self._column, start - before, min(start + _ROWS_AT_ONCE, stop) - before)
            begin, number = max(begin, stop), number + 1
