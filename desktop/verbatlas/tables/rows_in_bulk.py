"""The rows of a delimited text, many at a time where it is well-formed, and one by one where it is not."""

import itertools
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Executor, Future
from contextlib import closing
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verbatlas.tables.lazy_column import Piece, piece_of
from verbatlas.tables.row_borders import row_borders
from verbatlas.tables.row_scan import Scanned, rows_of, scan
from verbatlas.tables.row_signs import Signs, signs_of
from verbatlas.tables.rows import Before, Rows
from verbatlas.tables.table import TableFormat

_ROWS_AT_ONCE = 500
# To look at a piece of text costs as much as reading a hundred rows or two one by one. Where a quote is out of place
# every few rows, ever more of them are read so before the next look.
_WORTH_A_LOOK = 500
_MOST_BY_ONE = 20_000
_LOOKED_AT = 256 * 1024  # bytes
# Pieces of the text. What is looked at behind a row that is refused is lost: it must not be more than what went well.
_MOST_AHEAD = 8
_LOOKED_THROUGH_AHEAD = 3  # for signs, before it is known where in them rows begin
_WORTH_LOOKING_AHEAD = 4 * 1024 * 1024  # bytes without such a row


@dataclass(frozen=True, slots=True, eq=False)
class Bulk:
    """Some rows.

    Attributes:
        piece: Their cells; a blank line is a row without cells.
        lines: The line of the text, from 1, that each begins at: int64, shape (n_rows,).
    """

    piece: Piece
    lines: NDArray[np.int64]


class RowsInBulk:
    """All rows of a text, the same that :class:`verbatlas.tables.rows.Rows` gives one by one.

    Attributes:
        before: What the rows so far say about those that follow.
    """

    def __init__(self, pieces: Iterator[bytes], table_format: TableFormat, *, threads: Executor | None = None) -> None:
        """Prepare to read.

        Args:
            pieces: The text in UTF-8; a character may be cut between two pieces.
            table_format: Its delimiter, quote, escape and skip_spaces.
            threads: Where several pieces are looked at side by side; one after the other here if not given.
        """
        self._text = _Text(pieces)
        self._format = table_format
        self._threads = threads
        self.before = Before()

    def take_lines(self, count: int) -> list[str]:
        """Return the next ``count`` lines with their line ends, which are no rows."""
        lines = _Lines(self._text)
        taken = list(itertools.islice(lines, count))
        lines.give_back(len(taken))
        self.before.next_line += len(taken)
        return taken

    def take_row(self) -> list[str]:
        """Return the next row; an empty one at the end."""
        batches = list(self._one_by_one(1))  # all of one: at its end the lines behind the row are given back
        return batches[0][0][0] if batches else []

    def __iter__(self) -> Iterator[Bulk]:
        """Yield the rest of the rows."""
        if not _is_simple(self._format):
            yield from self._packed(None)
            return
        n_by_one, n_at_once, n_clean = 1, _WORTH_A_LOOK, _WORTH_LOOKING_AHEAD
        n_trusted = _WORTH_LOOKING_AHEAD
        while self._text.held or self._text.fill():
            found = self._scan()
            self._text.held = self._text.held[found.n_bytes :]
            yield from self._passed(found)
            n_at_once += found.piece.n_rows
            n_clean += found.n_bytes
            is_refused = found.is_refused
            if self._threads is not None and not is_refused and n_clean >= n_trusted:
                n_more, is_refused = yield from self._ahead(self._threads)
                n_at_once += n_more
                n_trusted *= 1 + is_refused  # where rows are refused again and again, soon nothing is lost any more
            if is_refused:
                n_by_one = 1 if n_at_once >= _WORTH_A_LOOK else min(4 * n_by_one, _MOST_BY_ONE)
                n_at_once = n_clean = 0
                yield from self._packed(n_by_one)
            else:
                self._text.fill()

    def _scan(self) -> Scanned:
        return scan(
            self._text.held,
            delimiter=ord(self._format.delimiter),
            quote=self._quote,
            is_end=self._text.is_end,
        )

    @property
    def _quote(self) -> int | None:
        return ord(self._format.quote) if self.before.quotes_count else None

    def _ahead(self, threads: Executor) -> Generator[Bulk, None, tuple[int, bool]]:
        """Yield rows as long as they are well-formed, and return how many and whether the next one is refused.

        Ever more pieces are looked at at once. What was found behind a row that is refused is forgotten: nobody knows
        yet where the next one begins.
        """
        waiting: deque[tuple[_Section, Future[list[Scanned]]]] = deque()
        n_rows, n_ahead = 0, 1
        delimiter, quote = ord(self._format.delimiter), self._quote
        with closing(self._text.sections(delimiter, quote, threads)) as sections:
            while True:
                for section in itertools.islice(sections, n_ahead - len(waiting)):
                    waiting.append((section, threads.submit(section.scan, delimiter, quote)))
                if not waiting:
                    return n_rows, False
                section, future = waiting.popleft()
                results = future.result()
                for found in results:
                    yield from self._passed(found)
                    n_rows += found.piece.n_rows
                if results[-1].is_refused:
                    break
                n_ahead = min(2 * n_ahead, _MOST_AHEAD)
        n_known = sum(found.n_bytes for found in results)
        self._text.give_back([section.text()[n_known:], *(later.text() for later, _future in waiting)])
        return n_rows, True

    def _passed(self, found: Scanned) -> Iterator[Bulk]:
        if not found.piece.n_rows:
            return
        yield Bulk(found.piece, found.lines + self.before.next_line)
        self.before.next_line += found.n_lines
        widths = found.piece.widths
        several = widths[widths > 1]
        self.before.note_width(int(several[-1] if len(several) else widths.max()))
        self.before.widths.update(np.flatnonzero(np.bincount(several)).tolist())

    def _packed(self, most: int | None) -> Iterator[Bulk]:
        for rows, lines in self._one_by_one(most):
            yield Bulk(piece_of(rows), np.array(lines, np.int64))

    def _one_by_one(self, most: int | None) -> Iterator[tuple[list[list[str]], list[int]]]:
        """Yield the next rows, ``most`` of them or all, and their lines, in small batches that hold no other thread."""
        lines = _Lines(self._text)
        start = self.before.next_line
        reader = Rows(
            lines,
            self._format.delimiter,
            quote=self._format.quote,
            escape=self._format.escape,
            skip_spaces=self._format.skip_spaces,
            before=self.before,
        )
        rows = ((row, reader.line) for row in itertools.islice(reader, most))
        while batch := list(itertools.islice(rows, _ROWS_AT_ONCE)):
            lines.forget(self.before.next_line - start)
            start = self.before.next_line
            yield [row for row, _line in batch], [line for _row, line in batch]
        lines.give_back(self.before.next_line - start)


def _is_simple(table_format: TableFormat) -> bool:
    """Return whether delimiters, quotes and line ends are one byte each that means the same wherever it is."""
    signs = {table_format.delimiter, table_format.quote}
    return (
        not (table_format.escape or table_format.skip_spaces)
        and len(signs) == 2
        and all(len(sign) == 1 and sign.isascii() and sign not in "\r\n" for sign in signs)
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Section:
    """Some rows: one that began before a piece of the text, and those that are whole within it.

    Attributes:
        head: The text of the first.
        piece: The piece.
        signs: Those of the others in it.
    """

    head: bytes
    piece: bytes
    signs: Signs

    def scan(self, delimiter: int, quote: int | None) -> list[Scanned]:
        """Find the cells; nothing is looked for behind a row that is refused."""
        found = [scan(self.head, delimiter=delimiter, quote=quote, is_end=True)]
        if not found[0].is_refused and self.signs.begin < self.signs.end:
            found.append(rows_of(self.piece, self.signs, delimiter=delimiter, quote=quote, is_end=True))
        return found

    def text(self) -> bytes:
        """Return all of it."""
        return self.head + self.piece[self.signs.begin : self.signs.end]


class _Text:
    """The text from the next row on, as far as it is known."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._given_back: deque[bytes] = deque()
        self.held = b""
        self.is_end = False

    def fill(self) -> bool:
        """Hold at least twice as much, and return whether there was more: a long row is not looked at too often."""
        wanted, got = len(self.held), [self.held]
        while (piece := self._next()) is not None:
            got.append(piece[:_LOOKED_AT])
            self._put_back([piece[_LOOKED_AT:]])
            wanted -= len(got[-1])
            if wanted <= 0:
                break
        else:
            self.is_end = True
        self.held = b"".join(got)
        return len(got) > 1

    def sections(self, delimiter: int, quote: int | None, threads: Executor) -> Generator[_Section]:
        """Yield the text up to the last row end of each piece, until there is none in one.

        Closing it gives back what it has taken and not yielded.
        """
        waiting: deque[tuple[bytes, Future[Signs]]] = deque()
        is_inside = quote is not None and self.held.count(quote) % 2 == 1
        try:
            while True:
                while len(waiting) < _LOOKED_THROUGH_AHEAD and (piece := self._next()) is not None:
                    waiting.append((piece, threads.submit(signs_of, piece, delimiter, quote)))
                if not waiting:
                    return
                piece, future = waiting[0]
                signs = future.result()
                borders = row_borders(signs, is_inside=is_inside)
                if borders is None:
                    return
                waiting.popleft()
                is_inside ^= signs.has_odd_quotes
                section = _Section(self.held + piece[: borders[0]], piece, signs.between(*borders))
                self.held = piece[borders[1] :]
                yield section
        finally:
            self._put_back(piece for piece, _signs in waiting)

    def give_back(self, texts: Iterable[bytes]) -> None:
        """Have texts that stand before what is held again."""
        self._put_back([*texts, self.held])
        self.held = b""

    def _next(self) -> bytes | None:
        return self._given_back.popleft() if self._given_back else next(self._pieces, None)

    def _put_back(self, texts: Iterable[bytes]) -> None:
        self._given_back.extendleft(reversed([text for text in texts if text]))


class _Lines(Iterator[str]):
    """The lines of a text with their line ends; those that nobody wanted can be given back."""

    def __init__(self, text: _Text) -> None:
        self._text = text
        self._given: deque[bytes] = deque()
        self._waiting: deque[bytes] = deque()

    def __next__(self) -> str:
        while not self._waiting:
            self._split()
        self._given.append(self._waiting.popleft())
        return self._given[-1].decode()

    def _split(self) -> None:
        lines = self._text.held.splitlines(keepends=True)
        # A line feed may follow a carriage return at the end of what is known.
        self._text.held = lines.pop() if lines and not self._text.is_end and lines[-1][-1:] != b"\n" else b""
        self._waiting.extend(lines)
        if not lines and not self._text.fill() and not self._text.held:
            raise StopIteration

    def forget(self, count: int) -> None:
        """Forget the first ``count`` of the lines that are remembered."""
        for _line in range(count):
            self._given.popleft()

    def give_back(self, count: int) -> None:
        """Give all but the first ``count`` of the remembered lines back to the text."""
        self._text.held = b"".join([*itertools.islice(self._given, count, None), *self._waiting, self._text.held])
