"""Guess how a delimited text is written: its delimiter, quoting, line ends and header."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_DELIMITERS = (",", "\t", ";", "|")
_NUMBER_OR_DATE = re.compile(r"\s*[-+]?[\d.,:/\-\s年月日]*\d[\d.,:/\-\s%年月日]*\s*")
_LONGEST_NAME = 60
_LONGEST_CELL = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the cells of a text are set apart."""

    delimiter: str
    line_end: str
    has_header: bool
    quote_all: bool


def detect_dialect(text: str, *, is_whole: bool) -> Dialect:
    """Return the likeliest dialect of a table that begins with ``text``.

    Args:
        text: The beginning of the file, decoded, its line ends untouched.
        is_whole: Whether that is all of it; otherwise its last row may be cut and is left aside.
    """
    delimiter = _delimiter(text, is_whole=is_whole)
    rows = parse(text, delimiter)
    if not is_whole and len(rows) > 1:
        rows.pop()
    rows = [row for row in rows if row]
    return Dialect(
        delimiter=delimiter,
        line_end=_line_end(text),
        has_header=looks_like_header(rows),
        quote_all=_quotes_all(text, rows, delimiter),
    )


def parse(text: str, delimiter: str) -> list[list[str]]:
    """Return the rows of ``text``; line breaks inside quotes belong to their cell."""
    allow_long_cells()
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def allow_long_cells() -> None:
    """Let cells be as long as they are: the csv module refuses more than 128 KiB, for the whole process."""
    csv.field_size_limit(_LONGEST_CELL)


def _delimiter(text: str, *, is_whole: bool) -> str:
    best, best_score = ",", 0.0
    for delimiter in _DELIMITERS:
        rows = parse(text, delimiter)
        if not is_whole and len(rows) > 1:
            rows.pop()
        rows = [row for row in rows if row]
        widths = Counter(map(len, rows))
        # One column of comments in which somebody wrote a semicolon is still one column.
        if not rows or (len(rows[0]) == 1 and 2 * widths[1] > widths.total()):
            continue
        width, count = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
        # A delimiter that is there in every row beats one that many rows happen to contain, whatever the width.
        score = (count / widths.total()) ** 2 * (1 + 0.05 * min(width, 20)) if width > 1 else 0.0
        if score > best_score + 1e-9:
            best, best_score = delimiter, score
    return best


def _line_end(text: str) -> str:
    outside = re.sub(r'"[^"]*"', "", text)
    found = re.search(r"\r\n|\n|\r", outside) or re.search(r"\r\n|\n|\r", text)
    return found.group() if found else "\n"


def _quotes_all(text: str, rows: Sequence[Sequence[str]], delimiter: str) -> bool:
    cells = [cell for row in rows[:200] for cell in row]
    if not cells or not text.startswith('"'):
        return False
    pattern = rf'(?:^|(?<=[\r\n{re.escape(delimiter)}]))"'
    return len(re.findall(pattern, text)) >= sum(map(len, rows)) > 0


def looks_like_header(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether the first row names the columns.

    In doubt it does: feedback files come with a header nearly always. It plainly does not when a name would be a
    number, a date, a sentence, or stand a second time in its own column.
    """
    if len(rows) < 2:
        return True
    first, rest = rows[0], rows[1:200]
    if any(_NUMBER_OR_DATE.fullmatch(cell) for cell in first):
        return False
    if any(len(cell) > _LONGEST_NAME or "\n" in cell for cell in first):
        return False
    filled = [cell for cell in first if cell.strip()]
    if not filled:
        return False
    for index, name in enumerate(first):
        column = [row[index] for row in rest if index < len(row)]
        if name.strip() and len(column) > 5 and column.count(name) > 1:
            return False
    return not (len(first) == 1 and _is_sentence(first[0]))


def _is_sentence(text: str) -> bool:
    return bool(re.search(r"[.!?。！？]\s*$", text)) or len(text.split()) > 5
