"""Which scripts some documents are written in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_SAMPLED_DOCUMENTS = 2_000
_SAMPLED_CHARACTERS = 400
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class ScriptShares:
    """Shares of the text, 0..1, counted in words; a Han character is taken as half a word.

    Attributes:
        han: Chinese characters.
        latin: Latin letters.
        other: All other letters (Cyrillic, kana, Hangul, Arabic, …).
    """

    han: float
    latin: float
    other: float


def script_shares(documents: Sequence[str]) -> ScriptShares:
    """Return the shares over an evenly spaced sample of the documents; all 0 where there is no letter."""
    step = max(1, len(documents) // _SAMPLED_DOCUMENTS)
    text = "\n".join(document[:_SAMPLED_CHARACTERS] for document in documents[::step])
    han = len(_HAN.findall(text)) / 2
    latin = len(_LATIN.findall(text)) / 5  # about five letters a word
    rest = _LATIN.sub("", _HAN.sub("", text))
    other = len(_LETTER.findall(rest)) / 4
    total = han + latin + other
    if not total:
        return ScriptShares(0.0, 0.0, 0.0)
    return ScriptShares(han / total, latin / total, other / total)
