"""Cells of which a sheet's reader loses the text, such as failed formulas, and putting the text back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SHOWN = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
"""The codes of errors in Excel's binary files ([MS-XLS] 2.5.10, BErr)."""


@dataclass(frozen=True, slots=True, order=True)
class LostCells:
    """A rectangle of cells that show the same text.

    Attributes:
        row: The first row, from 0.
        column: The first column, from 0.
        shown: What they show, such as ``#N/A``.
        n_rows: How many rows.
        n_columns: How many columns.
    """

    row: int
    column: int
    shown: str
    n_rows: int = 1
    n_columns: int = 1


class LostTexts:
    """The lost texts of a sheet, put into its rows as they come."""

    def __init__(self, cells: Iterable[LostCells]) -> None:
        """Expect rows in order, and ``cells`` in them."""
        self._ahead = sorted(cells, reverse=True)
        self._here: list[LostCells] = []

    def put(self, texts: Sequence[list[str]], start: int) -> None:
        """Fill in the texts of rows that begin with the row ``start``; the next rows follow these."""
        end = start + len(texts)
        while self._ahead and self._ahead[-1].row < end:
            self._here.append(self._ahead.pop())
        for lost in self._here:
            for row in range(max(lost.row, start), min(lost.row + lost.n_rows, end)):
                cells = texts[row - start]
                for column in range(lost.column, min(lost.column + lost.n_columns, len(cells))):
                    cells[column] = lost.shown
        self._here = [lost for lost in self._here if lost.row + lost.n_rows > end]
