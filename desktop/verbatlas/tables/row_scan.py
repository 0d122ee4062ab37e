"""Find the cells of a well-formed text at once, many rows at a time, by where its delimiters, quotes and line ends are.

The rows are those that the strict parser of Python's csv module finds. Counted from the beginning of a row, every odd
quote opens a cell and every even one closes it or is the first of two that stand for one. That holds as long as the odd
ones stand at the beginning of a cell or behind a quote, and the even ones before a quote or at the end of a cell. The
first quote for which it does not ends what can be found like this.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verbatlas.tables.lazy_column import Piece, small
from verbatlas.tables.row_signs import CR, LF, Signs, signs_of


@dataclass(frozen=True, slots=True, eq=False)
class Scanned:
    """The first rows of a text.

    Attributes:
        piece: Their cells; a blank line is a row without cells.
        lines: Per row how many lines are before it: int64, shape (n_rows,).
        n_bytes: Where the next row begins.
        n_lines: How many lines they are.
        is_refused: Whether the row behind them has a quote out of place; otherwise it is not there as a whole.
    """

    piece: Piece
    lines: NDArray[np.int64]
    n_bytes: int
    n_lines: int
    is_refused: bool


def scan(text: bytes, *, delimiter: int, quote: int | None, is_end: bool) -> Scanned:
    """Find the rows of ``text``, which begins with one.

    Args:
        text: UTF-8, or any encoding in which the bytes below 128 stand for themselves.
        delimiter: The code of an ASCII character, no line end.
        quote: The code of another; None where quotes are characters like others.
        is_end: Whether nothing follows.
    """
    return rows_of(text, signs_of(text, delimiter, quote), delimiter=delimiter, quote=quote, is_end=is_end)


def rows_of(text: bytes, signs: Signs, *, delimiter: int, quote: int | None, is_end: bool) -> Scanned:
    """Find the rows in a part of ``text``, as if nothing were around it.

    Args:
        text: As of :func:`scan`.
        signs: Those of the part, which begins with a row.
        delimiter: What they were found by.
        quote: As well.
        is_end: Whether nothing follows the part.
    """
    touches = _touches_what_is_before(signs)
    wrong = _first_out_of_place(signs, touches)
    is_refused = wrong is not None or (is_end and signs.has_odd_quotes)
    signs, touches = signs.first(wrong), touches[:wrong]
    is_second = _is_second_of_two(signs.codes, touches)
    breaks = _breaks(signs, is_second, is_end=is_end)
    behind = breaks + 1  # per cell but the first one the sign that it begins with, or any later one
    is_pair = np.append(is_second, False)[behind]
    after = signs.places[breaks] + 1 + is_pair
    row_ends = np.flatnonzero(signs.codes[breaks] != delimiter)
    n_cells = int(row_ends[-1]) + 1 if len(row_ends) else 0
    end = int(after[n_cells - 1]) if n_cells else signs.begin
    is_open = is_end and not is_refused and end < signs.end
    first = np.append(0, row_ends + 1)
    if is_open:
        n_cells, end = len(breaks) + 1, signs.end
        first = np.append(first, n_cells)
    lines, n_lines = _lines(signs, is_second, breaks[row_ends], is_open=is_open)
    starts = np.append(signs.begin, after)[:n_cells]
    ends = np.append(signs.places[breaks], signs.end)[:n_cells]
    is_quoted = np.append(signs.is_quote & touches, False)[np.append(0, behind + is_pair)[:n_cells]]
    starts, ends, first = _cells(starts, ends, first, is_quoted)
    data = text if signs.begin else text[:end]
    doubled = chr(quote) if quote is not None and _has_doubled(signs, touches) else ""
    piece = Piece(data, small(starts, data), small(ends, data), first.astype(np.int32), doubled)
    return Scanned(piece, lines, end - signs.begin, n_lines, is_refused)


def _touches_what_is_before(signs: Signs) -> NDArray[np.bool_]:
    """Return which signs stand right behind another one or at the beginning."""
    touches: NDArray[np.bool_] = np.diff(signs.places, prepend=signs.begin - 1) == 1
    return touches


def _first_out_of_place(signs: Signs, touches: NDArray[np.bool_]) -> int | None:
    """Return which sign is the first quote that is not where quotes are in a well-formed text."""
    is_right = np.append(touches[1:], signs.places[-1:] == signs.end - 1)  # for one that closes
    np.copyto(is_right, touches, where=signs.is_odd)
    wrong = signs.is_quote & ~is_right
    return int(wrong.argmax()) if wrong.any() else None


def _is_second_of_two(codes: NDArray[np.uint8], touches: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which signs are line feeds right behind a carriage return, which are one line end with it."""
    is_second = np.zeros(len(codes), np.bool_)
    is_cr = codes[:-1] == CR
    if is_cr.any():
        is_second[1:] = is_cr & (codes[1:] == LF) & touches[1:]
    return is_second


def _breaks(signs: Signs, is_second: NDArray[np.bool_], *, is_end: bool) -> NDArray[np.int64]:
    """Return which signs end a cell; a carriage return at the end may be half a line end as long as more follows."""
    breaks = np.flatnonzero(~(signs.is_quote | signs.is_odd | is_second))
    last = breaks[-1:]
    is_cut = not is_end and bool(((signs.codes[last] == CR) & (signs.places[last] == signs.end - 1)).any())
    return breaks[:-1] if is_cut else breaks


def _has_doubled(signs: Signs, touches: NDArray[np.bool_]) -> bool:
    """Return whether there are two quotes that stand for one."""
    return bool((signs.is_quote[:-1] & ~signs.is_odd[:-1] & signs.is_quote[1:] & touches[1:]).any())


def _lines(
    signs: Signs, is_second: NDArray[np.bool_], row_ends: NDArray[np.int64], *, is_open: bool
) -> tuple[NDArray[np.int64], int]:
    """Return how many lines are before each row and in all rows; line ends in quoted cells count.

    Args:
        signs: All signs.
        is_second: Which of them belong to the line end before.
        row_ends: Which of them end rows.
        is_open: Whether another row follows that has no line end.
    """
    is_end = signs.is_line_end & ~is_second
    if np.count_nonzero(is_end[: row_ends[-1] + 1 if len(row_ends) else 0]) == len(row_ends):
        before = np.arange(len(row_ends) + 1)
    else:
        before = np.append(0, np.cumsum(is_end)[row_ends])
    if is_open:
        return before, int(np.count_nonzero(is_end)) + 1
    return before[:-1], int(before[-1])


def _cells(
    starts: NDArray[np.int64], ends: NDArray[np.int64], first: NDArray[np.int64], is_quoted: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the cells between delimiters and line ends without their quotes, and blank lines without a cell."""
    is_blank = (np.diff(first) == 1) & (starts == ends)[first[:-1]]
    if is_blank.any():
        is_kept = np.ones(len(starts), np.bool_)
        is_kept[first[:-1][is_blank]] = False
        starts, ends, is_quoted = starts[is_kept], ends[is_kept], is_quoted[is_kept]
        first = first - np.append(0, np.cumsum(is_blank))
    return starts + is_quoted, ends - is_quoted, first
