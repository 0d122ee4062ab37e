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

_LF, _CR = 10, 13
# Bytes. For every step a thread has to wait for the others, and fresh memory for its result costs more than the step.
_AT_ONCE = 512 * 1024


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


def scan(
    text: bytes, *, delimiter: int, quote: int | None, is_end: bool, begin: int = 0, end: int | None = None
) -> Scanned:
    """Find the rows of ``text``, which begins with one.

    Args:
        text: UTF-8, or any encoding in which the bytes below 128 stand for themselves.
        delimiter: The code of an ASCII character, no line end.
        quote: The code of another; None where quotes are characters like others.
        is_end: Whether nothing follows.
        begin: Where in ``text`` to begin, as if nothing were before.
        end: Where to end, as if nothing were behind; at its end if not given.
    """
    codes = np.frombuffer(text, np.uint8)[begin:end]
    size = len(codes)
    quote = quote if quote is not None and bytes([quote]) in text else None
    places = _special_places(codes, delimiter, quote, has_cr=b"\r" in text)
    kinds = codes[places]
    limit, is_refused, has_doubled = size, False, False
    outside = places
    if quote is not None:
        is_quote = kinds == quote
        quotes = places[is_quote]
        wrong = _first_out_of_place(codes, quotes, delimiter, quote)
        is_refused = wrong is not None or (is_end and len(quotes) % 2 == 1)
        limit = size if wrong is None else wrong
        has_doubled = bool((quotes[1:-1:2] + 1 == quotes[2::2]).any())
        is_inside = np.cumsum(is_quote, dtype=np.uint8) & 1  # of the number of quotes only whether it is odd counts
        outside = places[(is_quote | is_inside) == 0]
    breaks = _without_second_of_two(codes, outside if limit == size else outside[outside < limit])
    is_row_end = codes[breaks] != delimiter
    after = _behind(codes, breaks)
    if not is_end and len(breaks) and breaks[-1] == size - 1 and codes[-1] == _CR:
        breaks, is_row_end, after = breaks[:-1], is_row_end[:-1], after[:-1]  # a line feed may follow
    last = np.flatnonzero(is_row_end)[-1:]
    n_bytes = int(after[last[0]]) if len(last) else 0
    if is_end and not is_refused and n_bytes < size:
        breaks, is_row_end = np.append(breaks, size), np.append(is_row_end, True)
        after = np.append(after, size)
        last, n_bytes = np.array([len(breaks) - 1]), size
    n_cells = int(last[0]) + 1 if len(last) else 0
    starts = np.concatenate([np.zeros(1, np.int64), after])[:n_cells]
    first = np.concatenate([np.zeros(1, np.int64), np.flatnonzero(is_row_end[:n_cells]) + 1])
    lines, n_lines = _lines(codes, places[kinds != delimiter], starts[first[:-1]], n_bytes, quote)
    starts, ends, first = _cells(codes[:n_bytes], starts, breaks[:n_cells], first, quote)
    data = text if begin else text[:n_bytes]
    doubled = chr(quote) if quote is not None and has_doubled else ""
    piece = Piece(data, small(starts + begin, data), small(ends + begin, data), first.astype(np.int32), doubled)
    return Scanned(piece, lines, n_bytes, n_lines, is_refused)


def _special_places(codes: NDArray[np.uint8], delimiter: int, quote: int | None, *, has_cr: bool) -> NDArray[np.int64]:
    """Return where delimiters, line ends and quotes are."""
    signs = [_LF, *([_CR] if has_cr else []), *([quote] if quote is not None else [])]
    found = [np.zeros(0, np.int64)]
    room = np.empty((2, min(len(codes), _AT_ONCE)), np.bool_)
    for begin in range(0, len(codes), _AT_ONCE):
        some = codes[begin : begin + _AT_ONCE]
        is_special, is_one = room[:, : len(some)]
        np.equal(some, delimiter, out=is_special)
        for sign in signs:
            is_special |= np.equal(some, sign, out=is_one)
        found.append(np.flatnonzero(is_special))
        found[-1] += begin
    return np.concatenate(found)


def _first_out_of_place(codes: NDArray[np.uint8], quotes: NDArray[np.int64], delimiter: int, quote: int) -> int | None:
    """Return the place of the first quote that is not where quotes are in a well-formed text."""
    may_touch = np.zeros(256, np.bool_)
    may_touch[[delimiter, _LF, _CR, quote]] = True
    opening, closing = quotes[0::2], quotes[1::2]
    is_right = may_touch[codes[opening - 1]] | (opening == 0)
    wrong = opening[~is_right][:1].tolist()
    last = len(codes) - 1
    is_right = may_touch[codes[np.minimum(closing + 1, last)]] | (closing == last)
    wrong += closing[~is_right][:1].tolist()
    return min(wrong, default=None)


def _without_second_of_two(codes: NDArray[np.uint8], places: NDArray[np.int64]) -> NDArray[np.int64]:
    """Leave out the line feeds right behind a carriage return, which are one line end with it."""
    is_second = (codes[places] == _LF) & (codes[places - 1] == _CR) & (places > 0)
    return places[~is_second] if is_second.any() else places


def _behind(codes: NDArray[np.uint8], breaks: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where the cell after each delimiter or line end begins."""
    is_cr = codes[breaks] == _CR
    after = breaks + 1
    if is_cr.any():
        after += is_cr & (codes[np.minimum(after, len(codes) - 1)] == _LF) & (after < len(codes))
    return after


def _lines(
    codes: NDArray[np.uint8],
    ends: NDArray[np.int64],
    starts: NDArray[np.int64],
    n_bytes: int,
    quote: int | None,
) -> tuple[NDArray[np.int64], int]:
    """Return how many lines are before each row and in all rows; line ends in quoted cells count."""
    if quote is None:
        return np.arange(len(starts)), len(starts)
    ends = _without_second_of_two(codes, ends[codes[ends] != quote])
    n_lines = int(np.searchsorted(ends, n_bytes))
    # A last line without an end is a line too.
    n_lines += n_bytes == len(codes) and n_bytes > 0 and int(codes[-1]) not in {_LF, _CR}
    return np.searchsorted(ends, starts), n_lines


def _cells(
    codes: NDArray[np.uint8],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    first: NDArray[np.int64],
    quote: int | None,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the cells between delimiters and line ends without their quotes, and blank lines without a cell."""
    is_empty = starts == ends
    is_blank = (np.diff(first) == 1) & is_empty[first[:-1]]
    if is_blank.any():
        is_kept = np.ones(len(starts), np.bool_)
        is_kept[first[:-1][is_blank]] = False
        starts, ends, is_empty = starts[is_kept], ends[is_kept], is_empty[is_kept]
        first = first - np.concatenate([np.zeros(1, np.int64), np.cumsum(is_blank)])
    if quote is not None and len(codes):
        is_quoted = (codes[np.minimum(starts, len(codes) - 1)] == quote) & ~is_empty
        starts, ends = starts + is_quoted, ends - is_quoted
    return starts, ends, first
