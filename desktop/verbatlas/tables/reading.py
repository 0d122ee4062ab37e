"""Read a file into a table: every cell as the text it is, every row in its place."""

import io
import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from verbatlas.errors import Problem, UserError
from verbatlas.progress import Report, no_report
from verbatlas.tables.detection import Detected, detect, detect_by_the_rest
from verbatlas.tables.formats import read_any
from verbatlas.tables.read_report import Places, ReadReport
from verbatlas.tables.rows import Rows, split_text
from verbatlas.tables.source import Source
from verbatlas.tables.table import Cell, Table, TableFormat, from_columns

_ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Reading:
    """A table and what reading it understood and met."""

    table: Table
    report: ReadReport


def read(path: Path, *, format: TableFormat | None = None, report: Report = no_report) -> Table:  # noqa: A002
    """Read the table in ``path``, as :func:`read_with_report` does.

    Raises:
        UserError: The file is missing, unreadable, empty, not a text, in another encoding, or has no rows.
        Cancelled: The reporter no longer wants the table.
    """
    return read_with_report(path, format=format, report=report).table


def read_with_report(
    path: Path,
    *,
    format: TableFormat | None = None,  # noqa: A002
    report: Report = no_report,
) -> Reading:
    """Read the table in ``path`` and say what was understood of it and what was out of order.

    Rows longer than the header widen the table by columns with blank names; the cells that a short row lacks are None.
    A blank line is a row without cells, except at the end of the file. Bytes that are invalid in an encoding that was
    found out, or that is the likeliest anyway, become U+FFFD and are counted.

    Args:
        path: A CSV, TSV or other delimited text file, a workbook, JSON objects or Parquet, also in a .gz or .zip.
        format: How the file is written; found out from its content if not given.
        report: Told how much of all is read.

    Raises:
        UserError: The file is missing, unreadable, empty, damaged, protected, in another encoding, or has no rows.
        Cancelled: The reporter no longer wants the table.
    """
    met: list[ReadReport] = []

    def delimited(source: Source, path: Path, table_format: TableFormat | None, *, report: Report) -> Table:
        found = _read_delimited(source, path, table_format, report=report)
        met.append(found.report)
        return found.table

    table = read_any(path, format, delimited, report=report)
    # The other kinds of file leave nothing to guess.
    return Reading(table, met[0] if met else ReadReport("", "", table.format.has_header))


def _read_delimited(source: Source, path: Path, table_format: TableFormat | None, *, report: Report) -> Reading:
    """Read delimited text from ``source``, which is or comes out of ``path``."""
    detected = detect(source, path) if table_format is None else Detected(table_format)
    try:
        return _parse(source, path, detected, report=report)
    except UnicodeDecodeError as error:
        mended = _after(error, source, path, detected, chosen=table_format, report=report)
    try:
        return _parse(source, path, mended, report=report)
    except UnicodeDecodeError:
        return _parse(source, path, mended, replaces=True, report=report)


def _after(
    error: UnicodeDecodeError,
    source: Source,
    path: Path,
    detected: Detected,
    *,
    chosen: TableFormat | None,
    report: Report,
) -> Detected:
    """Return what the file looks like when all of it is known to be in no such encoding as its beginning."""
    report(0, source.stat().st_size)
    if chosen is None:
        return detect_by_the_rest(source, detected)
    found = detect(source, path)
    if chosen.encoding not in {found.format.encoding, detect_by_the_rest(source, found).format.encoding}:
        raise UserError(
            Problem.FILE_UNDECODABLE, path=path, encoding=chosen.encoding, line=_line_of(source, error)
        ) from error
    return detected


def _line_of(source: Source, error: UnicodeDecodeError) -> int:
    """Return the number of the line that cannot be decoded: the codec knows its place in one block only."""
    before = 0
    with source.open("rb") as file, io.TextIOWrapper(file, encoding=error.encoding, newline="") as text:
        try:
            for _line in text:
                before += 1
        except UnicodeDecodeError as again:
            before += again.object[: again.start].count(b"\n")
    return before + 1


def _parse(source: Source, path: Path, detected: Detected, *, replaces: bool = False, report: Report) -> Reading:
    table_format = detected.format
    size = source.stat().st_size
    with (
        source.open("rb") as file,
        io.TextIOWrapper(
            file, encoding=table_format.encoding, errors="replace" if replaces else "strict", newline=""
        ) as text,
    ):
        if table_format.byte_order_mark:
            text.read(1)
        above = [text.readline() for _line in split_text(table_format.above)]
        rows = Rows(
            text,
            table_format.delimiter,
            quote=table_format.quote,
            escape=table_format.escape,
            skip_spaces=table_format.skip_spaces,
            first_line=len(above) + 1,
        )
        reader = iter(rows)
        names = next(reader, []) if table_format.has_header else []
        body = _Body(len(names), counts_replaced=replaces)
        for batch, lines in _batches(reader, rows):
            body.extend(batch, lines)
            report(min(file.tell(), size), size)
    cells = body.finish()
    if not cells or not cells[0]:
        raise UserError(Problem.TABLE_NO_ROWS, path=path)
    used = replace(table_format, above="".join(above))
    table = from_columns([*names, *[""] * (len(cells) - len(names))], cells, used)
    return Reading(table, _report(detected, table, body, rows.mended))


def _report(detected: Detected, table: Table, body: "_Body", mended: Sequence[int]) -> ReadReport:
    return ReadReport(
        encoding=table.format.encoding,
        encoding_sure=detected.encoding_sure,
        next_encoding=detected.next_encoding,
        delimiter=table.format.delimiter,
        delimiter_sure=detected.delimiter_sure,
        has_header=table.format.has_header,
        lines_above=tuple(line.rstrip("\r\n") for line in split_text(table.format.above)),
        ragged=body.ragged,
        blank=body.blank,
        mended=Places().and_lines(list(mended)),
        replaced=body.replaced,
    )


def _batches(reader: Iterator[list[str]], rows: Rows) -> Iterator[tuple[list[list[str]], list[int]]]:
    """Yield the rows and their lines in small batches, so that no stretch of work holds the interpreter for long."""
    batch: list[list[str]] = []
    lines: list[int] = []
    for row in reader:
        batch.append(row)
        lines.append(rows.line)
        if len(batch) == _ROWS_AT_ONCE:
            yield batch, lines
            batch, lines = [], []
    if batch:
        yield batch, lines


class _Body:
    """Columns that grow by batches of rows of any width, and what was out of order in them."""

    def __init__(self, width: int, *, counts_replaced: bool) -> None:
        self._columns: list[list[Cell]] = [[] for _column in range(width)]
        self._expected = width
        self._counts_replaced = counts_replaced
        self._n_rows = 0
        self._blank_lines: list[int] = []
        self.ragged, self.blank, self.replaced = Places(), Places(), Places()

    def extend(self, rows: Sequence[list[str]], lines: Sequence[int]) -> None:
        widths = Counter(map(len, rows))
        if not self._expected:
            self._expected = max(widths, key=lambda width: (widths[width] * (width > 0), width))
        if set(widths) != {self._expected}:
            self._note(rows, lines)
        if self._counts_replaced:
            self._count_replaced(rows, lines)
        while len(self._columns) < max(widths):
            self._columns.append([None] * self._n_rows)
        for column, cells in itertools.zip_longest(self._columns, itertools.zip_longest(*rows)):
            column.extend(cells if cells is not None else [None] * len(rows))
        self._n_rows += len(rows)

    def _note(self, rows: Sequence[list[str]], lines: Sequence[int]) -> None:
        odd = [line for row, line in zip(rows, lines, strict=True) if row and len(row) != self._expected]
        self.ragged = self.ragged.and_lines(odd)
        # Those at the end of the file belong to no row, and only what follows tells which they are.
        for row, line in zip(rows, lines, strict=True):
            if not row:
                self._blank_lines.append(line)
            elif self._blank_lines:
                self.blank, self._blank_lines = self.blank.and_lines(self._blank_lines), []

    def _count_replaced(self, rows: Sequence[list[str]], lines: Sequence[int]) -> None:
        for row, line in zip(rows, lines, strict=True):
            if count := sum(cell.count("\ufffd") for cell in row):
                known = self.replaced.and_lines([line])
                self.replaced = replace(known, count=known.count + count - 1)

    def finish(self) -> list[list[Cell]]:
        blank = 0
        while blank < self._n_rows and all(column[-1 - blank] is None for column in self._columns):
            blank += 1
        return [column[: self._n_rows - blank] for column in self._columns] if blank else self._columns
