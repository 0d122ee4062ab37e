"""Look through the XML of an XLSX sheet for what its reader cannot be asked: how far it reaches, and its errors."""

import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

from verbatlas.progress import Report
from verbatlas.tables.lost_cells import LostCells
from verbatlas.tables.packed import refuse_bomb
from verbatlas.tables.source import Source

_CHUNK = 1024 * 1024
_OVERLAP = 16 * 1024  # more than a cell with the longest formula
_LONGEST_PART = 32 * 1024**2
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# Bounded everywhere: a damaged file must not keep an expression busy.
_WIDE = re.compile(rb' r="([A-Z]{2,3})\d')
_CELL = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
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
        lost: The cells whose text is lost, here those whose formulas failed.
    """

    rows: int = 0
    columns: int = 0
    lost: set[LostCells] = field(default_factory=set)


def scan(source: Source, path: Path, *, sheet: str, report: Report) -> Extent:
    """Look through a sheet of an XLSX file.

    Raises:
        UserError: UNPACKED_TOO_LARGE.
        Cancelled: The reporter no longer wants it.
        zipfile.BadZipFile, ElementTree.ParseError, KeyError: The file is damaged.
    """
    extent = Extent()
    with source.open("rb") as file, zipfile.ZipFile(file) as archive:
        sizes = [(info.compress_size, info.file_size) for info in archive.infolist()]
        refuse_bomb(path, packed=sum(packed for packed, _ in sizes), unpacked=sum(size for _, size in sizes))
        part = archive.getinfo(_part_of(archive, sheet))
        with archive.open(part) as xml:
            held, done = b"", 0
            while chunk := xml.read(_CHUNK):
                text = held + chunk
                _look(text, extent)
                held, done = text[-_OVERLAP:], done + len(chunk)
                report(done // 4, max(part.file_size, done))  # the first quarter; reading is the rest
    return extent


def _look(text: bytes, extent: Extent) -> None:
    for row, _column in _ends(text):
        extent.rows = max(extent.rows, row)
    letters = set(_WIDE.findall(text)) | {column for _row, column in _ends(text)}
    extent.columns = max([extent.columns, *map(_column_number, letters)])
    if b't="e"' in text:
        for column, row, shown in _ERROR.findall(text):
            extent.lost.add(LostCells(int(row) - 1, _column_number(column) - 1, shown.decode("ascii", "replace")))


def _ends(text: bytes) -> list[tuple[int, bytes]]:
    """Return the cells at both ends of a piece of a sheet: rows ascend, so one of them is in the last row."""
    ends = _CELL.findall(text[:_OVERLAP]) + _CELL.findall(text[-2 * _OVERLAP :])
    return [(int(row), column) for column, row in ends]


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
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
    with archive.open(name) as file:
        return ElementTree.fromstring(file.read(_LONGEST_PART))  # noqa: S314 - expat limits what entities grow to
