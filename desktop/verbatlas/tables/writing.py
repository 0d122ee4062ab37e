"""Write a table back as it was read, with columns added, or leave the old file as it is."""

import csv
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from verbatlas.progress import Report, no_report
from verbatlas.tables.excel_writing import ExtraSheet, write_excel
from verbatlas.tables.formats import delimited_format, kind_to_write
from verbatlas.tables.json_rows import json_blocks
from verbatlas.tables.parquet import write_parquet
from verbatlas.tables.table import Cell, Table, TableFormat, distinct_name, unique_labels
from verbatlas.tables.whole_file import write_whole

_ROWS_AT_ONCE = 500
_ONE_COLUMN = "\x1f"  # the delimiter of a text that has every usual one in its only column
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
    more: Sequence[ExtraSheet] = (),
    report: Report = no_report,
) -> Written:
    """Write ``table`` and the added columns to ``path``, all of it or nothing.

    A table without a header gets one when columns are added, because a label without a name is no use; its first line
    then names the original columns by their position.

    Args:
        path: Where to; an old file there is replaced at the very end. Its ending says what kind of file it becomes:
            Excel, JSON Lines, a JSON array, Parquet, or delimited text. Repeated column names become distinct
            in JSON and Parquet, which know columns by their names.
        table: The original rows and columns, which are written untouched.
        added: Columns to append. Their cells are always guarded against being run as a formula, and are
            numbers where the kind of file knows numbers and all of them are.
        guard_formulas: Guard the original cells too: an apostrophe goes before those that a spreadsheet would run.
            Only delimited text needs that: in the other kinds nothing runs.
        format: How to write delimited text; as the table was read if not given.
        more: Sheets behind the table, for kinds of files that have sheets.
        report: Told how many rows of all are written.

    Raises:
        UserError: The disk is full, the file or folder cannot be written, or this kind of file cannot hold a cell.
        Cancelled: The reporter no longer wants the file; the old one is as it was.
    """
    kind = kind_to_write(path)
    if kind != "delimited":
        return _write_typed(path, table, added, kind, more=more, report=report)
    wanted = delimited_format(path, format or table.format)
    return _write_text(path, table, added, wanted, guard_formulas=guard_formulas, report=report)


def _can_encode(added: Iterable[AddedColumn], table_format: TableFormat) -> bool:
    try:
        for column in added:
            column.name.encode(table_format.encoding)
            # In parts: while a million cells are joined, or gathered in a set, no other thread runs.
            for start in range(0, len(column.cells), _ROWS_AT_ONCE):
                "".join(column.cells[start : start + _ROWS_AT_ONCE]).encode(table_format.encoding)
    except UnicodeEncodeError:
        return False
    return True


def _write_text(
    path: Path,
    table: Table,
    added: Sequence[AddedColumn],
    wanted: TableFormat,
    *,
    guard_formulas: bool,
    report: Report,
) -> Written:
    # Quotes are doubled, as every program reads them, and what follows a delimiter belongs to the cell.
    wanted = replace(wanted, escape="", skip_spaces=False)
    if added and wanted.delimiter == _ONE_COLUMN:
        wanted = replace(wanted, delimiter="\t")
    used = wanted if _can_encode(added, wanted) else replace(wanted, encoding="utf-8", byte_order_mark=True)
    blocks = _encoded(table, added, used, guard_formulas=guard_formulas, report=report)
    write_whole(path, lambda file: file.writelines(blocks))
    return Written(path, used, used is not wanted)


def _write_typed(
    path: Path,
    table: Table,
    added: Sequence[AddedColumn],
    kind: str,
    *,
    more: Sequence[ExtraSheet],
    report: Report,
) -> Written:
    """Write a kind of file that knows text from formulas, so that no cell needs a guard."""
    names = _names(table, added)
    columns = [*table.columns, *(column.cells for column in added)]
    if kind == "xlsx":
        n_typed = len(added)
        write_whole(
            path, lambda file: write_excel(file, path, names, columns, n_typed=n_typed, more=more, report=report)
        )
    elif kind == "parquet":
        unique = _unique(names)
        write_whole(path, lambda file: write_parquet(file, unique, columns, n_typed=len(added), report=report))
    else:
        rows = zip(*columns, strict=True)
        as_array = kind == "json"
        blocks = json_blocks(_unique(names), rows, n_rows=table.n_rows, as_array=as_array, report=report)
        write_whole(path, lambda file: file.writelines(blocks))
    return Written(path, TableFormat(kind=kind), encoding_changed=False)


def _unique(names: Sequence[str]) -> Sequence[str]:
    """Return names of which none is there twice: objects and other programs know columns by name only."""
    return names if len(set(names)) == len(names) else unique_labels(names)


def _encoded(
    table: Table,
    added: Sequence[AddedColumn],
    table_format: TableFormat,
    *,
    guard_formulas: bool,
    report: Report,
) -> Iterator[bytes]:
    if table_format.byte_order_mark:
        yield ("\ufeff" * (1 + table_format.more_marks)).encode(table_format.encoding)
    yield table_format.above.encode(table_format.encoding)
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
    names = _names(table, added)
    while not added and names and not names[-1]:
        names.pop()
    yield names


def _names(table: Table, added: Sequence[AddedColumn]) -> list[str]:
    names = list(table.names) if table.format.has_header else list(table.labels())
    taken = set(names)
    for column in added:
        names.append(distinct_name(column.name, taken))
        taken.add(names[-1])
    return names


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
