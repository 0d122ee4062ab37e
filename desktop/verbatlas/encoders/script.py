"""Which scripts some documents are written in."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

_SAMPLED_DOCUMENTS = 2_000
_SAMPLED_CHARACTERS = 400
# A Japanese text has kana between its Han characters; a Chinese one at most quotes some.
_KANA_OF_JAPANESE = 0.1


class Script(IntEnum):
    """The scripts that are told apart."""

    NONE = 0  # not a letter
    LATIN = 1
    HAN = 2
    KANA = 3
    HANGUL = 4
    CYRILLIC = 5
    ARABIC = 6
    THAI = 7
    OTHER = 8


# Letters per word, roughly, so that "iPhone 15 电池不耐用" is no English text.
_LETTERS_PER_WORD = {
    Script.LATIN: 5.0,
    Script.HAN: 2.0,
    Script.KANA: 3.0,
    Script.HANGUL: 3.0,
    Script.CYRILLIC: 5.0,
    Script.ARABIC: 5.0,
    Script.THAI: 5.0,
    Script.OTHER: 5.0,
}
_NAME_STARTS = {
    "LATIN": Script.LATIN,
    "CJK": Script.HAN,
    "IDEOGRAPHIC": Script.HAN,
    "HIRAGANA": Script.KANA,
    "KATAKANA": Script.KANA,
    "HANGUL": Script.HANGUL,
    "CYRILLIC": Script.CYRILLIC,
    "ARABIC": Script.ARABIC,
    "THAI": Script.THAI,
}


@dataclass(frozen=True, slots=True)
class ScriptShares:
    """How much of some documents is written in what.

    Attributes:
        han: Share of the words that are Chinese characters, 0..1.
        latin_documents: Share of the documents that are mostly in Latin script, 0..1.
        chinese_documents: Share of the documents that are mostly Chinese characters, Japanese ones left out.
        known_documents: Share of the documents that are mostly in a script that is told apart, 0..1.
        n_documents: How many sampled documents have letters at all; the shares are of these, and 0 without any.
    """

    han: float
    latin_documents: float
    chinese_documents: float
    known_documents: float
    n_documents: int


def sampled(documents: Sequence[str]) -> list[str]:
    """Return the beginnings of an evenly spaced sample of the documents, enough to tell their language."""
    step = -(-len(documents) // _SAMPLED_DOCUMENTS) or 1
    return [document[:_SAMPLED_CHARACTERS] for document in documents[::step]]


def script_shares(documents: Sequence[str]) -> ScriptShares:
    """Return the shares over :func:`sampled` documents."""
    words = _words_by_script(sampled(documents))
    words = words[words.sum(axis=1) > 0]
    if not len(words):
        return ScriptShares(0.0, 0.0, 0.0, 0.0, 0)
    totals = words.sum(axis=1)
    han, kana = words[:, Script.HAN], words[:, Script.KANA]
    chinese = (han > totals / 2) & (kana <= _KANA_OF_JAPANESE * han)
    return ScriptShares(
        han=float(han.sum() / totals.sum()),
        latin_documents=float((words[:, Script.LATIN] >= totals / 2).mean()),
        chinese_documents=float(chinese.mean()),
        known_documents=float((words[:, Script.OTHER] < totals / 2).mean()),
        n_documents=len(words),
    )


def _words_by_script(texts: Sequence[str]) -> NDArray[np.float64]:
    """Return about how many words of each script each text has: shape (n_texts, n_scripts)."""
    points = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    owners = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    different, place = np.unique(points, return_inverse=True)
    scripts = np.array([_script(chr(point)) for point in different], dtype=np.int64)
    n_scripts = len(Script)
    cells = owners * n_scripts + scripts[place] if len(points) else owners
    letters = np.bincount(cells, minlength=len(texts) * n_scripts).reshape(len(texts), n_scripts)
    words: NDArray[np.float64] = letters * [1 / _LETTERS_PER_WORD[script] if script else 0.0 for script in Script]
    return words


def _script(character: str) -> Script:
    if not character.isalpha():
        return Script.NONE
    first_word = unicodedata.name(character, "").partition(" ")[0]
    return _NAME_STARTS.get(first_word, Script.OTHER)
