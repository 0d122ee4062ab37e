"""Find out how a delimited text is written: its delimiter, quoting, line ends, header and the lines above it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from verbatlas.tables.header import has_header_below, is_figure, looks_like_header, rows_above
from verbatlas.tables.line_ends import TWICE, text_with_ends_once
from verbatlas.tables.rows import Rows, split_text

_DELIMITERS = (",", "\t", ";", "|")
# Tried where none of these makes a table: what stands in every row equally often, and seldom in words.
_SELDOM = ("\x1f", "\x1e", "\x01", "^", "~", "¦", "§")
_NO_DELIMITER = frozenset("\"'`.-_()[]{}<>\r\n")
_NAMED_DELIMITER = re.compile(r'\ufeff?"?sep=(?P<delimiter>[^\r\n"])"?(?=[\r\n])', re.IGNORECASE)
# Made for this by ASCII and in no text: for one column of comments that hold all of the delimiters.
UNIT_SEPARATOR = "\x1f"
_LOOKED_AT = 300
_MOST_TRIED = 20  # signs that may be a delimiter
_LEAST_ROWS = 3
_OPENS, _CLOSES = re.compile(r'(?:^|[,;|\t]) *"[^"]*$'), re.compile(r'^[^"]*" *(?:[,;|\t]|$)')
_LINE_ENDS = re.compile(r"\r\r\n|\r\n|\n|\r")
_OTHERS = re.compile(r"[,;|\t]")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the cells of a text are set apart.

    Attributes:
        delimiter: One character.
        quote: The quoting character.
        escape: A backslash where that makes a quote or a delimiter part of its cell, otherwise empty.
        skip_spaces: Whether spaces after a delimiter belong to no cell.
        line_end: Line feed, carriage return, both, or a carriage return and both.
        has_header: Whether the first row below ``above`` names the columns.
        quote_all: Whether every cell is quoted.
        above: The text of the lines above the header, with their line ends.
        sure: How sure the delimiter is, 0 to 1.
    """

    delimiter: str
    line_end: str
    has_header: bool
    quote_all: bool
    quote: str = '"'
    escape: str = ""
    skip_spaces: bool = False
    above: str = ""
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class _Parsed:
    """The first rows of a text and the lines that they begin at."""

    rows: list[list[str]]
    lines: list[int]
    n_mended: int


def detect_dialect(text: str, *, is_whole: bool, one_a_line: bool = False, delimiter: str = "") -> Dialect:
    """Return the likeliest dialect of a table that begins with ``text``.

    Args:
        text: The beginning of the file, decoded, its line ends untouched.
        is_whole: Whether that is all of it; otherwise its last row may be cut and is left aside.
        one_a_line: Whether files of this kind mostly hold one comment a line, as ``.txt`` does. Then a delimiter must
            stand in every line equally often.
        delimiter: The one that was chosen; found out if not given.
    """
    line_end = _line_end(text)
    if line_end == TWICE:
        text = text_with_ends_once(text)
    quote = _quote(text)
    named = _NAMED_DELIMITER.match(text)
    sure = 1.0
    if named and delimiter in ("", named["delimiter"]):
        delimiter = named["delimiter"]
    elif not delimiter:
        delimiter, sure = _delimiter(text, quote=quote, is_whole=is_whole, one_a_line=one_a_line)
    parsed = _parse(text, delimiter, quote=quote, is_whole=is_whole)
    escape = _escape(text, delimiter, parsed, quote=quote, is_whole=is_whole)
    if escape:
        parsed = _parse(text, delimiter, quote=quote, is_whole=is_whole, escape=escape)
    skip_spaces = any(cell.startswith(" ") and cell.lstrip().startswith(quote) for row in parsed.rows for cell in row)
    n_above = 1 if named else rows_above(parsed.rows)
    rows = [row for row in parsed.rows[n_above:] if row]
    return Dialect(
        delimiter=delimiter,
        quote=quote,
        escape=escape,
        skip_spaces=skip_spaces,
        line_end=line_end,
        has_header=has_header_below(parsed.rows, n_above),
        quote_all=_quotes_all(text, rows, delimiter, quote),
        above=_lines_until(text, parsed.lines[n_above]) if 0 < n_above < len(parsed.lines) else "",
        sure=sure,
    )


def _parse(text: str, delimiter: str, *, quote: str, is_whole: bool, escape: str = "") -> _Parsed:
    reader = Rows(split_text(text), delimiter, quote=quote, escape=escape, is_cut=not is_whole)
    rows, lines = [], []
    for row in reader:
        rows.append(row)
        lines.append(reader.line)
        if len(rows) > _LOOKED_AT:
            break
    else:
        if not is_whole and len(rows) > 1:
            # The sample ends somewhere within this row.
            rows.pop()
            lines.pop()
    return _Parsed(rows, lines, len(reader.before.mended))


def _delimiter(text: str, *, quote: str, is_whole: bool, one_a_line: bool) -> tuple[str, float]:
    """Return the delimiter, a comma where there is none, and how far it is ahead of the next one."""
    scores = {
        delimiter: _score(_parse(text, delimiter, quote=quote, is_whole=is_whole), delimiter, one_a_line=one_a_line)
        for delimiter in _DELIMITERS
        if delimiter in text
    }
    ranked = sorted(scores.items(), key=lambda item: (-item[1], _DELIMITERS.index(item[0])))
    if not ranked or ranked[0][1] <= 0:
        seldom = _seldom_delimiter(text, quote=quote, is_whole=is_whole, one_a_line=one_a_line)
        if seldom is not None:
            return seldom, 0.8
        return _delimiter_of_one_column(text, quote=quote, is_whole=is_whole), 0.9 if ranked else 1.0
    best = ranked[0][1]
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    return ranked[0][0], round(min(1.0, best, 0.5 + (best - second) / (2 * best)), 3)


def _seldom_delimiter(text: str, *, quote: str, is_whole: bool, one_a_line: bool) -> str | None:
    """Return a delimiter that few files have, where it takes every row into as many cells."""
    first = next((line for line in split_text(text) if line.strip()), "")
    # Of three columns or more, so that it stands there twice; a line of thousands of signs is no names of columns.
    signs = Counter(mark for mark in first if not mark.isalnum() and mark not in _NO_DELIMITER)
    others = [mark for mark, times in signs.items() if times > 1][:_MOST_TRIED]
    for delimiter in dict.fromkeys([*(mark for mark in _SELDOM if mark in first), *others]):
        if delimiter in _DELIMITERS:
            continue
        parsed = _parse(text, delimiter, quote=quote, is_whole=is_whole)
        rows = [row for row in parsed.rows if row]
        if len(rows) < _LEAST_ROWS or len(rows[0]) < 2 or len(set(map(len, rows))) > 1 or parsed.n_mended:
            continue
        if (delimiter in _SELDOM and not one_a_line) or _is_no_prose(rows):
            return delimiter
    return None


def _is_no_prose(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether three columns or more, one of them of figures, stand below names: sentences and times do not."""
    if len(rows[0]) < 3 or any(cell != cell.strip() or not cell for row in rows for cell in row):
        return False
    columns = list(zip(*rows[1:], strict=True))
    return (
        looks_like_header(rows)
        and any(all(map(is_figure, column)) for column in columns)
        and not any(map(is_figure, rows[0]))
    )


def _delimiter_of_one_column(text: str, *, quote: str, is_whole: bool) -> str:
    """Return a delimiter that takes no row apart: a comma or a tab if possible, which other programs know."""
    for delimiter in (",", "\t", ";", "|"):
        if delimiter not in text or all(
            len(row) < 2 for row in _parse(text, delimiter, quote=quote, is_whole=is_whole).rows
        ):
            return delimiter
    return UNIT_SEPARATOR


def _score(parsed: _Parsed, delimiter: str, *, one_a_line: bool) -> float:
    """Return how well rows of one width and cells of one piece speak for a delimiter; 0 if there is no table."""
    rows = [row for row in parsed.rows[rows_above(parsed.rows) :] if row]
    widths = Counter(map(len, rows))
    # One column of comments in which somebody wrote a semicolon is still one column.
    if not rows or (len(rows[0]) == 1 and 2 * widths[1] > widths.total()):
        return 0.0
    width, count = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
    share = count / widths.total()
    if width < 2:
        return 0.0
    cells = [cell for row in rows[:100] for cell in row]
    later = [cell for row in rows[:100] for cell in row[1:]]
    spaced = sum(cell[:1] == " " and cell[1:2] not in {"", " ", '"'} for cell in later) / max(len(later), 1)
    if one_a_line and (share < 1 or (spaced > 0.9 and not any(map(is_figure, cells)))):
        return 0.0
    # In a sentence a space follows the comma, and every sentence has another number of them.
    if delimiter != "\t" and spaced > 0.8 and share < 0.8:
        return 0.0
    if len(rows[0]) == 1 and share < 0.8:
        return 0.0
    quality = sum(map(_quality, cells)) / max(len(cells), 1)
    whole = 1 - sum(map(_is_torn, rows[:100])) / len(rows[:100])
    # A delimiter that is there in every row beats one that many rows happen to contain, whatever the width.
    return share**2 * (1 + 0.05 * min(width, 20)) * quality * whole**2


def _is_torn(row: Sequence[str]) -> bool:
    """Return whether a quote opens within one cell and closes within a later one: what was cut stood in quotes."""
    odd = [cell for cell in row if cell.count('"') % 2]
    return len(odd) > 1 and bool(_OPENS.search(odd[0])) and bool(_CLOSES.search(odd[-1]))


def _quality(cell: str) -> float:
    """Return how much a cell looks as if it was cut out at the right places."""
    if not cell or is_figure(cell):
        return 1.0
    if cell[0] == " ":
        return 0.6
    return 0.7 if _OTHERS.search(cell) else 0.95


def _quote(text: str) -> str:
    """Return the apostrophe where cells are enclosed in those and none in quotation marks."""
    head = text[:20_000]
    if re.search(r'(?:^|[,;|\t\r\n])"[^"\r\n]*"(?=[,;|\t\r\n]|$)', head):
        return '"'
    return "'" if any(_is_enclosed(head, delimiter) for delimiter in _DELIMITERS if delimiter in head) else '"'


def _is_enclosed(head: str, delimiter: str) -> bool:
    """Return whether cells in apostrophes are as many as begin with one, and most words or some delimiters are in them.

    A word such as ``'tis`` begins with an apostrophe too, but does not end its cell with one.
    """
    edge = re.escape(delimiter)
    begins = rf"(?:^|(?<=[{edge}\r\n]))'"
    enclosed = re.compile(rf"{begins}((?:[^']|'')*)'(?=[{edge}\r\n]|$)")
    found = enclosed.findall(head)
    begun = len(re.findall(begins, head))
    if len(found) < _LEAST_ROWS or begun > len(found) + 1:
        return False
    below = enclosed.sub("", head).partition("\n")[2]
    words = [cell for cell in re.split(rf"[{edge}\r\n]", below) if cell.strip() and not is_figure(cell)]
    return len(found) > len(words) or sum(delimiter in cell for cell in found) > 1


def _escape(text: str, delimiter: str, parsed: _Parsed, *, quote: str, is_whole: bool) -> str:
    """Return a backslash if fewer rows are out of order when it makes quotes and delimiters part of their cells."""
    if quote != '"' or ('\\"' not in text and f"\\{delimiter}" not in text):
        return ""
    escaped = _parse(text, delimiter, quote=quote, is_whole=is_whole, escape="\\")
    return "\\" if _disorder(escaped) < _disorder(parsed) else ""


def _disorder(parsed: _Parsed) -> tuple[int, int]:
    """Return how many rows are no proper CSV, and how many are not as wide as the most."""
    widths = Counter(len(row) for row in parsed.rows if row)
    return parsed.n_mended, widths.total() - max(widths.values(), default=0)


def _lines_until(text: str, line: int) -> str:
    lines = split_text(text)
    return "".join(next(lines, "") for _ in range(line - 1))


def _line_end(text: str) -> str:
    outside = re.sub(r'"[^"]*"', "", text)
    found = Counter(_LINE_ENDS.findall(outside) or _LINE_ENDS.findall(text))
    return found.most_common(1)[0][0] if found else "\n"


def _quotes_all(text: str, rows: Sequence[Sequence[str]], delimiter: str, quote: str) -> bool:
    if not rows or not text.startswith(quote):
        return False
    found = re.findall(rf"(?:^|(?<=[\r\n{re.escape(delimiter)}])){quote}", text)
    return len(found) >= sum(map(len, rows)) > 0
