"""Find the reader for a file by its content, and the writer by what the new file is called."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from verbatlas.errors import Problem, UserError
from verbatlas.progress import Report, no_report
from verbatlas.tables import packed
from verbatlas.tables.failures import reading_problem
from verbatlas.tables.json_rows import read_json
from verbatlas.tables.kinds import WORKBOOKS, kind_of
from verbatlas.tables.parquet import read_parquet
from verbatlas.tables.read_report import ReadReport
from verbatlas.tables.source import Source
from verbatlas.tables.table import Table, TableFormat
from verbatlas.tables.workbook import read_workbook, sheet_names

_ENDINGS = {
    ".xlsx": "xlsx",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".parquet": "parquet",
    ".csv": "delimited",
    ".tsv": "delimited",
    ".tab": "delimited",
    ".psv": "delimited",
    ".ssv": "delimited",
    ".txt": "delimited",
}
_ARE_TEXT = {"json", "jsonl", "markup"}
_DELIMITERS = {".tsv": "\t", ".tab": "\t", ".psv": "|", ".ssv": ";"}  # where the ending names one
_FOR_EXCEL = ",;\t"  # what Excel takes cells apart by
_NAMED_DELIMITER = re.compile(r'(?<=^sep=)[^\r\n"]|(?<=^"sep=)[^\r\n"]', re.IGNORECASE)
_NOT_WRITTEN = {".xls", ".xlsb", ".xlsm", ".ods", ".zip", ".gz"}
READABLE_ENDINGS = (*_ENDINGS, ".xls", ".xlsb", ".xlsm", ".ods", ".gz", ".zip")
"""What the names of files that can be read usually end with, for file dialogs; what counts is the content."""
WRITABLE_ENDINGS = tuple(_ENDINGS)
"""What the name of a file to write may end with; everything else is written as delimited text."""


class DelimitedReader(Protocol):
    """Reads delimited text."""

    def __call__(self, source: Source, path: Path, table_format: TableFormat | None, *, report: Report) -> Table:
        """Read the table in ``source``, which is or comes out of ``path``."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The tables that one file offers.

    Attributes:
        members: The files in a zip, the largest first; empty where there is only one table file.
        sheets: The sheets of the workbook that is read; empty where there is only one.
    """

    members: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()


def read_any(
    path: Path,
    table_format: TableFormat | None,
    delimited: DelimitedReader,
    *,
    note: Callable[[ReadReport], None],
    report: Report,
) -> Table:
    """Read the table in ``path``, whatever kind of file it is and whether or not it is packed.

    Args:
        path: The file.
        table_format: How it is written; found out from its content if not given.
        delimited: Reads it if it is delimited text.
        note: Told what was out of order in JSON.
        report: Told how far it is.

    Raises:
        UserError: The file is missing, unreadable, damaged, protected, too large, or has no rows.
        Cancelled: The reporter no longer wants the table.
    """
    try:
        source, kind, member = _unpacked(path, table_format, report=report)
        is_meant_as_text = table_format is not None and table_format.kind == "delimited" and kind in _ARE_TEXT
        if kind == "delimited" or is_meant_as_text:
            wanted = table_format if table_format is not None and table_format.kind == "delimited" else None
            table = delimited(source, path, wanted, report=report)
            return Table(table.names, replace(table.format, member=member), table.columns) if member else table
        if kind == "markup":
            raise UserError(Problem.FILE_IS_MARKUP, path=path)
        wanted = replace(table_format or TableFormat(byte_order_mark=True), kind=kind, member=member)
        if kind in WORKBOOKS:
            return read_workbook(source, path, wanted, guess=not (table_format and table_format.kind), report=report)
        if kind == "parquet":
            return read_parquet(source, path, wanted, report=report)
        table, met = read_json(source, path, wanted, report=report)
        note(met)
        return table
    except OSError as error:
        raise reading_problem(path, error) from error
    except MemoryError as error:
        raise UserError(Problem.OUT_OF_MEMORY) from error


def parts(path: Path, table_format: TableFormat | None = None) -> Parts:
    """Return what a person can choose between in ``path``.

    Args:
        path: The file.
        table_format: How a table was read from it; names the file of a zip whose sheets are meant.

    Raises:
        UserError: The file is missing, unreadable, damaged or protected.
    """
    try:
        kind: str = kind_of(path)
        members = packed.members(path, path) if kind == "zip" else ()
        if kind in {"zip", "gzip"} and table_format is not None and table_format.kind not in WORKBOOKS:
            sheets: tuple[str, ...] = ()
        else:
            source, kind, _member = _unpacked(path, table_format, report=no_report)
            sheets = sheet_names(source, path) if kind in WORKBOOKS else ()
    except OSError as error:
        raise reading_problem(path, error) from error
    return Parts(members if len(members) > 1 else (), sheets if len(sheets) > 1 else ())


def sheets(path: Path, table_format: TableFormat | None = None) -> tuple[str, ...]:
    """Return the names of the sheets of a workbook, empty where ``path`` is none or has only one.

    Raises:
        UserError: The file is missing, unreadable, damaged or protected.
    """
    return parts(path, table_format).sheets


def kind_to_write(path: Path) -> str:
    """Return the kind of file that the ending of ``path`` asks for; delimited text for an unknown one.

    Raises:
        UserError: OUTPUT_KIND, for a kind that can be read but not written.
    """
    ending = path.suffix.lower()
    if ending in _NOT_WRITTEN:
        raise UserError(Problem.OUTPUT_KIND, path=path, ending=ending)
    return _ENDINGS.get(ending, "delimited")


class TextForm(StrEnum):
    """How delimited text is written: in the source's encoding and dialect, or so that Excel opens it correctly."""

    AUTO = "auto"
    """As the source where Excel reads that, and else for Excel."""
    SOURCE = "source"
    EXCEL = "excel"


def excel_reads(table_format: TableFormat, *, is_ascii: bool) -> bool:
    """Return whether Excel shows delimited text as it is when the file is opened by a double click.

    It takes text without a byte order mark to be in the system's own encoding, which is what an old encoding most
    likely is, and knows no UTF-32 and no backslash before quotes.

    Args:
        table_format: How the text is written.
        is_ascii: Whether it has no other characters.
    """
    if table_format.kind != "delimited" or table_format.escape or table_format.quote != '"':
        return False
    is_plain = table_format.encoding == "utf-8" and is_ascii
    if table_format.encoding.startswith("utf-32"):
        return False
    return is_plain or table_format.byte_order_mark or not table_format.encoding.startswith("utf-")


def is_ascii(columns: Sequence[Sequence[str | None]]) -> bool:
    """Return whether no cell has a character beyond ASCII."""
    return all(cell is None or cell.isascii() for column in columns for cell in column)


def delimited_format(path: Path, table_format: TableFormat, *, for_excel: bool = False) -> TableFormat:
    """Return how delimited text is written: as it was read, or, from another kind of file, so that Excel opens it.

    Args:
        path: The file to write, whose ending may name the delimiter.
        table_format: How the table was read.
        for_excel: Whether Excel has to open it correctly, whatever it was read from.
    """
    delimiter = _DELIMITERS.get(path.suffix.lower(), "")
    if table_format.kind != "delimited":
        return TableFormat(byte_order_mark=True, delimiter=delimiter or ",", line_end="\r\n")
    wanted = replace(table_format, skip_spaces=bool(table_format.gap))
    if for_excel:
        wanted = replace(
            wanted, encoding="utf-8", byte_order_mark=True, quote='"', escape="", gap="", skip_spaces=False
        )
        delimiter = delimiter or (wanted.delimiter if wanted.delimiter in _FOR_EXCEL else ",")
    if delimiter and delimiter != wanted.delimiter:
        above = _NAMED_DELIMITER.sub(delimiter, wanted.above, count=1)
        wanted = replace(wanted, delimiter=delimiter, above=above)
    return wanted


def _unpacked(path: Path, table_format: TableFormat | None, *, report: Report) -> tuple[Source, str, str]:
    """Return the table file itself, its kind, and its name in the zip that it came from."""
    kind: str = kind_of(path)
    member = ""
    source: Source = path
    if kind == "gzip":
        source = packed.gunzip(path, path, report=report)
    elif kind == "zip":
        names = packed.members(path, path)
        member = table_format.member if table_format is not None and table_format.member in names else names[0]
        source = packed.unzip(path, path, member=member, report=report)
    if kind in {"gzip", "zip"}:
        kind = kind_of(source)
    if kind in {"gzip", "zip"}:
        raise UserError(Problem.ARCHIVE_NO_TABLE, path=path)  # an archive in an archive: unpack it first
    return source, kind, member
