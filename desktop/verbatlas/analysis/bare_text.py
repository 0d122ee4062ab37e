"""Texts as bare words: what is left when case, punctuation, symbols and kinds of blanks make no difference."""

import re
import unicodedata

_BLANK, _APART = ord(" "), "'’ʼ"  # an apostrophe parts no words: "don't" is one
_ASCII = bytes(code if chr(code).isalnum() else _BLANK for code in range(128)) + bytes([_BLANK]) * 128
_HAN_KANA_HANGUL = re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af\U00020000-\U0003ffff]")
_THAI_LAO_KHMER_BURMESE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_FEWEST_WORDS, _FEWEST_LETTERS = 2, 5
_MOST_LOOKED_AT = 400  # bytes: whatever is longer is not short, or is one endless word


class _Kept(dict[int, int | None]):
    """Which characters stay: letters, their marks and digits; everything else parts words."""

    def __missing__(self, code: int) -> int | None:
        character = chr(code)
        kept = code if unicodedata.category(character)[0] in "LMN" else _BLANK
        self[code] = None if character in _APART else kept
        return self[code]


_KEPT = _Kept()


def bare(text: str) -> bytes:
    """Return the words of ``text`` in UTF-8, one blank between them: compatibility forms joined (NFKC), case folded."""
    if text.isascii():
        return b" ".join(text.encode().lower().translate(_ASCII, b"'").split())
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_KEPT)
    return " ".join(plain.split()).encode("utf-8", "surrogatepass")


def is_very_short(text: bytes) -> bool:
    """Return whether a bare text says too little to be clustered by: one word, or fewer than five letters.

    Two Chinese, Japanese or Korean characters, or four of a script that writes its words together, count as a word,
    and one of the former as two letters: ``不错`` is very short, ``质量很好`` is not.

    Args:
        text: As :func:`bare` returns it.
    """
    if text.isascii():
        return text.count(b" ") + 1 < _FEWEST_WORDS or len(text) - text.count(b" ") < _FEWEST_LETTERS
    beginning = text[:_MOST_LOOKED_AT].decode("utf-8", "replace")
    east, n_east = _HAN_KANA_HANGUL.subn(" ", beginning)
    spaced, n_together = _THAI_LAO_KHMER_BURMESE.subn(" ", east)
    words = spaced.split()
    n_words = len(words) + n_east / 2 + n_together / 4
    return n_words < _FEWEST_WORDS or sum(map(len, words)) + 2 * n_east + n_together < _FEWEST_LETTERS
