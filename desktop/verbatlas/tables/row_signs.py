"""Find the delimiters, line ends and quotes of a text, which are few among its bytes; the rest goes by them alone."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LF, CR = 10, 13
# Bytes. For every step a thread has to wait for the others, and fresh memory for its result costs more than the step.
_AT_ONCE = 512 * 1024


@dataclass(frozen=True, slots=True, eq=False)
class Signs:
    """The delimiters, line ends and quotes of a text or a part of it.

    Attributes:
        begin: Where the part begins in the text.
        end: Where it ends.
        places: Where in the text they are: int64, shape (n,), ascending.
        codes: What they are: uint8, shape (n,).
        is_quote: Which are quotes: bool, shape (n,).
        is_odd: Per sign whether the quotes of the part up to it, itself included, are odd in number: bool, shape (n,).
    """

    begin: int
    end: int
    places: NDArray[np.int64]
    codes: NDArray[np.uint8]
    is_quote: NDArray[np.bool_]
    is_odd: NDArray[np.bool_]

    @property
    def is_line_end(self) -> NDArray[np.bool_]:
        """Which are line feeds or carriage returns."""
        is_line_end: NDArray[np.bool_] = (self.codes == LF) | (self.codes == CR)
        return is_line_end

    @property
    def has_odd_quotes(self) -> bool:
        """Whether the number of all quotes is odd."""
        return bool(self.is_odd[-1:].any())

    def first(self, count: int | None) -> "Signs":
        """Return the first ``count`` of them; all if it is None."""
        return Signs(
            self.begin, self.end, self.places[:count], self.codes[:count], self.is_quote[:count], self.is_odd[:count]
        )

    def between(self, begin: int, end: int) -> "Signs":
        """Return those of a smaller part of the text."""
        first, last = np.searchsorted(self.places, (begin, end)).tolist()
        some = slice(first, last)
        is_odd = self.is_odd[some]
        if self.is_odd[:first][-1:].any():
            is_odd = ~is_odd
        return Signs(begin, end, self.places[some], self.codes[some], self.is_quote[some], is_odd)


def signs_of(text: bytes, delimiter: int, quote: int | None, *, begin: int = 0, end: int | None = None) -> Signs:
    """Return the signs of ``text``.

    Args:
        text: In an encoding in which the bytes below 128 stand for themselves.
        delimiter: The code of an ASCII character, no line end.
        quote: The code of another; None where quotes are characters like others.
        begin: Where in ``text`` to begin.
        end: Where to end; at its end if not given.
    """
    end = len(text) if end is None else end
    wanted = [delimiter, LF, *([CR] if b"\r" in text else []), *([] if quote is None else [quote])]
    places, codes = _found(np.frombuffer(text, np.uint8)[begin:end], wanted)
    places += begin
    is_quote = np.zeros(len(codes), np.bool_) if quote is None else codes == quote
    is_odd = np.bitwise_xor.accumulate(is_quote.view(np.uint8)).view(np.bool_)
    return Signs(begin, end, places, codes, is_quote, is_odd)


def _found(codes: NDArray[np.uint8], wanted: list[int]) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """Return where in ``codes`` the ``wanted`` ones are, and which each is."""
    places, kinds = [np.zeros(0, np.int64)], [np.zeros(0, np.uint8)]
    room = np.empty((2, min(len(codes), _AT_ONCE)), np.bool_)
    for begin in range(0, len(codes), _AT_ONCE):
        some = codes[begin : begin + _AT_ONCE]
        is_wanted, is_one = room[:, : len(some)]
        np.equal(some, wanted[0], out=is_wanted)
        for code in wanted[1:]:
            is_wanted |= np.equal(some, code, out=is_one)
        found = np.flatnonzero(is_wanted)
        kinds.append(some[found])
        found += begin
        places.append(found)
    return np.concatenate(places), np.concatenate(kinds)
