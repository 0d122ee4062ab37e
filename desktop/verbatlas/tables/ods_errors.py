"""Find in the XML of an OpenDocument sheet the cells whose formulas failed: their value is empty, their text is not."""

import re
import zipfile
from pathlib import Path
from typing import IO
from xml.parsers import expat

from verbatlas.progress import Report
from verbatlas.tables.failed_cells import FailedCells
from verbatlas.tables.packed import refuse_bomb
from verbatlas.tables.source import Source

_CHUNK = 1024 * 1024
_OVERLAP = 100
_PART = "content.xml"
_EMPTY_VALUE = re.compile(rb"""string-value\s{0,9}=\s{0,9}(?:""|'')""")
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_PARAGRAPH = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 p"
_CELLS = {f"{_TABLE} table-cell", f"{_TABLE} covered-table-cell"}


def ods_errors(source: Source, path: Path, *, sheet: str, report: Report) -> list[FailedCells]:
    """Return the cells of a sheet whose formulas failed.

    Raises:
        UserError: UNPACKED_TOO_LARGE.
        Cancelled: The reporter no longer wants it.
        zipfile.BadZipFile, KeyError, ValueError: The file is damaged.
    """
    with source.open("rb") as file, zipfile.ZipFile(file) as archive:
        part = archive.getinfo(_PART)
        refuse_bomb(path, packed=part.compress_size, unpacked=part.file_size)
        with archive.open(part) as xml:
            if not _has_empty_value(xml):
                return []
        found = _Sheet(sheet)
        done = 0
        with archive.open(part) as xml:
            while chunk := xml.read(_CHUNK):
                try:
                    found.parser.Parse(chunk, False)  # noqa: FBT003 - expat knows no keywords
                except expat.ExpatError:
                    break  # the sheet's reader is less strict and gives what it can
                done += len(chunk)
                report(done // 4, max(part.file_size, done))  # the first quarter; reading is the rest
        return found.cells


def _has_empty_value(xml: IO[bytes]) -> bool:
    held = b""
    while chunk := xml.read(_CHUNK):
        if _EMPTY_VALUE.search(held + chunk):
            return True
        held = chunk[-_OVERLAP:]
    return False


class _Sheet:
    """Follows the rows and cells of one sheet as the parser meets them."""

    def __init__(self, name: str) -> None:
        self.cells: list[FailedCells] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self._name = name
        self._is_here = False
        self._depth = 0  # within a cell, whose own paragraphs are at the first level; notes are deeper
        self._is_paragraph = False
        self._row, self._n_rows = 0, 0
        self._column, self._n_columns = 0, 0
        self._shown: list[str] | None = None

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        if self._depth:
            self._depth += 1
            self._is_paragraph = self._is_paragraph or (self._depth == 2 and name == _PARAGRAPH)
            if self._shown and self._depth == 2 and self._is_paragraph:
                self._shown.append("\n")
        elif name == f"{_TABLE} table":
            self._is_here = attributes.get(f"{_TABLE} name") == self._name
        elif not self._is_here:
            return
        elif name == f"{_TABLE} table-row":
            self._row += self._n_rows
            self._n_rows = _count(attributes, "number-rows-repeated")
            self._column, self._n_columns = 0, 0
        elif name in _CELLS:
            self._depth = 1
            self._column += self._n_columns
            self._n_columns = _count(attributes, "number-columns-repeated")
            self._shown = [] if attributes.get(f"{_OFFICE} string-value") == "" else None

    def _end(self, name: str) -> None:
        if self._depth:
            self._depth -= 1
            self._is_paragraph = self._is_paragraph and self._depth > 1
            if not self._depth and self._shown:
                shown = "".join(self._shown)
                self.cells.append(FailedCells(self._row, self._column, shown, self._n_rows, self._n_columns))
        elif name == f"{_TABLE} table":
            self._is_here = False

    def _text(self, text: str) -> None:
        if self._shown is not None and self._is_paragraph:
            self._shown.append(text)


def _count(attributes: dict[str, str], name: str) -> int:
    return int(attributes.get(f"{_TABLE} {name}", "1"))
