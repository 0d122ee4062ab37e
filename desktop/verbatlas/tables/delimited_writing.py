"""A table as delimited text, some hundred rows at a time, as the file that it was read from would say it."""

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from verbatlas.progress import Report
from verbatlas.tables.formula_guard import filled, guarded
from verbatlas.tables.quoting import EVERY_CLASS, TEXT, Quoting, needs_quotes, pattern_of
from verbatlas.tables.table import AddedColumn, Cell, Table, TableFormat, names_to_write

_ROWS_AT_ONCE = 500
# Between cells that are looked through together; a cell that has it is only looked at once more.
_BETWEEN = "\0"


def text_blocks(
    table: Table,
    added: Sequence[AddedColumn],
    table_format: TableFormat,
    *,
    guard_formulas: bool,
    report: Report,
) -> Iterator[str]:
    """Yield the text of a table with columns added: what is above, the header, the rows, what is below.

    A table without a header gets one when columns are added.

    Args:
        table: The original rows and columns.
        added: The columns behind them.
        table_format: How to write.
        guard_formulas: Whether names and cells that a spreadsheet would run are made harmless.
        report: Told how many rows of all are written.

    Raises:
        Cancelled: The reporter no longer wants the text.
    """
    yield table_format.above
    blocks = itertools.chain(
        _header(table, added, table_format, guard_formulas=guard_formulas),
        _rows(table, added, table_format, guard_formulas=guard_formulas, report=report),
    )
    held = ""
    for block in blocks:
        yield held
        held = block
    yield held if table_format.ends_with_line_end else held.removesuffix(table_format.line_end)
    yield table_format.below


def _header(
    table: Table, added: Sequence[AddedColumn], table_format: TableFormat, *, guard_formulas: bool
) -> Iterator[str]:
    if not table.format.has_header and not added:
        return
    names: Sequence[str] = names_to_write(table, added)
    if not added:
        names = names[: table.format.n_names or _n_named(names)]
    if guard_formulas:
        names = guarded(names)
    cells = _Cells(table_format)
    quotes = cells.quoting.name
    written = [cells.one(name, is_quoted=quotes(column)) for column, name in enumerate(names)]
    yield cells.row(written)


def _n_named(names: Sequence[str]) -> int:
    """Return how many names the header had, as far as is known: longer rows give columns without a name."""
    return max((number for number, name in enumerate(names, 1) if name), default=0)


def _rows(
    table: Table,
    added: Sequence[AddedColumn],
    table_format: TableFormat,
    *,
    guard_formulas: bool,
    report: Report,
) -> Iterator[str]:
    cells = _Cells(table_format)
    columns: list[Sequence[Cell]] = [*table.columns, *(column.cells for column in added)]
    # A row that was too short stays so, unless there is something behind it.
    may_be_short = not added and table.format.kind == "delimited"
    for start in range(0, table.n_rows, _ROWS_AT_ONCE):
        report(start, table.n_rows)
        parts = [column[start : start + _ROWS_AT_ONCE] for column in columns]
        widths = _widths(parts) if may_be_short else None
        texts = [filled(part) for part in parts]
        if guard_formulas:
            texts = [guarded(part) for part in texts]
        written = [cells.many(part, column) for column, part in enumerate(texts)]
        if widths is None:
            yield cells.rows(written)
        else:
            yield "".join(cells.row(row[:width]) for row, width in zip(zip(*written, strict=True), widths, strict=True))
    report(table.n_rows, table.n_rows)


def _widths(parts: Sequence[Sequence[Cell]]) -> list[int] | None:
    """Return how many cells each row has; None where all have all."""
    if not any(None in part for part in parts):
        return None
    return [_width(row) for row in zip(*parts, strict=True)]


def _width(row: Sequence[Cell]) -> int:
    return max((number for number, cell in enumerate(row, 1) if cell is not None), default=0)


@dataclass(frozen=True, slots=True)
class _Others:
    """The cells that are quoted in a column of bare texts, or not quoted in one of quoted texts.

    Attributes:
        alone: Such a cell.
        between: One among others that are joined.
        only: Nothing but such cells, joined.
    """

    alone: re.Pattern[str]
    between: re.Pattern[str]
    only: re.Pattern[str]


@cache
def _others(classes: str) -> _Others | None:
    """Return which cells are unlike texts in a column in which some classes are quoted; None if none can be."""
    is_quoted = TEXT in classes
    pattern = pattern_of("".join(one for one in EVERY_CLASS if one != TEXT and (one in classes) is not is_quoted))
    if not pattern:
        return None
    one = rf"{_BETWEEN}(?:{pattern})(?={_BETWEEN})"
    return _Others(re.compile(pattern), re.compile(one), re.compile(rf"(?:{one})*+{_BETWEEN}"))


class _Cells:
    """Puts cells into quotes and rows together."""

    def __init__(self, table_format: TableFormat) -> None:
        self._format = table_format
        self._needs = needs_quotes(table_format)
        self._between = table_format.delimiter + table_format.gap
        self.quoting = Quoting.parse(table_format.quoting)

    def one(self, cell: str, *, is_quoted: bool) -> str:
        """Return a cell as it is written."""
        if is_quoted or self._format.quote_all or self._needs.search(cell):
            return self._enclosed(cell)
        return self._escaped(cell)

    def many(self, cells: Sequence[str], column: int) -> Sequence[str]:
        """Return cells of a column as they are written; not too many at once, because they are looked through together.

        Most often all of them are quoted, or none but those that have to be.
        """
        classes = EVERY_CLASS if self._format.quote_all else self.quoting.classes(column)
        joined = f"{_BETWEEN}{_BETWEEN.join(cells)}{_BETWEEN}"
        others = _others(classes)
        is_text = TEXT in classes
        if others is None or others.between.search(joined) is None:
            are_quoted: bool | None = is_text
        else:
            are_quoted = not is_text if others.only.fullmatch(joined) else None
        if are_quoted:
            return self._all_enclosed(cells, joined)
        if are_quoted is not None and not self._needs.search(joined) and not (self._format.escape and "\\" in joined):
            return cells
        enclose, escape, needs = self._enclosed, self._escaped, self._needs.search
        if others is None:
            return [enclose(cell) if needs(cell) else escape(cell) for cell in cells]
        is_other = others.alone.fullmatch
        return [enclose(cell) if (is_other(cell) is None) is is_text or needs(cell) else escape(cell) for cell in cells]

    def _all_enclosed(self, cells: Sequence[str], joined: str) -> Sequence[str]:
        quote = self._quote
        if quote in joined or self._format.escape:
            return list(map(self._enclosed, cells))
        return [f"{quote}{cell}{quote}" for cell in cells]

    def row(self, cells: Sequence[str]) -> str:
        """Return a line of the cells of one row; a blank line if it has none."""
        # An empty cell alone would be a blank line, too.
        text = self._quote * 2 if len(cells) == 1 and not cells[0] else self._between.join(cells)
        return text + self._format.line_end

    def rows(self, columns: Sequence[Sequence[str]]) -> str:
        """Return the lines of rows that have all columns."""
        line_end = self._format.line_end
        if len(columns) == 1:
            return "".join(map(self.row, zip(*columns, strict=True)))
        return line_end.join([*map(self._between.join, zip(*columns, strict=True)), ""])

    @property
    def _quote(self) -> str:
        return self._format.quote

    @cached_property
    def _enclosed(self) -> Callable[[str], str]:
        quote = self._quote
        if self._format.escape:
            lone = r"\\" if self._format.doubles_escapes else rf"\\(?=[\\{quote}]|\Z)"
            sub = re.compile(lone).sub
            return lambda cell: quote + sub(r"\\\\", cell).replace(quote, "\\" + quote) + quote
        return lambda cell: quote + cell.replace(quote, quote + quote) + quote

    @cached_property
    def _escaped(self) -> Callable[[str], str]:
        if not self._format.escape:
            return lambda cell: cell
        lone = r"\\" if self._format.doubles_escapes else rf"\\(?=[\\{self._quote}])"
        sub = re.compile(lone).sub
        return lambda cell: sub(r"\\\\", cell)
