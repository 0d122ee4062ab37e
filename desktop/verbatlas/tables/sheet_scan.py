"""Look through the XML of an XLSX sheet for what its reader cannot be asked: how far it reaches, and its errors."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

import numpy as np
from numpy.typing import NDArray

from verbatlas.progress import Report
from verbatlas.tables.book_parts import chunks_of, part_called, refuse_large, refuse_large_parts
from verbatlas.tables.lost_cells import LostCells
from verbatlas.tables.source import Source
from verbatlas.tables.xlsx_strings import string_lengths

_LONGEST_PART = 32 * 1024**2
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# How nearly every program writes them, found several times as fast as all that XML allows.
_PLAIN_PLACE = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"')
_PLAIN_NAMED = re.compile(rb' t="s"[^<>]{0,200}><v>(\d{1,9})<')
_CELL_BEGINS = (b"<c ", b"<c>", b":c ", b":c>")
# Bounded everywhere: a damaged file must not keep an expression busy.
_ANY_PLACE = re.compile(rb"""\sr\s{0,99}=\s{0,99}["']([A-Za-z]{0,9})(\d{1,18})["']""")
_ANY_CELL = re.compile(rb"<(?:[\w.-]{1,20}:)?c(?=[\s>/])")
_PLACED_CELL = re.compile(rb"""<(?:[\w.-]{1,20}:)?c\s[^<>]{0,200}?\br\s{0,99}=""")
_ANY_ROW = re.compile(rb"<(?:[\w.-]{1,20}:)?row(?=[\s>/])")
_IS_NAMED = re.compile(rb"""\st\s{0,99}=\s{0,99}["']s["']""")
_ERROR = re.compile(
    rb'<(?:\w{1,20}:)?c [^<>]{0,200}?\br="([A-Z]{1,3})(\d{1,7})"[^<>]{0,200}?\bt="e"[^<>]{0,200}>\s{0,20}'
    rb"(?:<(?:\w{1,20}:)?f\b[^<>]{0,400}(?:/>|>[^<]{0,9000}</(?:\w{1,20}:)?f>)\s{0,20})?"
    rb"<(?:\w{1,20}:)?v>(#[^<]{1,20})</"
)


@dataclass(slots=True)
class Extent:
    """How far a sheet reaches, and the cells whose formulas failed.

    Attributes:
        rows: The number of its last row.
        columns: The number of its last column.
        filled: How many cells are written.
        lost: The cells whose text is lost, here those whose formulas failed.
    """

    rows: int = 0
    columns: int = 0
    filled: int = 0
    lost: set[LostCells] = field(default_factory=set)


def scan(source: Source, path: Path, *, sheet: str, report: Report) -> Extent:
    """Look through a sheet of an XLSX file.

    Raises:
        UserError: UNPACKED_TOO_LARGE.
        Cancelled: The reporter no longer wants it.
        zipfile.BadZipFile, ElementTree.ParseError, KeyError, ValueError: The file is damaged.
    """
    with source.open("rb") as file, zipfile.ZipFile(file) as archive:
        refuse_large_parts(archive, path)
        found = _Cells(string_lengths(archive, path, report=report))
        part = part_called(archive, _part_of(archive, sheet))
        done = 0
        for text in _pieces(chunks_of(archive, part, path)):
            found.add(text)
            done += len(text)
            report(done // 4, max(part.file_size, done))  # the first quarter; reading is the rest
    refuse_large(path, packed=source.stat().st_size, held=part.file_size + found.shared)
    return found.extent()


def _pieces(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the text in pieces that end before a cell, so that none is cut, unless it is longer than a piece."""
    held = b""
    for chunk in chunks:
        text = held + chunk
        end = max(text.rfind(sign) for sign in _CELL_BEGINS)
        end = end if end > 0 else len(text)
        yield text[:end]
        held = text[end:]
    yield held


class _Cells:
    """What the pieces of a sheet have in them.

    Attributes:
        shared: The bytes of the shared strings of all cells.
    """

    def __init__(self, lengths: NDArray[np.int64]) -> None:
        self.shared = 0
        self._lengths = np.append(lengths, 0)
        self._longest = int(lengths.max(initial=0))
        self._extent = Extent()
        self._n_rows = self._in_row = self._widest = 0

    def extent(self) -> Extent:
        """Return how far the sheet reaches, as far as a cell could be whose place is not written."""
        extent = self._extent
        if self._widest:
            extent.rows += self._n_rows
            extent.columns += self._widest
        return extent

    def add(self, text: bytes) -> None:
        """Add the next piece."""
        extent = self._extent
        places = _PLAIN_PLACE.findall(text)
        if len(places) < sum(map(text.count, _CELL_BEGINS)) + text.count(b"<c/"):
            places = _ANY_PLACE.findall(text)
            self._count_unplaced(text)
        extent.filled += len(places)
        columns = {column for column, _row in places}
        extent.rows = max([extent.rows, *map(int, {row for _column, row in places})])
        extent.columns = max([extent.columns, *map(_column_number, columns)])
        if self._longest:
            self._add_shared(text)
        if b't="e"' in text:
            for column, row, shown in _ERROR.findall(text):
                extent.lost.add(LostCells(int(row) - 1, _column_number(column) - 1, shown.decode("ascii", "replace")))

    def _count_unplaced(self, text: bytes) -> None:
        """Count the cells that do not say where they are: they stand right of the one before."""
        if len(_PLACED_CELL.findall(text)) == len(_ANY_CELL.findall(text)):
            return
        first, *rows = _ANY_ROW.split(text)
        widths = [self._in_row + len(_ANY_CELL.findall(first)), *(len(_ANY_CELL.findall(row)) for row in rows)]
        self._in_row = widths[-1]
        self._n_rows += len(rows)
        self._widest = max(self._widest, *widths)

    def _add_shared(self, text: bytes) -> None:
        """Add the texts that cells name; where it cannot be told which, it could be the longest."""
        named = _PLAIN_NAMED.findall(text)
        numbers = np.array(named, np.int64)
        known = np.minimum(numbers, len(self._lengths) - 1)  # a string that is not there has no text
        self.shared += int(self._lengths[known].sum())
        if text.count(b'"s"') + text.count(b"'s'") > len(named):
            self.shared += max(0, len(_IS_NAMED.findall(text)) - len(named)) * self._longest


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    book = _small_xml(archive, "xl/workbook.xml")
    wanted = next(
        node.get(_RELATION) for node in book.iter() if node.tag.endswith("}sheet") and node.get("name") == sheet
    )
    links = _small_xml(archive, "xl/_rels/workbook.xml.rels")
    target = next(node.get("Target", "") for node in links.iter() if node.get("Id") == wanted)
    return target.removeprefix("/") if target.startswith("/") else str(PurePosixPath("xl") / target)


def _small_xml(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    with archive.open(part_called(archive, name)) as file:
        return ElementTree.fromstring(file.read(_LONGEST_PART))  # noqa: S314 - expat limits what entities grow to
