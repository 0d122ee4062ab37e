"""The alphabetical place of texts, for English and Chinese alike, without stopping the other threads."""

import heapq
import unicodedata
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCollator, QLocale

COMPARED = 64  # characters; texts that begin with the same ones keep their order
_AT_ONCE = 4_096  # texts: Python's sort and join do not let other threads in, so no step may be long
_N_POINTS = 0x110000
_MOST_RANKS = 0xFFFF


def text_ranks(texts: Sequence[str | None], *, go_on: Callable[[], None] = lambda: None) -> NDArray[np.float64]:
    """Return the place of every text in the alphabet; equal ones share it.

    Letters are compared regardless of case and accents; Chinese characters stand behind them, by pinyin, in the
    order that Qt's collation (ICU, or the operating system's) gives single characters. Sorting texts themselves with a
    collator would hold Python's lock for seconds; characters are few, and numpy sorts their numbers without it.

    Args:
        texts: None counts as blank.
        go_on: Called between the steps; raises when the answer is no longer wanted.

    Returns:
        float64, shape (n,): 0, 1, 2, …; NaN for blank texts.
    """
    if not len(texts):
        return np.zeros(0, np.float64)
    ranks = _character_ranks(texts, go_on)
    keys = np.zeros((len(texts), COMPARED), ">u2")  # big-endian: bytes compare as the numbers do
    for start in range(0, len(texts), _AT_ONCE):
        go_on()
        beginnings = _beginnings(texts, start)
        lengths = np.fromiter(map(len, beginnings), np.int64, len(beginnings))
        is_filled = np.arange(COMPARED) < lengths[:, None]
        keys[start : start + len(beginnings)][is_filled] = ranks[_points(beginnings)]
    words = keys.view(f"S{2 * COMPARED}").ravel()
    order = np.argsort(words, kind="stable")
    go_on()
    sorted_words = words[order]
    places = np.zeros(len(texts), np.float64)
    places[order[1:]] = np.cumsum(sorted_words[1:] != sorted_words[:-1])
    places[words == b""] = np.nan
    return places


def _character_ranks(texts: Sequence[str | None], go_on: Callable[[], None]) -> NDArray[np.uint16]:
    """Return the place of each character that occurs, by its code point: uint16, from 1."""
    occurs = np.zeros(_N_POINTS, np.bool_)
    for start in range(0, len(texts), _AT_ONCE):
        go_on()
        occurs[_points(_beginnings(texts, start))] = True
    points = np.flatnonzero(occurs).tolist()
    bases = {point: _base(chr(point)) for point in points}
    collator = QCollator(QLocale(QLocale.Language.Chinese, QLocale.Country.China))

    def place(base: str) -> tuple[bool, object]:
        # Without the first part Chinese characters would stand before Latin letters, which no spreadsheet does.
        return _is_chinese(base), collator.sortKey(base)

    different = sorted(set(bases.values()))
    parts = [sorted(different[start : start + 500], key=place) for start in range(0, len(different), 500)]
    rank_of = {base: min(rank, _MOST_RANKS) for rank, base in enumerate(heapq.merge(*parts, key=place), start=1)}
    ranks = np.zeros(_N_POINTS, np.uint16)
    ranks[points] = [rank_of[bases[point]] for point in points]
    return ranks


def _base(character: str) -> str:
    """Return the letter without accent, width and case; other characters as they are."""
    if _is_half(character):
        return "\N{REPLACEMENT CHARACTER}"
    letter, *marks = list(unicodedata.normalize("NFKD", character))
    if any(not unicodedata.combining(mark) for mark in marks):  # such as the parts of a Korean syllable
        letter = character
    return letter.casefold()[0]


def _is_half(character: str) -> bool:
    return "\ud800" <= character <= "\udfff"


def _is_chinese(character: str) -> bool:
    return unicodedata.name(character, "").startswith("CJK UNIFIED")


def _beginnings(texts: Sequence[str | None], start: int) -> list[str]:
    part = texts[start : start + _AT_ONCE]
    return [(text or "")[: 2 * COMPARED].strip()[:COMPARED] for text in part]


def _points(texts: list[str]) -> NDArray[np.uint32]:
    return np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), "<u4").astype(np.uint32)
