"""Look through the XML of an OpenDocument sheet for the cells of which its reader loses the text.

Those are failed formulas, whose value is empty while their text is not, and cells with tabs or line breaks.
"""

import re
import zipfile
from typing import IO
from xml.parsers import expat

from verbatlas.progress import Report
from verbatlas.tables.lost_cells import LostCells
from verbatlas.tables.source import Source

_CHUNK = 1024 * 1024
_OVERLAP = 100
_MOST_SPACES = 32_767  # at once; a cell of a spreadsheet holds no more
_PART = "content.xml"
_LOSES = re.compile(rb"""string-value\s{0,9}=\s{0,9}(?:""|'')|<(?:\w{1,20}:)?(?:tab|line-break)\b""")
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_SIGNS = {f"{_TEXT} tab": "\t", f"{_TEXT} line-break": "\n"}
_CELLS = {f"{_TABLE} table-cell", f"{_TABLE} covered-table-cell"}


def ods_scan(source: Source, *, sheet: str, report: Report) -> list[LostCells]:
    """Return the cells of a sheet whose text is lost, with their text.

    Raises:
        Cancelled: The reporter no longer wants it.
        zipfile.BadZipFile, KeyError, ValueError: The file is damaged.
    """
    with source.open("rb") as file, zipfile.ZipFile(file) as archive:
        part = archive.getinfo(_PART)
        with archive.open(part) as xml:
            if not _loses_something(xml):
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


def _loses_something(xml: IO[bytes]) -> bool:
    held = b""
    while chunk := xml.read(_CHUNK):
        if _LOSES.search(held + chunk):
            return True
        held = chunk[-_OVERLAP:]
    return False


class _Sheet:
    """Follows the rows and cells of one sheet as the parser meets them."""

    def __init__(self, name: str) -> None:
        self.cells: list[LostCells] = []
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
        self._shown: list[str] = []
        self._n_paragraphs = 0
        self._is_lost = False

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        if self._depth:
            self._depth += 1
            if self._is_paragraph:
                self._add_sign(name, attributes)
            elif self._depth == 2 and name == f"{_TEXT} p":
                self._is_paragraph = True
                self._n_paragraphs += 1
                self._shown += ["\n"] * (self._n_paragraphs > 1)
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
            self._shown, self._n_paragraphs = [], 0
            self._is_lost = attributes.get(f"{_OFFICE} string-value") == ""

    def _end(self, name: str) -> None:
        if self._depth:
            self._depth -= 1
            self._is_paragraph = self._is_paragraph and self._depth > 1
            if not self._depth and self._is_lost and (shown := "".join(self._shown)):
                self.cells.append(LostCells(self._row, self._column, shown, self._n_rows, self._n_columns))
        elif name == f"{_TABLE} table":
            self._is_here = False

    def _add_sign(self, name: str, attributes: dict[str, str]) -> None:
        if name in _SIGNS:
            self._shown.append(_SIGNS[name])
            self._is_lost = True
        elif name == f"{_TEXT} s":
            self._shown.append(" " * min(int(attributes.get(f"{_TEXT} c", "1")), _MOST_SPACES))

    def _text(self, text: str) -> None:
        if self._is_paragraph:
            self._shown.append(text)


def _count(attributes: dict[str, str], name: str) -> int:
    return int(attributes.get(f"{_TABLE} {name}", "1"))
