"""Read a file into a table: every cell as the text it is, every row in its place."""

import csv
import io
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from verbatlas.errors import Problem, UserError
from verbatlas.progress import Report, no_report
from verbatlas.tables.dialect import allow_long_cells, detect_dialect
from verbatlas.tables.encoding import decodes, detect_encoding
from verbatlas.tables.formats import read_any
from verbatlas.tables.source import Source
from verbatlas.tables.table import Cell, Table, TableFormat, from_columns

_SAMPLE_BYTES = 256 * 1024
_ROWS_AT_ONCE = 500


def read(path: Path, *, format: TableFormat | None = None, report: Report = no_report) -> Table:  # noqa: A002
    """Read the table in ``path``.

    Rows longer than the header widen the table by columns with blank names; the cells that a short row lacks are None.
    A blank line is a row without cells, except at the end of the file.

    Args:
        path: A CSV, TSV or other delimited text file, a workbook, JSON objects or Parquet, also in a .gz or .zip.
        format: How the file is written; found out from its content if not given.
        report: Told how much of all is read.

    Raises:
        UserError: The file is missing, unreadable, empty, damaged, protected, in another encoding, or has no rows.
        Cancelled: The reporter no longer wants the table.
    """
    return read_any(path, format, read_delimited, report=report)


def read_delimited(source: Source, path: Path, table_format: TableFormat | None, *, report: Report) -> Table:
    """Read delimited text from ``source``, which is or comes out of ``path``.

    Raises:
        OSError: It cannot be read.
        UserError: It is empty, not a text, in another encoding, or has no rows.
        Cancelled: The reporter no longer wants the table.
    """
    size = source.stat().st_size
    with source.open("rb") as file:
        sample = file.read(_SAMPLE_BYTES)
        used = table_format or _detect(source, path, sample, is_whole=size <= _SAMPLE_BYTES)
        file.seek(0)
        return _parse(path, file, used, size=size, report=report)


def _detect(source: Source, path: Path, sample: bytes, *, is_whole: bool) -> TableFormat:
    if not sample.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise UserError(Problem.FILE_EMPTY, path=path)
    encoding = detect_encoding(sample, is_whole=is_whole)
    if encoding is None:
        raise UserError(Problem.FILE_BINARY, path=path)
    if encoding.name == "utf-8" and not is_whole and not _whole_file_is(source, "utf-8"):
        # The beginning was ASCII or happened to be valid; what comes later decides.
        encoding = detect_encoding(_foreign_part(source), is_whole=False) or encoding
    text = sample.decode(encoding.name, "ignore").removeprefix("\ufeff")
    dialect = detect_dialect(text, is_whole=is_whole)
    return TableFormat(
        encoding=encoding.name,
        byte_order_mark=encoding.byte_order_mark,
        delimiter=dialect.delimiter,
        line_end=dialect.line_end,
        has_header=dialect.has_header,
        quote_all=dialect.quote_all,
        ends_with_line_end=_ends_with_line_end(source, encoding.name),
    )


def _whole_file_is(source: Source, encoding: str) -> bool:
    return decodes(source.read_bytes(), encoding, is_whole=True)


def _foreign_part(source: Source) -> bytes:
    """Return up to a sample's length of lines that are not ASCII."""
    kept = b""
    with source.open("rb") as file:
        for line in file:
            if not line.isascii():
                kept += line
            if len(kept) >= _SAMPLE_BYTES:
                break
    return kept


def _ends_with_line_end(source: Source, encoding: str) -> bool:
    with source.open("rb") as file:
        file.seek(max(0, source.stat().st_size - 4))
        tail = file.read()
    return tail.endswith(("\n".encode(encoding), "\r".encode(encoding)))


def _parse(path: Path, file: IO[bytes], table_format: TableFormat, *, size: int, report: Report) -> Table:
    allow_long_cells()
    columns = _Columns()
    names: list[str] = []
    with io.TextIOWrapper(file, encoding=table_format.encoding, newline="") as text:
        reader = csv.reader(text, delimiter=table_format.delimiter, quotechar=table_format.quote)
        try:
            if table_format.byte_order_mark:
                text.read(1)
            if table_format.has_header:
                names = next(reader, [])
            for rows in _batches(reader):
                columns.extend(rows)
                report(min(file.tell(), size), size)
        except UnicodeDecodeError as error:
            raise UserError(
                Problem.FILE_UNDECODABLE, path=path, encoding=table_format.encoding, line=reader.line_num + 1
            ) from error
    cells = columns.finish(width=len(names))
    if not cells or not cells[0]:
        raise UserError(Problem.TABLE_NO_ROWS, path=path)
    return from_columns([*names, *[""] * (len(cells) - len(names))], cells, table_format)


def _batches(reader: Iterator[list[str]]) -> Iterator[list[list[str]]]:
    """Yield the rows in small batches, so that no stretch of work holds the interpreter for long."""
    while rows := list(itertools.islice(reader, _ROWS_AT_ONCE)):
        yield rows


class _Columns:
    """Columns that grow by batches of rows of any width."""

    def __init__(self) -> None:
        self._columns: list[list[Cell]] = []
        self._n_rows = 0

    def extend(self, rows: list[list[str]]) -> None:
        width = max(map(len, rows))
        while len(self._columns) < width:
            self._columns.append([None] * self._n_rows)
        batch = itertools.zip_longest(*rows)
        for column, cells in itertools.zip_longest(self._columns, batch):
            column.extend(cells if cells is not None else [None] * len(rows))
        self._n_rows += len(rows)

    def finish(self, *, width: int) -> list[list[Cell]]:
        while len(self._columns) < width:
            self._columns.append([None] * self._n_rows)
        blank = 0
        while blank < self._n_rows and all(column[-1 - blank] is None for column in self._columns):
            blank += 1
        return [column[: self._n_rows - blank] for column in self._columns]
