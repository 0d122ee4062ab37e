"""The rows of a table that looked wrong when its file was read, found again by their lines."""

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from verbatlas.tables.read_report import ReadReport
from verbatlas.tables.table import Cell, Table

SURE_ENOUGH = 0.9  # of an encoding that nobody need look at
_AT_ONCE = 1000  # rows
_ROWS_LOOKED_AT, _MOST_FOREIGN = 20_000, 20


class Oddity(StrEnum):
    """What is wrong with a row."""

    TOO_FEW = "too_few"  # cells
    TOO_MANY = "too_many"  # cells
    QUOTE = "quote"  # a quotation mark out of place
    BROKEN = "broken"  # JSON that is no whole object
    REPLACED = "replaced"  # characters that are invalid in the encoding
    ZEROS = "zeros"  # bytes that belong in no text
    LETTERS = "letters"  # beyond ASCII, where the encoding is not sure


@dataclass(frozen=True, slots=True)
class OddRow:
    """A row that should be looked at.

    Attributes:
        row: Its position in the table, from 0.
        line: The line of the file in which it begins, from 1.
        oddities: What is wrong with it.
        n_cells: How many cells it has.
        n_usual: How many the others have.
    """

    row: int
    line: int
    oddities: tuple[Oddity, ...]
    n_cells: int
    n_usual: int


def odd_rows(table: Table, report: ReadReport) -> tuple[OddRow, ...]:
    """Return the rows at the lines that ``report`` names, which are the first hundred of every kind, rising.

    Where the encoding is not sure, the first rows with letters beyond ASCII are among them: they show whether it is
    the right one.
    """
    met = {
        Oddity.TOO_FEW: set(report.ragged.lines),
        Oddity.QUOTE: set(report.mended.lines),
        Oddity.BROKEN: set(report.broken.lines),
        Oddity.REPLACED: set(report.replaced.lines),
        Oddity.ZEROS: set(report.zeros.lines),
    }
    lines = set().union(*met.values())
    usual = _usual_width(table)
    foreign = _foreign_rows(table) if report.encoding_sure < SURE_ENOUGH and not report.rows else []
    found = []
    for row, line in report.rows or _rows_at(table, lines, set(foreign), n_above=len(report.lines_above)):
        cells = table.row(row)
        n_cells = _width(cells)
        kinds = [kind for kind, where in met.items() if line in where]
        if Oddity.TOO_FEW in kinds and n_cells > usual:
            kinds[kinds.index(Oddity.TOO_FEW)] = Oddity.TOO_MANY
        if row in foreign:
            kinds.append(Oddity.LETTERS)
        found.append(OddRow(row, line, tuple(kinds), n_cells, usual))
    return tuple(found)


def _width(cells: Sequence[Cell]) -> int:
    return sum(cell is not None for cell in cells)


def _usual_width(table: Table) -> int:
    widths = Counter(_width(table.row(row)) for row in range(min(_AT_ONCE, table.n_rows)))
    return widths.most_common(1)[0][0] if widths else 0


def _foreign_rows(table: Table) -> list[int]:
    rows = range(min(_ROWS_LOOKED_AT, table.n_rows))
    foreign = (row for row in rows if not all(cell is None or cell.isascii() for cell in table.row(row)))
    return list(itertools.islice(foreign, _MOST_FOREIGN))


def _rows_at(table: Table, lines: set[int], rows: set[int], *, n_above: int) -> Iterator[tuple[int, int]]:
    """Yield the rows that begin at ``lines``, and ``rows``, each with its line."""
    last, last_row = max(lines, default=0), max(rows, default=-1)
    line = 1 + n_above + (_height(table.names) if table.format.has_header else 0)
    for start in range(0, table.n_rows, _AT_ONCE):
        if line > last and start > last_row:
            return
        n = min(_AT_ONCE, table.n_rows - start)
        heights = [1] * n
        for column in table.columns:
            for place, cell in enumerate(column[start : start + n]):
                if cell and ("\n" in cell or "\r" in cell):
                    heights[place] += _n_breaks(cell)
        for place, height in enumerate(heights):
            if line in lines or start + place in rows:
                yield start + place, line
            line += height


def _height(cells: Sequence[str]) -> int:
    return 1 + sum(_n_breaks(cell) for cell in cells if cell)


def _n_breaks(cell: str) -> int:
    return cell.count("\n") + cell.count("\r") - cell.count("\r\n")
