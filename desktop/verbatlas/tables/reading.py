"""Read a file into a table: every cell as the text it is, every row in its place."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from verbatlas.errors import Problem, UserError
from verbatlas.progress import Report, no_report
from verbatlas.tables.as_written import as_written
from verbatlas.tables.detection import Detected, detect, detect_by_the_rest, refine
from verbatlas.tables.formats import read_any
from verbatlas.tables.formula_guard import unguarded
from verbatlas.tables.line_ends import TWICE, ends_once
from verbatlas.tables.padding import without_padding
from verbatlas.tables.read_report import Places, ReadReport
from verbatlas.tables.rows import split_text
from verbatlas.tables.rows_in_bulk import RowsInBulk
from verbatlas.tables.source import Source
from verbatlas.tables.table import MOST_COLUMNS, Table, TableFormat
from verbatlas.tables.table_body import Body
from verbatlas.tables.threads import Threads, threads_for
from verbatlas.tables.utf8_text import blocks_of, utf8_pieces, without_marks


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
    A blank line is a row without cells, except at the end of the file. Cells that :func:`write` guarded are as they
    were before. Bytes that are invalid in an encoding that was found out, or that is the likeliest anyway, become
    U+FFFD and are counted.

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
        return replace(found.table, format=as_written(source, found.table.format))

    table = unguarded(read_any(path, format, delimited, note=met.append, report=report))
    # The other kinds of file leave nothing to guess.
    above = tuple(table.format.above.splitlines())
    return Reading(table, met[0] if met else ReadReport("", "", table.format.has_header, lines_above=above))


@dataclass(frozen=True, slots=True)
class _Opened:
    """A text that is being read."""

    file: IO[bytes]
    size: int
    blocks: Iterator[bytes]
    threads: Threads | None


@contextmanager
def _opened(source: Source) -> Iterator[_Opened]:
    """Open ``source``; a large one is read from now on, while its encoding is found out."""
    size = source.stat().st_size
    with source.open("rb") as file, threads_for(size) as threads:
        yield _Opened(file, size, blocks_of(file, threads), threads)


def _read_delimited(source: Source, path: Path, table_format: TableFormat | None, *, report: Report) -> Reading:
    """Read delimited text from ``source``, which is or comes out of ``path``."""
    source, n_padding = without_padding(source)
    found = _read_text(source, path, table_format, report=report)
    return replace(found, report=replace(found.report, padding=n_padding))


def _read_text(source: Source, path: Path, table_format: TableFormat | None, *, report: Report) -> Reading:
    try:
        with _opened(source) as text:
            if table_format is None:
                detected = detect(source, path)
            else:
                detected = refine(source, table_format) if table_format.is_rough else Detected(table_format)
            return _parse(text, path, detected, report=report)
    except UnicodeDecodeError as error:
        mended = _after(error, source, path, detected, chosen=table_format, report=report)
    try:
        with _opened(source) as text:
            return _parse(text, path, mended, report=report)
    except UnicodeDecodeError:
        with _opened(source) as text:
            return _parse(text, path, mended, replaces=True, report=report)


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


def _parse(text: _Opened, path: Path, detected: Detected, *, replaces: bool = False, report: Report) -> Reading:
    table_format, threads = detected.format, text.threads
    pieces = utf8_pieces(
        text.blocks,
        table_format.encoding,
        byte_order_mark=table_format.byte_order_mark,
        replaces=replaces,
        threads=threads,
    )
    if table_format.more_marks:
        pieces = without_marks(pieces, table_format.more_marks)
    if table_format.line_end == TWICE:
        pieces = ends_once(pieces)
    rows = RowsInBulk(pieces, table_format, threads=None if threads is None else threads.beside)
    above = rows.take_lines(sum(1 for _line in split_text(table_format.above)))
    body = Body(rows.take_row() if table_format.has_header else [], counts_replaced=replaces)
    _refuse_wide(body, path)
    for bulk in rows:
        body.add(bulk)
        _refuse_wide(body, path)
        report(min(text.file.tell(), text.size), text.size)
    table = body.table(replace(table_format, above="".join(above)))
    if not table.n_rows:
        raise UserError(Problem.TABLE_NO_ROWS, path=path)
    return Reading(table, _report(detected, table, body, rows.before.mended))


def _refuse_wide(body: Body, path: Path) -> None:
    """Let rows pass that are no wider than what somebody means by a table."""
    if body.n_columns > MOST_COLUMNS:
        raise UserError(Problem.TABLE_TOO_LARGE, path=path, rows=body.n_rows, columns=body.n_columns)


def _report(detected: Detected, table: Table, body: Body, mended: Sequence[int]) -> ReadReport:
    ragged, blank = body.out_of_order()
    return ReadReport(
        encoding=table.format.encoding,
        encoding_sure=detected.encoding_sure,
        next_encoding=detected.next_encoding,
        delimiter=table.format.delimiter,
        delimiter_sure=detected.delimiter_sure,
        has_header=table.format.has_header,
        lines_above=tuple(line.rstrip("\r\n") for line in split_text(table.format.above)),
        ragged=ragged,
        blank=blank,
        mended=Places().and_lines(list(mended)),
        replaced=body.replaced,
        zeros=body.zeros,
    )
