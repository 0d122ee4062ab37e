"""Find out what a delimited file does beyond its dialect, so that it can be written back byte for byte."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from verbatlas.tables.line_ends import TWICE, text_with_ends_once
from verbatlas.tables.quoting import QuotingSeen, needs_quotes
from verbatlas.tables.rows import split_text
from verbatlas.tables.source import Source
from verbatlas.tables.table import TableFormat

_LOOKED_AT = 64_000  # characters of the beginning
_BYTES_OF_ONE = 4  # no encoding takes more for a character
_LONGEST_TAIL = 4096  # bytes
_LINE_ENDS = re.compile(r"\r\n|\r|\n")


def as_written(source: Source, table_format: TableFormat) -> TableFormat:
    """Return the format of a table that was read from ``source`` with all that writing it back has to know.

    Where a file is not regular, what most of it does is taken.

    Args:
        source: The text.
        table_format: How it was read.

    Raises:
        OSError: It cannot be read.
    """
    with source.open("rb") as file:
        head = file.read(_LOOKED_AT * _BYTES_OF_ONE)
        is_whole = not file.read(1)
        file.seek(max(0, source.stat().st_size - _LONGEST_TAIL))
        tail = file.read()
    text = head.decode(table_format.encoding, "ignore").lstrip("\ufeff")
    if table_format.line_end == TWICE:
        text = text_with_ends_once(text)
    is_whole = is_whole and len(text) <= _LOOKED_AT
    known = _seen(text[:_LOOKED_AT].removeprefix(table_format.above), table_format, is_whole=is_whole)
    return replace(known, below=_below(tail, table_format.encoding, is_twice=table_format.line_end == TWICE))


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell as it stands in the text.

    Attributes:
        gap: The spaces before it.
        text: What is in it, without the quotes around it.
        is_quoted: Whether there are any.
    """

    gap: str
    text: str
    is_quoted: bool


def _seen(text: str, table_format: TableFormat, *, is_whole: bool) -> TableFormat:
    rows = _rows(text, table_format, is_whole=is_whole)
    needs = needs_quotes(table_format)
    seen = QuotingSeen()
    gaps: set[str] = set()
    n_names = n_columns = 0
    has_lone = False
    for number, row in enumerate(rows):
        gaps.update(cell.gap for cell in row[1:])
        n_columns = max(n_columns, len(row))
        has_lone = has_lone or any(_has_lone_escape(cell.text) for cell in row if table_format.escape)
        if number == 0 and table_format.has_header:
            n_names = len(row)
            seen.names = [None if needs.search(cell.text) else cell.is_quoted for cell in row]
        elif len(row) > 1 or row[0].text:  # an empty cell alone has to be quoted
            for column, cell in enumerate(row):
                if not needs.search(cell.text):
                    seen.add(column, cell.text, is_quoted=cell.is_quoted)
    return replace(
        table_format,
        quote_all=seen.is_all,
        quoting="" if seen.is_all else seen.quoting(n_columns).text(),
        gap=gaps.pop() if len(gaps) == 1 else "",
        n_names=n_names,
        doubles_escapes=not has_lone,
    )


def _rows(text: str, table_format: TableFormat, *, is_whole: bool) -> Iterator[list[_Cell]]:
    """Yield the rows that are well-formed, blank lines left out."""
    pattern = _cell_pattern(table_format)
    place, row = 0, list[_Cell]()
    while place < len(text) or row:
        found = pattern.match(text, place)
        if found is None:
            row = []
            after = _LINE_ENDS.search(text, place)
            if after is None:
                return
            place = after.end()
            continue
        quoted, plain, end = found["quoted"], found["plain"], found["end"]
        place = found.end()
        row.append(_Cell(found["gap"], plain if quoted is None else quoted, quoted is not None))
        if end == table_format.delimiter:
            continue
        if (end or is_whole) and (len(row) > 1 or row[0].text or row[0].is_quoted):
            yield row
        row = []


def _cell_pattern(table_format: TableFormat) -> re.Pattern[str]:
    quote, delimiter = re.escape(table_format.quote), re.escape(table_format.delimiter)
    gap = " *" if table_format.skip_spaces else ""
    inner = (
        rf"[^{quote}\\]*(?:(?:{quote}{quote}|\\.)[^{quote}\\]*)*"
        if table_format.escape
        else (rf"[^{quote}]*(?:{quote}{quote}[^{quote}]*)*")
    )
    return re.compile(
        rf"(?P<gap>{gap})(?:{quote}(?P<quoted>{inner}){quote}|(?P<plain>(?!{quote})[^{delimiter}\r\n]*))"
        rf"(?P<end>{delimiter}|\r\n|\r|\n|\Z)",
        re.DOTALL,
    )


def _has_lone_escape(text: str) -> bool:
    r"""Return whether a backslash stands before something that it does not make part of the cell, as in ``\n``."""
    return "\\" in re.sub(r'\\[\\"]', "", text)


def _below(tail: bytes, encoding: str, *, is_twice: bool) -> str:
    """Return the blank lines at the end of a text, of whose last row the line end is not one."""
    signs = {sign.encode(encoding): sign for sign in "\r\n"}
    width = len(next(iter(signs)))
    found = ""
    while (sign := signs.get(tail[-width:])) is not None:
        found, tail = sign + found, tail[:-width]
    return "".join(list(split_text(text_with_ends_once(found) if is_twice else found))[1:])
