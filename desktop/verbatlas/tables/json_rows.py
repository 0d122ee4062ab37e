"""Read and write tables of JSON objects: one a line (JSON Lines), or all in one array."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from verbatlas.errors import Problem, UserError
from verbatlas.progress import Report
from verbatlas.tables.detection import foreign_part
from verbatlas.tables.encoding import Encoding, detect_encoding
from verbatlas.tables.json_objects import Found, Spoilt, json_text, objects, whole_characters
from verbatlas.tables.json_text import JsonText
from verbatlas.tables.read_report import Places, ReadReport
from verbatlas.tables.source import Source
from verbatlas.tables.table import MOST_COLUMNS, Cell, Table, TableFormat, from_columns, most_cells

_ROWS_AT_ONCE = 500
_MANY_SPOILT = 1000  # lines after which it is no longer read on whether most of them are


def read_json(source: Source, path: Path, table_format: TableFormat, *, report: Report) -> tuple[Table, ReadReport]:
    """Read a table of objects; their keys are the columns, in the order in which they first appear.

    Text stays what it is, numbers are as written, ``true`` and ``false`` too, null and keys that an object lacks are
    None, and lists and objects within are JSON text. A line that is no whole object is a row with its text in the first
    column that has text elsewhere. What is not Unicode is read in the encoding that it looks like.

    Raises:
        UserError: JSON_NOT_TABLE with the first line that is no object, if most are none; TABLE_TOO_LARGE or
            TABLE_NO_ROWS.
        Cancelled: The reporter no longer wants the table.
    """
    with source.open("rb") as file:
        encoding = Encoding(json.detect_encoding(file.read(4)))
    try:
        rows = _read(source, path, encoding, replaces=False, report=report)
    except UnicodeDecodeError:
        encoding = detect_encoding(foreign_part(source), is_whole=True) or encoding
        try:
            rows = _read(source, path, encoding, replaces=False, report=report)
        except UnicodeDecodeError:
            rows = _read(source, path, encoding, replaces=True, report=report)
    columns = rows.columns()
    if not columns:
        raise UserError(Problem.TABLE_NO_ROWS, path=path)
    used = replace(table_format, encoding="utf-8", byte_order_mark=False, has_header=True)
    table = from_columns([whole_characters(name) for name in columns], list(columns.values()), used)
    found = ReadReport(
        encoding.name,
        "",
        True,  # noqa: FBT003 - the keys are the names
        encoding_sure=encoding.sure,
        next_encoding=encoding.next_best,
        broken=rows.broken,
        replaced=rows.replaced,
        rows=tuple(rows.named),
    )
    return table, found


def _read(source: Source, path: Path, encoding: Encoding, *, replaces: bool, report: Report) -> "_Rows":
    size = source.stat().st_size
    rows = _Rows(path, counts_replaced=replaces)
    with source.open("rb") as file:
        text = JsonText(file, encoding.name, replaces=replaces)
        for found in objects(text, path):
            if isinstance(found, Spoilt):
                rows.spoil(found)
            else:
                rows.add(found)
            if rows.n_rows % _ROWS_AT_ONCE == 0:
                rows.check()
                report(min(file.tell(), size), size)
    rows.check(is_end=True)
    report(size, size)
    return rows


@dataclass(slots=True)
class _Rows:
    """The rows of a table of objects, as they are met.

    Attributes:
        path: The file.
        counts_replaced: Whether characters that were invalid are looked for.
        n_rows: How many there are.
        broken: Where lines are that are no whole object.
        replaced: Where characters were invalid.
        named: The rows of the lines that are named, with these lines.
    """

    path: Path
    counts_replaced: bool
    n_rows: int = 0
    broken: Places = field(default_factory=Places)
    replaced: Places = field(default_factory=Places)
    named: list[tuple[int, int]] = field(default_factory=list)
    _n_filled: int = 0
    _cells: dict[str, list[Cell]] = field(default_factory=dict)
    _texts: set[str] = field(default_factory=set)
    _spoilt: dict[int, str] = field(default_factory=dict)

    def add(self, found: Found) -> None:
        """Add the row of an object."""
        for name, value in found.value.items():
            cells = self._cells.setdefault(name, [])
            if len(cells) < self.n_rows:
                cells += [None] * (self.n_rows - len(cells))
            cells.append(_text(value))
            if type(value) is str:
                self._texts.add(name)
        self._n_filled += len(found.value)
        if self.counts_replaced and any("\ufffd" in str(value) for value in found.value.values()):
            self.replaced = self._noted(self.replaced, found.line)
        self.n_rows += 1

    def spoil(self, spoilt: Spoilt) -> None:
        """Add the row of a line that is no whole object."""
        self._spoilt[self.n_rows] = spoilt.text
        self.broken = self._noted(self.broken, spoilt.line)
        self.n_rows += 1

    def check(self, *, is_end: bool = False) -> None:
        """Let the rows pass if they are a table that fits into the memory.

        Raises:
            UserError: JSON_NOT_TABLE or TABLE_TOO_LARGE.
        """
        n_good = self.n_rows - self.broken.count
        if self.broken.count and self.broken.count >= n_good and (is_end or self.broken.count > _MANY_SPOILT):
            raise UserError(Problem.JSON_NOT_TABLE, path=self.path, line=self.broken.lines[0])
        n_columns = len(self._cells)
        # Objects with other keys each time make a table of nearly nothing.
        is_sparse = self.n_rows * n_columns > most_cells(self._n_filled)
        if n_columns > MOST_COLUMNS or is_sparse:
            raise UserError(Problem.TABLE_TOO_LARGE, path=self.path, rows=self.n_rows, columns=n_columns)

    def columns(self) -> dict[str, list[Cell]]:
        """Return the cells of each column, from the first row to the last."""
        for cells in self._cells.values():
            cells.extend([None] * (self.n_rows - len(cells)))
        name = next((name for name in self._cells if name in self._texts), next(iter(self._cells), ""))
        for row, text in self._spoilt.items():
            self._cells[name][row] = whole_characters(text)
        return self._cells

    def _noted(self, places: Places, line: int) -> Places:
        after = places.and_lines([line])
        if len(after.lines) > len(places.lines):
            self.named.append((self.n_rows, line))
        return after


def json_blocks(
    names: Sequence[str], rows: Iterator[Sequence[Cell]], *, n_rows: int, as_array: bool, report: Report
) -> Iterator[bytes]:
    """Yield the bytes of a table: one object a line, or an array of them; None is null."""
    lines: list[str] = []
    written = 0
    for number, row in enumerate(rows):
        lines.append(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False))
        if len(lines) >= _ROWS_AT_ONCE:
            report(number, n_rows)
            yield _block(lines, as_array=as_array, is_first=written == 0)
            written += len(lines)
            lines.clear()
    report(n_rows, n_rows)
    if lines:
        yield _block(lines, as_array=as_array, is_first=written == 0)
    if as_array:
        yield b"\n]\n" if written or lines else b"[]\n"


def _block(lines: Sequence[str], *, as_array: bool, is_first: bool) -> bytes:
    text = ("[\n" if is_first else ",\n") + ",\n".join(lines) if as_array else "\n".join(lines) + "\n"
    return whole_characters(text).encode("utf-8")


def _text(value: object) -> Cell:
    if value is None:
        return None
    if isinstance(value, str):
        return whole_characters(value)
    return whole_characters(json_text(value))
