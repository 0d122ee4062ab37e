"""Read a sheet of an Excel or OpenDocument workbook: every cell as the text of what is stored in it."""

import itertools
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from xml.etree import ElementTree

from verbatlas.errors import Problem, UserError
from verbatlas.progress import Report, no_report
from verbatlas.tables.apart import apart
from verbatlas.tables.book_parts import has_too_many_cells, plain_name, refuse_large_parts
from verbatlas.tables.cell_text import text_of
from verbatlas.tables.header import has_header_below, rows_above
from verbatlas.tables.kinds import WORKBOOKS, kind_of
from verbatlas.tables.lost_cells import LostTexts
from verbatlas.tables.ods_scan import ods_scan
from verbatlas.tables.ods_weight import refuse_large_ods
from verbatlas.tables.sector_chains import chains_end
from verbatlas.tables.sheet_scan import Extent, scan
from verbatlas.tables.source import Source
from verbatlas.tables.table import Cell, Table, TableFormat, from_columns
from verbatlas.tables.xls_errors import xls_errors
from verbatlas.tables.xlsx_strings import string_lengths

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_Value = TypeVar("_Value")
_ROWS_AT_ONCE = 500
_ROWS_LOOKED_AT = 50
_ENCRYPTED_XLSX = "EncryptedPackage".encode("utf-16-le")
_ENCRYPTED_XLS = re.compile(
    rb"\x09\x08[\x08\x10]\x00.{4,400}?\x2f\x00[\x04\x06\x36\xc8]\x00", re.DOTALL
)  # BOF, FILEPASS
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    ElementTree.ParseError,
    EOFError,
    LookupError,  # a part or an encoding that is not there
    StopIteration,
    ValueError,
    RuntimeError,  # how zipfile says that a part is encrypted; what it cannot unpack is one, too
)


def sheet_names(source: Source, path: Path) -> tuple[str, ...]:
    """Return the names of the sheets that have cells, those a person sees first; hidden ones stand behind.

    Raises:
        UserError: FILE_PROTECTED, FILE_DAMAGED, SHEET_TOO_LARGE or UNPACKED_TOO_LARGE.
    """
    if _may_crash(source, path):
        return tuple(apart(partial(_names_in, source, path), path, report=no_report))
    return tuple(_names_in(source, path))


def _names_in(source: Source, path: Path) -> Iterator[str]:
    with _opened(source, path, report=no_report) as book:
        yield from _names(book)


def _names(book: "CalamineWorkbook") -> list[str]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415 - only where a workbook is read

    sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    return [sheet.name for sheet in sorted(sheets, key=lambda sheet: sheet.visible != SheetVisibleEnum.Visible)]


def _may_crash(source: Source, path: Path) -> bool:
    """Return whether this is a binary workbook, .xls or .xlsb.

    Where one is damaged or made to fill the memory, its reader asks for any amount of memory and aborts.

    Raises:
        UserError: FILE_DAMAGED, if its reader would come to no end before that.
    """
    with source.open("rb") as file:
        is_old = file.read(4) == b"\xd0\xcf\x11\xe0"
    if is_old and not chains_end(source):
        raise UserError(Problem.FILE_DAMAGED, path=path)
    return is_old or kind_of(source) == "xlsb"


def read_workbook(source: Source, path: Path, table_format: TableFormat, *, guess: bool, report: Report) -> Table:
    """Read one sheet: the one that ``table_format`` names, or the first that has rows.

    Blank rows above the first that has something, and columns left and right of all that has something, are left out;
    titles above the table are told in its format.
    Of merged cells the first has the text, as in the file. Where a formula failed stands what it shows, such as
    ``#N/A``. Dates look like dates; other formats of numbers, such as ``0%`` and ``00000``, are not looked at: 25 % is
    0.25, and 01234 that is stored as a number is 1234.

    Args:
        source: The workbook.
        path: The file that it is or comes out of.
        table_format: Which sheet, and whether its first row names the columns.
        guess: Whether to find out about the first row from what is in it.
        report: Told how far it is.

    Raises:
        UserError: FILE_PROTECTED, FILE_DAMAGED, SHEET_MISSING, SHEET_TOO_LARGE, UNPACKED_TOO_LARGE or TABLE_NO_ROWS.
        Cancelled: The reporter no longer wants the table.
    """
    if not _may_crash(source, path):
        return _read(source, path, table_format, guess=guess, report=report)
    pieces = apart(partial(_pieces, source, path, table_format, guess=guess), path, report=report)
    names, used = next(pieces)
    return from_columns(names, list(pieces), used)


def _pieces(source: Source, path: Path, table_format: TableFormat, *, guess: bool) -> Iterator[Any]:
    """Yield the names and the format of a table, and then its columns."""
    table = _read(source, path, table_format, guess=guess, report=no_report)
    yield table.names, table.format
    yield from table.columns


def _read(source: Source, path: Path, table_format: TableFormat, *, guess: bool, report: Report) -> Table:
    with _opened(source, path, report=report) as book:
        names = _names(book)
        if table_format.sheet and table_format.sheet not in names:
            raise UserError(Problem.SHEET_MISSING, path=path, sheet=table_format.sheet, sheets=tuple(names))
        for name in [table_format.sheet] if table_format.sheet else names:
            columns = _columns(book, source, path, name, kind=table_format.kind, report=report)
            rows = _first_rows(columns)
            n_above = rows_above(rows) if guess else table_format.above.count("\n")
            has_header = has_header_below(rows, n_above) if guess else table_format.has_header
            if columns and len(columns[0]) > n_above + has_header:
                found = replace(table_format, sheet=name, has_header=has_header, above=_lines(columns, n_above))
                return _table([column[n_above:] for column in columns], found)
    raise UserError(Problem.TABLE_NO_ROWS, path=path)


def _first_rows(columns: list[list[Cell]]) -> list[list[str]]:
    return [[cell or "" for cell in row] for row in zip(*(column[:_ROWS_LOOKED_AT] for column in columns), strict=True)]


def _lines(columns: list[list[Cell]], count: int) -> str:
    """Return the first rows as text: a line each, its cells set apart by tabs."""
    rows = zip(*(column[:count] for column in columns), strict=True)
    return "".join("\t".join(" ".join((cell or "").split()) for cell in row).rstrip("\t") + "\n" for row in rows)


def rows_above_of(table_format: TableFormat) -> list[list[str]]:
    """Return the cells of the rows above the header or the first row; none where the table is not out of a workbook."""
    if table_format.kind not in WORKBOOKS:
        return []
    return [line.split("\t") for line in table_format.above.splitlines()]


def _table(columns: list[list[Cell]], table_format: TableFormat) -> Table:
    if not table_format.has_header:
        return from_columns([""] * len(columns), columns, table_format)
    return from_columns([column[0] or "" for column in columns], [column[1:] for column in columns], table_format)


def _opened(source: Source, path: Path, *, report: Report) -> "CalamineWorkbook":
    from python_calamine import CalamineError, PasswordError, load_workbook  # noqa: PLC0415

    if b"encryption-data" in _manifest(source):  # only OpenDocument has one, and its reader would find no sheet
        raise UserError(Problem.FILE_PROTECTED, path=path)
    try:
        _refuse_large(source, path, report=report)
        with source.open("rb") as file:
            return load_workbook(file)
    except PasswordError as error:
        raise UserError(Problem.FILE_PROTECTED, path=path) from error
    except (CalamineError, *_DAMAGED) as error:
        problem = Problem.FILE_PROTECTED if _is_protected_excel(source) else Problem.FILE_DAMAGED
        raise UserError(problem, path=path) from error


def _refuse_large(source: Source, path: Path, *, report: Report) -> None:
    """Look at what opening a workbook would fill the memory with: all of OpenDocument, all strings of XLSX."""
    if kind_of(source) == "xls":
        return
    with source.open("rb") as file, zipfile.ZipFile(file) as archive:
        refuse_large_parts(archive, path)
        string_lengths(archive, path, report=report)
        if "content.xml" in map(plain_name, archive.namelist()):
            refuse_large_ods(archive, path, packed=source.stat().st_size, report=report)


def _is_protected_excel(source: Source) -> bool:
    """Return whether a file that could not be opened wants a password; its reader does not always tell."""
    data = source.read_bytes()
    return _ENCRYPTED_XLSX in data or _ENCRYPTED_XLS.search(data) is not None


def _manifest(source: Source) -> bytes:
    try:
        with source.open("rb") as file, zipfile.ZipFile(file) as archive, archive.open("META-INF/manifest.xml") as part:
            return part.read(1024 * 1024)
    except (*_DAMAGED, OSError):
        return b""


def _columns(
    book: "CalamineWorkbook", source: Source, path: Path, name: str, *, kind: str, report: Report
) -> list[list[Cell]]:
    from python_calamine import CalamineError  # noqa: PLC0415

    try:
        extent = _extent(source, path, name, kind=kind, report=report)
        if has_too_many_cells(extent.rows * extent.columns, extent.columns, filled=extent.filled):
            raise UserError(Problem.SHEET_TOO_LARGE, path=path, sheet=name, rows=extent.rows, columns=extent.columns)
        return _trimmed(_transposed(book.get_sheet_by_name(name), extent, report=report))
    except (CalamineError, *_DAMAGED) as error:
        raise UserError(Problem.FILE_DAMAGED, path=path) from error


def _extent(source: Source, path: Path, name: str, *, kind: str, report: Report) -> Extent:
    """Return what the reader of a sheet cannot be asked."""
    if kind == "xlsx":
        return scan(source, path, sheet=name, report=report)
    if kind == "ods":
        return Extent(lost=set(ods_scan(source, sheet=name, report=report)))
    if kind == "xls":
        return Extent(lost=set(xls_errors(source, sheet=name)))
    return Extent()


def _transposed(sheet: "CalamineSheet", extent: Extent, *, report: Report) -> list[list[Cell]]:
    """Return the columns from the first row that has something to the last."""
    if sheet.start is None:
        return []
    columns: list[list[Cell]] = [[] for _ in range(sheet.total_width + 1)]
    n_rows = sheet.total_height
    first = sheet.start[0]
    lost = LostTexts(extent.lost)
    for start, rows in _batches(sheet.iter_rows()):
        texts = [list(map(text_of, row)) for row in rows]
        lost.put(texts, start)
        if start < first:
            del texts[: first - start]
        for index, cells in enumerate(zip(*texts, strict=True)):
            columns[index] += cells
        report(n_rows // 3 + start, n_rows + n_rows // 3)
    return [column for column in columns if column]


def _batches(rows: Iterator[list[_Value]]) -> Iterator[tuple[int, list[list[_Value]]]]:
    start = 0
    while batch := list(itertools.islice(rows, _ROWS_AT_ONCE)):
        yield start, batch
        start += len(batch)


def _trimmed(columns: list[list[Cell]]) -> list[list[Cell]]:
    """Leave out columns and last rows that have nothing: a sheet reaches as far as a cell was ever formatted."""
    filled = [index for index, column in enumerate(columns) if any(column)]
    if not filled:
        return []
    kept = columns[filled[0] : filled[-1] + 1]
    n_rows = max(_last_filled(column) for column in kept) + 1
    return [column[:n_rows] for column in kept]


def _last_filled(column: list[Cell]) -> int:
    return next((row for row in range(len(column) - 1, -1, -1) if column[row]), -1)
