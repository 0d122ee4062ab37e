"""Weigh an OpenDocument sheet before it is read: a few bytes of it can stand for any number of cells and spaces.

Its reader takes the names of elements and attributes by the letter, so that a look at the bytes sees what it sees.
"""

import html
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from verbatlas.errors import Problem, UserError
from verbatlas.progress import Report
from verbatlas.tables.book_parts import (
    LARGEST_BOOK,
    MOST_COLUMNS,
    MOST_ROWS,
    chunks_of,
    has_too_many_cells,
    part_called,
    refuse_large,
)

_LONGEST_BEGINNING = 20  # bytes of a tag that tell what it is
_MOST_DIGITS = 20
_ROW = b"<table:table-row"
_PIECE = re.compile(rb"(?=<table:table-row[\s/>]|<table:table[\s/>])")
_END = re.compile(rb"</table:table\s*>")
_NO_TAGS = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>", re.DOTALL)
_CELLS = (b"<table:table-cell", b"<table:covered-table-cell")
_CELL = re.compile(rb"<table:(?:covered-)?table-cell(?=[\s/>])")
_FILLED = re.compile(rb"office:(?:value|string-value|date-value|time-value|boolean-value)|table:formula")
_TAG = re.compile(rb"""<[^"'>]*(?:(?:"[^"]*"|'[^']*')[^"'>]*)*""")
_SPACES = re.compile(rb"""text:c\s*=\s*["']([^"']*)""")
_ROWS_REPEATED = re.compile(rb"""table:number-rows-repeated\s*=\s*["']([^"']*)""")
_COLUMNS_REPEATED = re.compile(rb"""table:number-columns-repeated\s*=\s*["']([^"']*)""")
_NAME = re.compile(rb"""table:name\s*=\s*["']([^"'<>]{0,999})""")
_MANY = (b"columns-repeated", b"text:c")


@dataclass(slots=True)
class _Sheet:
    """What a sheet comes to.

    Attributes:
        name: Its name.
        rows: The number of the last row that has something.
        columns: The number of the last column that has something.
        below: The rows below that have nothing so far.
        text: The bytes of the text of all cells, and of what stands between them.
        filled: How many cells are read, where each row ends with the last one that has something.
    """

    name: str = ""
    rows: int = 0
    columns: int = 0
    below: int = 0
    text: int = 0
    filled: int = 0

    def add(self, row: bytes) -> None:
        """Add what begins with a row's tag and ends before the next one."""
        times = min(_times(_ROWS_REPEATED, _tag(row)), MOST_ROWS - self.rows - self.below)
        columns, text = _width_and_text(row)
        self.below += times
        self.text += max(times, 1) * text  # a row that is there no time is read all the same
        self.filled += max(times, 1) * columns
        if columns:
            self.rows += self.below
            self.below = 0
            self.columns = max(self.columns, columns)


def refuse_large_ods(archive: zipfile.ZipFile, path: Path, *, packed: int, report: Report) -> None:
    """Let an OpenDocument file pass whose sheets fit into the memory together: its reader reads them all.

    Args:
        archive: The file.
        path: Where it is or comes out of.
        packed: How large it is.
        report: Asked whether it is still wanted.

    Raises:
        UserError: SHEET_TOO_LARGE or UNPACKED_TOO_LARGE.
        Cancelled: The reporter no longer wants it.
        zipfile.BadZipFile, KeyError, ValueError: The file is damaged.
    """
    part = part_called(archive, "content.xml")
    sheets = [_Sheet()]
    is_open = False
    for piece in filter(None, _pieces(chunks_of(archive, part, path), path, report)):
        if piece.startswith(_ROW):
            sheets[-1].add(piece)
        elif _PIECE.match(piece):
            sheets.append(_Sheet(_name(piece)))
            is_open = not _tag(piece).endswith(b"/")
        is_open = is_open and not _END.search(_NO_TAGS.sub(b"", piece))
    if is_open:  # its reader would look for the end of the last sheet for ever
        raise ValueError("a sheet without an end")
    largest = max(sheets, key=lambda sheet: sheet.rows * sheet.columns)
    cells = sum(max(sheet.rows * sheet.columns, sheet.filled) for sheet in sheets)
    if has_too_many_cells(cells, largest.columns, filled=sum(sheet.filled for sheet in sheets)):
        values = {"sheet": largest.name, "rows": largest.rows, "columns": largest.columns}
        raise UserError(Problem.SHEET_TOO_LARGE, path=path, **values)
    refuse_large(path, packed=packed, held=sum(sheet.text for sheet in sheets))


def _pieces(chunks: Iterator[bytes], path: Path, report: Report) -> Iterator[bytes]:
    """Yield the text from each tag of a row or a table to the next one."""
    held: list[bytes] = []
    size = 0
    for chunk in chunks:
        report(0, 1)
        held.append(chunk)
        size += len(chunk)
        if size > LARGEST_BOOK // 8:  # one row
            raise UserError(Problem.UNPACKED_TOO_LARGE, path=path)
        if len(held) > 1 and not _PIECE.search(held[-2][-_LONGEST_BEGINNING:] + chunk):
            continue
        *whole, rest = _PIECE.split(b"".join(held))
        yield from whole
        held, size = [rest], len(rest)
    yield from _PIECE.split(b"".join(held))


def _name(piece: bytes) -> str:
    found = _NAME.search(_tag(piece))
    return html.unescape(found[1].decode("utf-8", "replace")) if found else ""


def _width_and_text(row: bytes) -> tuple[int, int]:
    """Return how far a row reaches, and how many bytes its text has at most."""
    if not any(sign in row for sign in _MANY):
        return (sum(map(row.count, _CELLS)), len(row)) if _FILLED.search(row) else (0, 0)
    starts = [found.start() for found in _CELL.finditer(row)]
    column = width = text = 0
    for start, end in zip(starts, [*starts[1:], len(row)], strict=True):
        cell = row[start:end]
        tag = _tag(cell)
        times = min(_times(_COLUMNS_REPEATED, tag), MOST_COLUMNS - column)
        column += times
        if _FILLED.search(tag):
            width = column
            text += times * (len(cell) + sum(_number(spaces) for spaces in _SPACES.findall(cell)))
    return width, text


def _tag(piece: bytes) -> bytes:
    """Return the tag that a piece begins with; what looks like its end may stand in a value."""
    found = _TAG.match(piece)
    return found[0] if found else b""


def _times(pattern: re.Pattern[bytes], tag: bytes) -> int:
    return max(map(_number, pattern.findall(tag)), default=1)


def _number(digits: bytes) -> int:
    """Return the number in an attribute.

    Raises:
        ValueError: It is none, or has more digits than anybody would count to.
    """
    if not digits.isdigit() or len(digits) > _MOST_DIGITS:
        raise ValueError("no number of cells")
    return int(digits)
