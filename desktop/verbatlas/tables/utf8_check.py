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
    if data.isascii():
        return
    codes = np.frombuffer(data, np.uint8)
    seldom: Sequence[int] = _SELDOM_FIRST
    if not _is_rare(codes[begin:end]):
        seldom = [first for first in seldom if bytes([first]) in data]
    room = np.empty((2, min(end - begin, _AT_ONCE + 3)), np.bool_)
    while begin < end:
        stop = min(begin + _AT_ONCE, end)
        last = min(stop + 3, end)  # no valid character goes on behind that
        stop = next((at for at in range(stop, last) if not 0x80 <= data[at] < 0xC0), last)
        if not is_valid(codes[begin:stop], room[:, : stop - begin], seldom):
            data[begin:end].decode()
        begin = stop


def is_valid(codes: NDArray[np.uint8], room: NDArray[np.bool_], seldom: Sequence[int] = _SELDOM_FIRST) -> bool:
    """Return whether ``codes`` are UTF-8, by the table of well-formed byte sequences of the Unicode standard (3-7).

    Args:
        codes: Bytes, shape (n,).
        room: Where to keep what is found out, shape (2, n).
        seldom: Which of the bytes 0xC0, 0xC1, 0xE0 and 0xED there may be.
    """
    if _is_rare(codes):
        codes = _beyond_ascii(codes, room[0])
        room = np.empty((2, len(codes)), np.bool_)
    has_four = bool(len(codes)) and int(codes.max()) >= 0xF0
    return _has_right_lengths(codes, room, has_four=has_four) and _has_right_second_bytes(
        codes, room, seldom, has_four=has_four
    )


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
    """Return whether as many bytes follow each first byte of a character as it asks for, and no others."""
    is_due, is_first = room
    is_due[:1] = False
    np.greater_equal(codes[:-1], 0xC0, out=is_due[1:])
    for least, before in ((0xE0, 2), (0xF0, 3))[: 1 + has_four]:
        is_due[before:] |= np.greater_equal(codes[:-before], least, out=is_first[before:])
    if any(least <= last for least, last in zip((0xC0, 0xE0, 0xF0), codes[:-4:-1].tolist(), strict=False)):
        return False  # the last character is cut
    return np.array_equal(is_due, np.less(codes.view(np.int8), -64, out=is_first))


def _has_right_second_bytes(
    codes: NDArray[np.uint8], room: NDArray[np.bool_], seldom: Sequence[int], *, has_four: bool
) -> bool:
    """Return whether there are no characters written too long, none beyond the last and no halves of UTF-16 pairs.

    Every first byte is followed by another.
    """
    if not (has_four or seldom):
        return True
    is_special, is_one = room
    np.greater_equal(codes, 0xF0, out=is_special)
    for first in seldom:
        is_special |= np.equal(codes, first, out=is_one)
    places = np.flatnonzero(is_special)
    firsts, seconds = codes[places], codes[places + 1]
    return bool(((_LEAST_SECOND[firsts] <= seconds) & (seconds <= _GREATEST_SECOND[firsts])).all())


def _second_bytes() -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    least, greatest = np.full(256, 0x80, np.uint8), np.full(256, 0xBF, np.uint8)
    least[0xE0], least[0xF0] = 0xA0, 0x90
    greatest[0xED], greatest[0xF4] = 0x9F, 0x8F
    greatest[[0xC0, 0xC1, *range(0xF5, 0x100)]] = 0  # begin no character
    return least, greatest


_LEAST_SECOND, _GREATEST_SECOND = _second_bytes()
