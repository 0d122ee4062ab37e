"""Find out the encoding of a text file from its bytes, and how sure that is."""

import codecs
import math
import re
import string
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from verbatlas.tables.binary_files import is_binary, n_controls
from verbatlas.tables.languages import LANGUAGES, log_likelihood
from verbatlas.tables.wide_encoding import wide_encoding

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    ("\ufeff".encode("gb18030"), "gb18030"),
)
_WESTERN = ("English", "French", "German", "Spanish", "Portuguese", "Italian", "Catalan", "Gaelic")
_NORTHERN = ("Scandinavian", "Icelandic", "Dutch", "Estonian and Finnish")
_EASTERN = ("Polish", "Czech and Slovak", "Hungarian", "Romanian", "South Slavic", "German")
_BALTIC = ("Lithuanian", "Latvian", "Estonian and Finnish")
_CYRILLIC = ("Russian", "Ukrainian")
_OTHER_ALPHABETS = ("Russian", "Greek", "Japanese", "Simplified Chinese", "Traditional Chinese")
# In the order of how often people have such files; for each the languages that it is used for, and how much rarer it
# is than the first (a natural logarithm). Where two give the same text the first one stands for both.
_CANDIDATES: tuple[tuple[str, tuple[str, ...], float], ...] = (
    ("gb18030", ("Simplified Chinese",), 0.0),
    ("cp1252", (*_WESTERN, *_NORTHERN), 0.0),
    ("big5hkscs", ("Traditional Chinese",), -0.5),
    ("cp932", ("Japanese",), -0.5),
    ("cp949", ("Korean",), -0.5),
    ("euc_jp", ("Japanese",), -1.0),
    ("cp1251", _CYRILLIC, -0.5),
    ("cp1250", _EASTERN, -3.0),
    ("iso8859_15", (*_WESTERN, *_NORTHERN), -3.0),
    ("iso8859_2", _EASTERN, -4.0),
    ("cp1254", ("Turkish",), -1.0),
    ("cp1253", ("Greek",), -1.5),
    ("cp1257", _BALTIC, -3.0),
    ("cp1255", ("Hebrew",), -1.5),
    ("cp1256", ("Arabic",), -2.0),
    ("cp874", ("Thai",), -1.0),
    ("cp1258", ("Vietnamese",), -2.0),
    ("iso8859_16", ("Romanian",), -3.0),
    ("iso8859_16", ("Polish", "Hungarian", "South Slavic"), -6.0),
    ("iso8859_7", ("Greek",), -2.5),
    ("iso8859_5", _CYRILLIC, -3.0),
    ("cp932", ("Japanese in half width",), -4.0),
    ("gb18030", ("Traditional Chinese",), -3.0),
    ("koi8_r", ("Russian",), -2.0),
    ("koi8_u", ("Ukrainian",), -2.5),
    ("iso8859_13", _BALTIC, -4.5),
    ("iso8859_4", _BALTIC, -4.0),
    ("cp866", _CYRILLIC, -3.0),
    ("mac_roman", (*_WESTERN, *_NORTHERN), -8.0),
    ("cp850", (*_WESTERN, *_NORTHERN), -9.0),
    ("cp1257", ("Polish", "German", "Scandinavian"), -5.0),
    ("cp852", _EASTERN, -9.0),
    # The East Asian encodings hold other alphabets too, though hardly anybody writes those with them.
    ("gb18030", tuple(LANGUAGES), -10.0),
    ("cp949", _OTHER_ALPHABETS, -12.0),
    ("cp932", _OTHER_ALPHABETS, -12.0),
    ("euc_jp", _OTHER_ALPHABETS, -12.0),
    ("big5hkscs", _OTHER_ALPHABETS, -12.0),
)
_ESCAPES = ((rb"\x1b\$[@B]|\x1b\(J", "iso2022_jp_2"), (rb"\x1b\$\)C", "iso2022_kr"))
KNOWN_ENCODINGS = frozenset(
    {"latin-1"}
    | {name for name, _languages, _prior in _CANDIDATES}
    | {name for _mark, name in (*_BYTE_ORDER_MARKS, *_ESCAPES)}
)
"""All codecs that can be the result."""
_UNICODE_BONUS = 12.0
_SCORED_BYTES = 6_000
_TRIED_BYTES = 16_000
# As many of the invalid bytes may be the beginning of a character that goes on behind those.
_CUT = 4
_PER_ERROR = -8.0
# Characters of one text are not drawn one by one: a unit of likelihood is worth less than it says.
_TEMPERATURE = 8.0
_ENOUGH = 50
# So many characters beyond ASCII are not valid UTF-8 by chance (RFC 3629, section 1): one Chinese character in five is
# valid as two bytes, and of the other encodings' letters fewer.
_BEYOND_CHANCE = 16
_PER_CHARACTER = 1.5
# What two bytes of another encoding are now and then, and hardly anybody writes: an accent on no letter.
_ODD_IN_UTF8 = re.compile(r"(?<![^\W\d_\u0300-\u036f])[\u0300-\u036f]")


@dataclass(frozen=True, slots=True)
class Encoding:
    """A codec, whether the file begins with its byte order mark, and how sure that is.

    Attributes:
        name: Python's name of the codec.
        byte_order_mark: Whether the file begins with one.
        sure: The chance that the text is read as it was meant, 0 to 1.
        next_best: The likeliest codec that would give another text; empty if there is none worth a name.
        is_thin: Whether fewer than fifty characters beyond ASCII speak for it.
    """

    name: str
    byte_order_mark: bool = False
    sure: float = 1.0
    next_best: str = ""
    is_thin: bool = False


def detect_encoding(sample: bytes, *, is_whole: bool) -> Encoding | None:
    """Return the likeliest encoding of a text file that begins with ``sample``; None if it is not text.

    Every candidate decodes the same bytes; the one whose text is the likeliest in a language that the encoding is used
    for wins (see :mod:`verbatlas.tables.languages`). Unicode is preferred where its strict structure fits.

    Args:
        sample: The beginning of the file, in bytes.
        is_whole: Whether that is all of it; otherwise its last character may be cut.
    """
    if marked := detect_mark(sample):
        return marked
    if wide := wide_encoding(sample):
        return Encoding(wide, sure=0.99 if len(sample) > 40 else 0.8)
    return None if is_binary(sample) else _narrow(sample, is_whole=is_whole)


def detect_mark(sample: bytes) -> Encoding | None:
    """Return the encoding that a byte order mark names; None where there is none."""
    for mark, name in _BYTE_ORDER_MARKS:
        if sample.startswith(mark) and not _zeros_follow(sample, mark):
            return Encoding(name, byte_order_mark=True)
    return None


def _narrow(sample: bytes, *, is_whole: bool) -> Encoding | None:
    if sample.isascii():
        return (_escaped(sample, is_whole=is_whole) if b"\x1b" in sample else None) or Encoding("utf-8")
    return _likeliest(sample, is_whole=is_whole)


def decodes(sample: bytes, encoding: str, *, is_whole: bool) -> bool:
    """Return whether ``sample`` is valid in ``encoding``, up to a character cut off at its end."""
    try:
        codecs.getincrementaldecoder(encoding)().decode(sample, final=is_whole)
    except UnicodeDecodeError:
        return False
    return True


def _zeros_follow(sample: bytes, mark: bytes) -> bool:
    """UTF-16's mark and two zero bytes are UTF-32's mark; two that follow UTF-32's are no text."""
    return 0 in mark and len(mark) == 4 and len(sample) > 4 and sample[4:8] == bytes(4)


def _escaped(sample: bytes, *, is_whole: bool) -> Encoding | None:
    """The seven-bit encodings of Japanese and Korean mail switch by escape sequences."""
    for mark, name in _ESCAPES:
        if re.search(mark, sample) and decodes(sample, name, is_whole=is_whole):
            return Encoding(name, sure=0.99)
    return None


def _likeliest(sample: bytes, *, is_whole: bool) -> Encoding | None:
    n_unicode = _n_foreign(sample)
    if _is_utf8(sample):
        is_thin = n_unicode < _ENOUGH
        return Encoding("utf-8", sure=1.0 if n_unicode >= _BEYOND_CHANCE else 0.99, is_thin=is_thin)
    part, n_latin = _part_to_score(sample), _n_latin(sample)
    decoded: dict[str, tuple[float, str]] = {}
    unicode = _UNICODE_BONUS + _PER_CHARACTER * min(n_unicode, _BEYOND_CHANCE)
    for name, languages, prior in (*([("utf-8", tuple(LANGUAGES), unicode)] if n_unicode else []), *_CANDIDATES):
        text = part.decode(name, "replace")
        foreign = len(text) - len(text.encode("ascii", "ignore"))
        most = math.inf if name == "cp1252" else max(3, 0.05 * foreign)
        broken = _errors(sample, name, most=most, is_whole=is_whole)
        if broken > most:
            continue
        score = log_likelihood(text, languages, n_latin=n_latin) + prior + _PER_ERROR * min(broken, 100)
        # Where two decodings agree, the commoner encoding stands for both.
        known, first = decoded.get(text, (-math.inf, name))
        decoded[text] = (max(score, known), name if score > known + 3 else first)
    ranked = sorted(decoded.values(), reverse=True)
    (best, name), others = ranked[0], ranked[1:]
    chance = 1 / sum(math.exp(max(-50.0, (score - best) / _TEMPERATURE)) for score, _name in ranked)
    n_foreign = len(part) - len(part.decode("ascii", "ignore"))
    if name == "cp1252" and not decodes(sample, "cp1252", is_whole=is_whole):
        # Windows-1252 leaves five bytes undefined; Latin-1 gives every byte a character, so that nothing is lost.
        if n_controls(sample) > max(3, 0.01 * len(sample)) or _c1_share(sample) > 0.3:
            return None
        name = "latin-1"
    return Encoding(name, sure=chance, next_best=others[0][1] if others else "", is_thin=n_foreign < _ENOUGH)


def _is_utf8(sample: bytes) -> bool:
    """Return whether ``sample`` is UTF-8, up to an unfinished character at its end: a file may still be written."""
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    foreign = [char for char in text if not char.isascii()]
    if len(foreign) >= _BEYOND_CHANCE:
        return True
    is_odd = any(char < "\u0800" and unicodedata.category(char) in {"Cn", "Co"} for char in foreign)
    return bool(foreign) and not is_odd and not _ODD_IN_UTF8.search(text)


def _n_foreign(sample: bytes) -> int:
    """Return how many characters beyond ASCII there are if it is UTF-8."""
    text = sample.decode("utf-8", "ignore")
    return len(text) - len(text.encode("ascii", "ignore"))


def _n_latin(sample: bytes) -> int:
    return len(sample) - len(sample.translate(None, string.ascii_letters.encode()))


def _c1_share(sample: bytes) -> float:
    foreign = [byte for byte in sample if byte > 127]
    return sum(byte < 0xA0 for byte in foreign) / max(len(foreign), 1)


def _errors(sample: bytes, name: str, *, most: float, is_whole: bool) -> int:
    """Return how much of ``sample`` is invalid; where its beginning has more than ``most``, only what that has."""
    head = sample[:_TRIED_BYTES]
    if not decodes(head, name, is_whole=False) and (broken := _replaced(head, name)) > most + _CUT:
        return broken
    return 0 if decodes(sample, name, is_whole=is_whole) else _replaced(sample, name)


def _replaced(sample: bytes, name: str) -> int:
    return sample.decode(name, "replace").count("\ufffd")


def _part_to_score(sample: bytes) -> bytes:
    """Return the lines that are not ASCII, spread over the sample, some thousand bytes of them."""
    lines = [line for line in re.split(rb"(?<=[\r\n])", sample) if not line.isascii()]
    size = sum(map(len, lines))
    step = max(1, size // _SCORED_BYTES)
    return _cut(lines[::step])


def _cut(lines: Sequence[bytes]) -> bytes:
    kept, size = [], 0
    for line in lines:
        # A very long line may be cut within a character, which costs every candidate the same one error.
        kept.append(line[: 2 * _SCORED_BYTES])
        size += len(kept[-1])
        if size > _SCORED_BYTES:
            break
    return b"".join(kept)
