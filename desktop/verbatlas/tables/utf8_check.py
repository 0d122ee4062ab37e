"""Tell whether bytes are UTF-8 without holding up other threads: Python's decoder lets none of them run meanwhile."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

# Below this share of bytes beyond ASCII only they are looked at.
_RARE = 1 / 16
_ONE_OF = 509  # bytes are looked at to tell that
_WORD, _HIGH_BITS = 8, np.uint64(0x8080808080808080)
# Most texts have none of these, which is found out at once: two begin no character, two not with every second byte.
_SELDOM_FIRST = (0xC0, 0xC1, 0xE0, 0xED)
_FIRST_OF_FOUR = 0xF0  # in practice the only one, of emoji and seldom characters
# Bytes. For every step a thread has to wait for the others, and fresh memory for its result costs more than the step.
_AT_ONCE = 512 * 1024


def refuse_invalid(data: bytes, begin: int, end: int) -> None:
    """Refuse what is no UTF-8.

    Args:
        data: Bytes.
        begin: Where to begin.
        end: Where to end; a character that is cut there is invalid.

    Raises:
        UnicodeDecodeError: The bytes between are invalid.
    """
    codes = np.frombuffer(data, np.uint8)
    room = np.empty((3, min(end - begin, _AT_ONCE + 3)), np.bool_)
    while begin < end:
        stop = min(begin + _AT_ONCE, end)
        last = min(stop + 3, end)  # no valid character goes on behind that
        stop = next((at for at in range(stop, last) if not 0x80 <= data[at] < 0xC0), last)
        some = codes[begin:stop]
        greatest = int(some.max())
        if greatest >= 0x80:
            seldom: Sequence[int] = _SELDOM_FIRST
            if _is_rare(some):
                some = _beyond_ascii(some, room[0])
            else:
                seldom = [first for first in seldom if data.find(first, begin, stop) >= 0]
            if not is_valid(some, room[:, : len(some)], greatest=greatest, seldom=seldom):
                data[begin:end].decode()
        begin = stop


def is_valid(
    codes: NDArray[np.uint8], room: NDArray[np.bool_], *, greatest: int, seldom: Sequence[int] = _SELDOM_FIRST
) -> bool:
    """Return whether ``codes`` are UTF-8, by the table of well-formed byte sequences of the Unicode standard (3-7).

    Args:
        codes: Bytes, shape (n,).
        room: Where to keep what is found out, shape (3, n).
        greatest: No byte is greater; the nearer, the quicker.
        seldom: Which of the bytes 0xC0, 0xC1, 0xE0 and 0xED there may be.
    """
    if not _has_right_lengths(codes, room, has_four=greatest >= _FIRST_OF_FOUR):
        return False
    if greatest == _FIRST_OF_FOUR:
        return not _is_four_too_long(codes, room) and _has_right_second_bytes(codes, room, seldom)
    return _has_right_second_bytes(codes, room, [*seldom, *range(_FIRST_OF_FOUR, greatest + 1)])


def _is_rare(codes: NDArray[np.uint8]) -> bool:
    """Return whether only few bytes are beyond ASCII."""
    return bool(np.count_nonzero(codes[::_ONE_OF] > 127) < _RARE * len(codes) / _ONE_OF)


def _beyond_ascii(codes: NDArray[np.uint8], room: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Return ``codes`` without most of ASCII.

    Eight bytes at a time are left out where they and the eight before them are ASCII: what is left side by side either
    was so or has ASCII before it.
    """
    head = min(-codes.ctypes.data % _WORD, len(codes))
    n = (len(codes) - head) // _WORD
    words = codes[head : head + n * _WORD].reshape(n, _WORD)
    is_beyond = np.not_equal(words.view(np.uint64)[:, 0] & _HIGH_BITS, 0, out=room[:n])
    is_kept = is_beyond.copy()
    is_kept[1:] |= is_beyond[:-1]
    is_kept[:1] = True
    return np.concatenate([codes[:head], words[is_kept].ravel(), codes[head + n * _WORD :]])


def _has_right_lengths(codes: NDArray[np.uint8], room: NDArray[np.bool_], *, has_four: bool) -> bool:
    """Return whether as many bytes follow each first byte of a character as it asks for, and no others.

    The last row of ``room`` tells afterwards which bytes are the first of four, if ``has_four`` is set.
    """
    if any(least <= last for least, last in zip((0xC0, 0xE0, 0xF0), codes[:-4:-1].tolist(), strict=False)):
        return False  # the last character is cut
    is_due, is_one, is_first_of_four = room
    is_due[:1] = False
    np.greater_equal(codes[:-1], 0xC0, out=is_due[1:])
    np.greater_equal(codes, 0xE0, out=is_one)
    is_due[2:] |= is_one[:-2]
    if has_four:
        np.greater_equal(codes, _FIRST_OF_FOUR, out=is_first_of_four)
        is_due[3:] |= is_first_of_four[:-3]
    is_due ^= np.less(codes.view(np.int8), -64, out=is_one)
    return not _any(is_due)


def _is_four_too_long(codes: NDArray[np.uint8], room: NDArray[np.bool_]) -> bool:
    """Return whether a character takes four bytes and needs less; no first byte of four is greater than 0xF0."""
    _, is_one, is_first_of_four = room
    is_low = np.less(codes[1:], _LEAST_SECOND[_FIRST_OF_FOUR], out=is_one[1:])
    is_low &= is_first_of_four[:-1]
    return _any(is_low)


def _has_right_second_bytes(codes: NDArray[np.uint8], room: NDArray[np.bool_], firsts: Sequence[int]) -> bool:
    """Return whether none of ``firsts`` begins what is too long, beyond the last character or half a UTF-16 pair.

    Every first byte is followed by another.
    """
    if not firsts:
        return True
    is_special, is_one, _ = room
    np.equal(codes, firsts[0], out=is_special)
    for first in firsts[1:]:
        is_special |= np.equal(codes, first, out=is_one)
    places = np.flatnonzero(is_special)
    leads, seconds = codes[places], codes[places + 1]
    return bool(((_LEAST_SECOND[leads] <= seconds) & (seconds <= _GREATEST_SECOND[leads])).all())


def _any(flags: NDArray[np.bool_]) -> bool:
    """Return whether one is set; looking for the greatest byte is quicker than ``flags.any()`` where none is."""
    return bool(flags.view(np.uint8).max(initial=0))


def _second_bytes() -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    least, greatest = np.full(256, 0x80, np.uint8), np.full(256, 0xBF, np.uint8)
    least[0xE0], least[0xF0] = 0xA0, 0x90
    greatest[0xED], greatest[0xF4] = 0x9F, 0x8F
    greatest[[0xC0, 0xC1, *range(0xF5, 0x100)]] = 0  # begin no character
    return least, greatest


_LEAST_SECOND, _GREATEST_SECOND = _second_bytes()
