"""Write a table back as it was read, with columns added, or leave the old file as it is."""

import csv
import itertools
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from verbatlas.progress import Report, no_report
from verbatlas.tables.failures import writing_problem
from verbatlas.tables.table import Cell, Table, TableFormat, distinct_name

_ROWS_AT_ONCE = 500
_BOTH_LINE_ENDS = "\r\n"
_NUMBER = re.compile(r"\s*[-+]?[\d.,\s]*\d[\d.,]*\s*%?\s*")


@dataclass(frozen=True, slots=True)
class AddedColumn:
    """A column to write after those of the table.

    Attributes:
        name: Its header; made distinct when the table has a column of that name.
        cells: One per row.
    """

    name: str
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, and how.

    Attributes:
        path: The file.
        format: Its format.
        encoding_changed: Whether it is UTF-8 because the source's encoding has no characters for an added cell.
    """

    path: Path
    format: TableFormat
    encoding_changed: bool


def write(
    path: Path,
    table: Table,
    *,
    added: Sequence[AddedColumn] = (),
    guard_formulas: bool = False,
    format: TableFormat | None = None,  # noqa: A002
    report: Report = no_report,
) -> Written:
    """Write ``table`` and the added columns to ``path``, all of it or nothing.

    A table without a header gets one when columns are added, because a label without a name is no use; its first line
    then names the original columns by their position.

    Args:
        path: Where to; an old file there is replaced at the very end.
        table: The original rows and columns, which are written untouched.
        added: Columns to append. Their cells are always guarded against being run as a formula.
        guard_formulas: Guard the original cells too: an apostrophe goes before those that a spreadsheet would run.
        format: How to write; as the table was read if not given.
        report: Told how many rows of all are written.

    Raises:
        UserError: The disk is full, or the file or folder cannot be written.
        Cancelled: The reporter no longer wants the file; the old one is as it was.
    """
    wanted = format or table.format
    used = wanted if _can_encode(added, wanted) else replace(wanted, encoding="utf-8", byte_order_mark=True)
    try:
        _replace(path, _encoded(table, added, used, guard_formulas=guard_formulas, report=report))
    except OSError as error:
        raise writing_problem(path, error) from error
    return Written(path, used, used is not wanted)


def _can_encode(added: Iterable[AddedColumn], table_format: TableFormat) -> bool:
    distinct = {column.name for column in added}.union(*(set(column.cells) for column in added))
    try:
        "".join(distinct).encode(table_format.encoding)
    except UnicodeEncodeError:
        return False
    return True


def _replace(path: Path, blocks: Iterator[bytes]) -> None:
    """Write beside ``path`` and put the whole file in its place only when it is on the disk."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(blocks)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(_mode(path))
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _mode(path: Path) -> int:
    """Return the permissions of the file to replace, or those that any new file gets."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _encoded(
    table: Table,
    added: Sequence[AddedColumn],
    table_format: TableFormat,
    *,
    guard_formulas: bool,
    report: Report,
) -> Iterator[bytes]:
    if table_format.byte_order_mark:
        yield "\ufeff".encode(table_format.encoding)
    lines = _lines(table, added, table_format, guard_formulas=guard_formulas, report=report)
    held = next(lines, "")
    for line in lines:
        yield held.encode(table_format.encoding)
        held = line
    if not table_format.ends_with_line_end:
        held = held.removesuffix(table_format.line_end)
    yield held.encode(table_format.encoding)


def _lines(
    table: Table,
    added: Sequence[AddedColumn],
    table_format: TableFormat,
    *,
    guard_formulas: bool,
    report: Report,
) -> Iterator[str]:
    sink = _Sink(table_format.line_end)
    writer = csv.writer(
        sink,
        delimiter=table_format.delimiter,
        quotechar=table_format.quote,
        lineterminator=_BOTH_LINE_ENDS,
        quoting=csv.QUOTE_ALL if table_format.quote_all else csv.QUOTE_MINIMAL,
    )
    rows = itertools.chain(_header(table, added), _rows(table, added, guard_formulas=guard_formulas))
    for number, row in enumerate(rows):
        if row:
            writer.writerow(row)
        else:
            sink.write(_BOTH_LINE_ENDS)
        if number % _ROWS_AT_ONCE == 0:
            report(min(number, table.n_rows), table.n_rows)
            yield sink.take()
    report(table.n_rows, table.n_rows)
    yield sink.take()


class _Sink:
    """Gives every row the wanted line end.

    The writer itself is told both characters: it quotes only cells that hold a character of its line end, and a lone
    carriage return in a cell of a file with line feeds would read as the end of the row.
    """

    def __init__(self, line_end: str) -> None:
        self._line_end = line_end
        self._lines: list[str] = []

    def write(self, line: str) -> None:
        self._lines.append(line.removesuffix(_BOTH_LINE_ENDS) + self._line_end)

    def take(self) -> str:
        taken = "".join(self._lines)
        self._lines.clear()
        return taken


def _header(table: Table, added: Sequence[AddedColumn]) -> Iterator[list[str]]:
    if not table.format.has_header and not added:
        return
    names = list(table.names) if table.format.has_header else list(table.labels())
    while not added and names and not names[-1]:
        names.pop()
    taken = set(names)
    for column in added:
        names.append(distinct_name(column.name, taken))
        taken.add(names[-1])
    yield names


def _rows(table: Table, added: Sequence[AddedColumn], *, guard_formulas: bool) -> Iterator[list[str]]:
    originals = zip(*(table.column(index) for index in range(table.n_columns)), strict=True)
    labels = zip(*(column.cells for column in added), strict=True) if added else itertools.repeat(())
    for cells, label in zip(originals, labels, strict=bool(added)):
        row = _whole(cells) if added else _as_long_as_it_was(cells)
        yield [*(map(guard, row) if guard_formulas else row), *map(guard, label)]


def _whole(cells: tuple[Cell, ...]) -> list[str]:
    return [cell or "" for cell in cells]


def _as_long_as_it_was(cells: tuple[Cell, ...]) -> list[str]:
    return [cell for cell in cells if cell is not None]


def guard(cell: str) -> str:
    """Return the cell, with an apostrophe before it if a spreadsheet would run it as a formula (OWASP)."""
    if cell.startswith(("=", "+", "-", "@", "\t", "\r")) and not _NUMBER.fullmatch(cell):
        return "'" + cell
    return cell
