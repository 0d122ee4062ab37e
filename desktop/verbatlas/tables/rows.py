"""Take a delimited text apart into rows; a quote out of place spoils its own line and nothing after it."""

import csv
import io
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

_LONGEST_CELL = 2**31 - 1
_ESCAPED = re.compile(r'\\(["\\])')
_STAND_IN = "\ufdd0"  # in no text: Unicode keeps it for a program's own use
# How often a quote may stay open to the end of the file before all quotes in the rest are taken as they stand.
_MOST_OPEN_ENDS = 3


def allow_long_cells() -> None:
    """Let cells be as long as they are: the csv module refuses more than 128 KiB, for the whole process."""
    csv.field_size_limit(_LONGEST_CELL)


@dataclass(slots=True)
class Before:
    """What the rows read so far say about those that follow.

    Attributes:
        next_line: The number of the line, from 1, that the next row begins at.
        width: How many cells the last row of more than one has.
        widths: How many cells any row so far has, if more than one.
        n_open_ends: How many quotes stayed open to the end of the text.
        mended: The lines that were no proper CSV.
    """

    next_line: int = 1
    width: int = 0
    widths: set[int] = field(default_factory=set)
    n_open_ends: int = 0
    mended: list[int] = field(default_factory=list)

    @property
    def quotes_count(self) -> bool:
        """Whether quotes in the rest are quotes, and not characters like others."""
        return self.n_open_ends <= _MOST_OPEN_ENDS

    def note_width(self, width: int) -> None:
        """Remember how many cells a row has."""
        if width > 1 or not self.width:
            self.width = width
        if width > 1:
            self.widths.add(width)


class Rows:
    """The rows of a text, one after the other, with the lines that they begin at.

    The strict parser of the csv module does the work. Where it refuses a line, because text follows a closing quote or
    a quote is never closed, that line alone is taken apart by what an analyst would see in it, and the parser goes on
    with the next one. Nothing is left out.

    Attributes:
        line: The line, from 1, at which the last row began.
        before: What the rows so far say about those that follow.
    """

    def __init__(
        self,
        lines: Iterable[str],
        delimiter: str,
        *,
        quote: str = '"',
        escape: str = "",
        skip_spaces: bool = False,
        is_cut: bool = False,
        before: Before | None = None,
    ) -> None:
        """Prepare to read ``lines``, which keep their line ends.

        Args:
            lines: The text, split at its line ends.
            delimiter: One character.
            quote: One character.
            escape: A backslash where that makes a quote or a delimiter part of its cell, otherwise empty.
            skip_spaces: Whether spaces after a delimiter are no part of the cell.
            is_cut: Whether the text may end within a row, which is then left out.
            before: What earlier rows of the same text say; kept up to date.
        """
        allow_long_cells()
        self._lines = iter(lines)
        self._again: deque[str] = deque()
        self._pending: list[str] = []
        self._delimiter, self._quote, self._escape = delimiter, quote, escape
        self._escaped_delimiter = re.compile(rf"(?<!\\)((?:\\\\)*)\\{re.escape(delimiter)}")
        self._skip_spaces, self._is_cut = skip_spaces, is_cut
        self.before = before or Before()
        self._n_taken = self.before.next_line - 1
        self.line = self.before.next_line

    def __iter__(self) -> Iterator[list[str]]:
        """Yield the cells of every row; none for a blank line."""
        pending = self._pending
        while True:
            reader = csv.reader(
                self._feed(),
                delimiter=self._delimiter,
                quotechar=self._quote,
                quoting=csv.QUOTE_MINIMAL if self.before.quotes_count else csv.QUOTE_NONE,
                skipinitialspace=self._skip_spaces,
                strict=True,
            )
            try:
                for row in reader:
                    self.line = self._n_taken - len(pending) + 1
                    pending.clear()
                    self.before.note_width(len(row))
                    self.before.next_line = self._n_taken + 1
                    yield self._without_stand_ins(row)
            except csv.Error as error:
                self.line = self._n_taken - len(pending) + 1
                mended = self._mend(at_end="unexpected end" in str(error))
                self.before.mended.append(self.line)
                self.before.next_line = self._n_taken + 1
                yield from map(self._without_stand_ins, mended)
            else:
                return

    def _feed(self) -> Iterator[str]:
        while True:
            line = self._again.popleft() if self._again else next(self._lines, None)
            if line is None:
                return
            self._n_taken += 1
            if self._escape and "\\" in line:
                line = self._escaped_delimiter.sub(rf"\1{_STAND_IN}", line)
                line = _ESCAPED.sub(lambda found: found[1] * 2 if found[1] == '"' else "\\", line)
            self._pending.append(line)
            yield line

    def _without_stand_ins(self, row: list[str]) -> list[str]:
        """Return the row with the delimiters that a backslash made part of their cells."""
        return [cell.replace(_STAND_IN, self._delimiter) for cell in row] if self._escape else row

    def _mend(self, *, at_end: bool) -> list[list[str]]:
        """Return the row of the first line that was refused, and have the others read once more."""
        first, *rest = self._pending
        self._pending.clear()
        if at_end and not self._is_stray(first, rest):
            return [] if self._is_cut else [self._open_cell(first, rest)]
        self.before.n_open_ends += at_end
        self._again.extendleft(reversed(rest))
        self._n_taken -= len(rest)
        return [split_leniently(first, self._delimiter, quote=self._quote, width=self.before.width)]

    def _is_stray(self, first: str, rest: Sequence[str]) -> bool:
        """Return whether the lines within an open quote look like rows of their own rather than like one text."""
        if not rest:
            return first.endswith(("\n", "\r"))
        if self.before.width < 2:
            return len(rest) > 20
        some = rest[:200]
        counts = Counter(line.count(self._delimiter) + 1 for line in some)
        alike = max((counts[width] for width in self.before.widths), default=0)
        return 2 * alike >= len(some) or (self._is_cut and alike >= 3)

    def _open_cell(self, first: str, rest: Sequence[str]) -> list[str]:
        """Return the row whose last cell is quoted and goes on to the end of the text."""
        closed = "".join([first, *rest])
        start = max(
            (
                found.start()
                for found in re.finditer(rf"(?:^|(?<={re.escape(self._delimiter)}))[ ]*{self._quote}", first)
            ),
            default=0,
        )
        before = split_leniently(first[:start], self._delimiter, quote=self._quote)[:-1] if start else []
        return [*before, closed[start:].lstrip(" ").removeprefix(self._quote).replace(self._quote * 2, self._quote)]


def split_text(text: str) -> io.StringIO:
    """Return the lines of ``text`` with their line ends, whichever they are."""
    return io.StringIO(text, newline="")


def split_leniently(line: str, delimiter: str, *, quote: str = '"', width: int = 0) -> list[str]:
    """Return the cells of a line that is no proper CSV.

    A quote closes its cell only where a delimiter or the end of the line follows. If that does not give the ``width``
    of the other rows and taking all quotes as they stand does, that is done.
    """
    body = line.rstrip("\r\n")
    plain = body.split(delimiter)
    cells: list[str] = []
    position = 0
    while True:
        found = _quoted(delimiter, quote).match(body, position) or _carelessly_quoted(delimiter, quote).match(
            body, position
        )
        if found:
            cells.append(found[1].replace(quote * 2, quote))
            position = found.end()
        else:
            end = body.find(delimiter, position)
            end = len(body) if end < 0 else end
            cells.append(body[position:end])
            position = end
        if position >= len(body):
            break
        position += 1
    if len(cells) != width and len(plain) == width:
        return plain
    return cells


@cache
def _quoted(delimiter: str, quote: str) -> re.Pattern[str]:
    return re.compile(rf" *{quote}([^{quote}]*(?:{quote * 2}[^{quote}]*)*){quote} *(?={re.escape(delimiter)}|$)")


@cache
def _carelessly_quoted(delimiter: str, quote: str) -> re.Pattern[str]:
    return re.compile(rf"{quote}(.*?){quote}(?={re.escape(delimiter)}|$)", re.DOTALL)
