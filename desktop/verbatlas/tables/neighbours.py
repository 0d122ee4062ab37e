"""What stands beside what in a text: a wrong decoding puts signs within words and letters beside other scripts'."""

import itertools
import re
import unicodedata
from collections import Counter
from functools import cache, cached_property

# Natural logarithms of chances.
_JOINED_WRONGLY, _TWO_SCRIPTS, _SIGN_WITHIN, _BESIDE_LATIN = -4.0, -7.0, -5.0, -1.5
_LONE_LETTER, _STRANGE_WORD, _BESIDE_FIGURE, _LONE_MARK = -3.0, -6.0, -3.0, -7.0
# Punctuation within words, or between two without a space; any other is mostly a letter of another encoding.
_WITHIN_WORDS = "’‘ʼ´`\xad·‧‑‐–—…/™®\u200b\u200c\u200d\u2060"
_SIGN = re.compile(rf"(?<=[^\W\d_])[^\w\s\x00-\x7f{_WITHIN_WORDS}](?=[^\W\d_])")
_LONE = re.compile(r"(?<![^\W\d_])[^\W\d_\x00-\x7fªºµ](?![^\W\d_])")
_STRANGE_WORDS = re.compile(r"(?<![^\W\d_])[^\W\d_\x00-\x7fªºµ]{2,}(?![^\W\d_])")
_ONE_LETTER_WORDS = frozenset("àèéóáíúòåäöøæÀÈÉÓÁÍÚÒÅÄÖØÆ")
# Letters by Unicode, signs by their use.
_LETTERS_AS_SIGNS = frozenset("ªºµ")
_APOSTROPHES = frozenset("´`")
_BEHIND_WORDS = frozenset("™®©²³¹ºª°")
_DEGREES = frozenset({"°C", "°F", "°c", "°f", "°K"})
_ODD_BESIDE_LETTERS = frozenset({"So", "Sk", "No", "Sm", "Sc", "Lo", "Cc", "Cn"})


class Neighbours:
    """The pairs of neighbours in a text of which not both are ASCII.

    Attributes:
        n_begins: How many runs of letters beyond ASCII there are.
    """

    def __init__(self, text: str) -> None:
        """Count the pairs."""
        self._text = text
        pairs = Counter(itertools.pairwise(f"\n{text}"))
        self._pairs = {pair: count for pair, count in pairs.items() if not (pair[0].isascii() and pair[1].isascii())}
        self.n_begins = sum(count for pair, count in self._pairs.items() if _begins(*pair))

    @cached_property
    def in_words(self) -> float:
        """What pairs cost that hardly ever stand together in the words of an alphabet."""
        joined = sum(count * _join(*pair) for pair, count in self._pairs.items())
        return joined + _SIGN_WITHIN * len(_SIGN.findall(self._text))

    @cached_property
    def in_latin_words(self) -> float:
        """What words cost that the Latin alphabet hardly ever has: several letters and none of ASCII, or only one."""
        lone = sum(char not in _ONE_LETTER_WORDS for char in _LONE.findall(self._text))
        return _STRANGE_WORD * len(_STRANGE_WORDS.findall(self._text)) + _LONE_LETTER * lone

    @cached_property
    def among_ideographs(self) -> float:
        """What East Asian characters beside Latin letters cost: they come in runs."""
        return _BESIDE_LATIN * sum(count for pair, count in self._pairs.items() if any(map(_is_latin, pair)))


@cache
def _begins(left: str, right: str) -> bool:
    return not right.isascii() and _in_word(right) and (left.isascii() or not _in_word(left))


@cache
def _join(left: str, right: str) -> float:
    """Return what two neighbours, not both ASCII, cost that hardly ever stand together in a word of an alphabet."""
    if _in_word(left) and _in_word(right):
        if len({_script(left), _script(right)} - {"COMBINING"}) > 1:
            return _TWO_SCRIPTS
        return _JOINED_WRONGLY if left.islower() and right.isupper() else 0.0
    if unicodedata.category(right)[0] == "M" and not _in_word(left):
        return _LONE_MARK
    if left + right in _DEGREES or right in _BEHIND_WORDS or left in _APOSTROPHES or right in _APOSTROPHES:
        return 0.0
    if (left.isdigit() and _in_word(right)) or (right.isdigit() and _in_word(left)):
        return _BESIDE_FIGURE
    # A sign such as ¤ or ½ that touches a letter is mostly a letter of another encoding.
    touches = any(
        unicodedata.category(sign) in _ODD_BESIDE_LETTERS and letter.isalpha()
        for sign, letter in ((left, right), (right, left))
        if not sign.isascii()
    )
    return _JOINED_WRONGLY if touches else 0.0


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


@cache
def _in_word(char: str) -> bool:
    return unicodedata.category(char)[0] in "LM" and char not in _LETTERS_AS_SIGNS


@cache
def _script(char: str) -> str:
    return unicodedata.name(char, "?").split()[0]
