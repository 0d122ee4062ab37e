"""Guess the encoding of a text file from its bytes, without ever guessing in silence that bytes are missing."""

import codecs
import re
from dataclasses import dataclass

import charset_normalizer

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY_STARTS = (
    b"\x89PNG",
    b"PK\x03\x04",
    b"%PDF",
    b"\xd0\xcf\x11\xe0",
    b"GIF8",
    b"\xff\xd8\xff",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"SQLite format 3\x00",
    b"\x7fELF",
    b"Rar!",
    b"PAR1",
)
_WESTERN = frozenset(
    "àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿßÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜœŒšŠžŽ€£§°©®™«»¿¡ºª´·–—‘’‚“”„•…½¼¾±²³µ×\xa0"
)
# The characters that a page of ordinary text is most made of; a wrong decoding hardly ever hits them.
_FREQUENT = {
    "simplified": (
        "的一是了我不在有他这个们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对小多然"
        "很好没什么都吃服务味道快慢客户电话发货质量东西价格手机问题感觉太用"
    ),
    "traditional": (
        "的一是了我不在有他這個們來到時大地為子中你說生國年著就那和要她出也得裡後自以會家可下而過天去能對小多然"
        "很好沒什麼都吃服務味道快慢客戶電話發貨質量東西價格手機問題感覺太用"
    ),
}
_CANDIDATES = ("gb18030", "big5hkscs", "cp932", "euc_jp", "cp949")
_PLAUSIBLE = 0.55


@dataclass(frozen=True, slots=True)
class Encoding:
    """A codec and whether the file begins with its byte order mark."""

    name: str
    byte_order_mark: bool = False


def detect_encoding(sample: bytes, *, is_whole: bool) -> Encoding | None:
    """Return the likeliest encoding of a text file that begins with ``sample``; None if it is not text.

    Unicode is recognised by its own structure. Among the East Asian encodings, which decode each other's bytes without
    complaint, the one whose text consists of the most common characters wins. The rest is left to charset-normalizer.

    Args:
        sample: The beginning of the file, in bytes.
        is_whole: Whether that is all of it; otherwise its last character may be cut.
    """
    for mark, name in _BYTE_ORDER_MARKS:
        if sample.startswith(mark):
            return Encoding(name, byte_order_mark=True)
    if sample.startswith(_BINARY_STARTS) and not _is_ascii_text(sample):
        return None
    if b"\x00" in sample:
        return _with_null_bytes(sample, is_whole=is_whole)
    if decodes(sample, "utf-8", is_whole=is_whole):
        return Encoding("utf-8")
    if _control_share(sample) > 0.05:
        return None
    return _legacy(sample, is_whole=is_whole)


def decodes(sample: bytes, encoding: str, *, is_whole: bool) -> bool:
    """Return whether ``sample`` is valid in ``encoding``, up to a character cut off at its end."""
    try:
        codecs.getincrementaldecoder(encoding)().decode(sample, final=is_whole)
    except UnicodeDecodeError:
        return False
    return True


def _is_ascii_text(sample: bytes) -> bool:
    return sample.isascii() and _control_share(sample) == 0


def _control_share(sample: bytes) -> float:
    return len(re.findall(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]", sample)) / max(len(sample), 1)


def _with_null_bytes(sample: bytes, *, is_whole: bool) -> Encoding | None:
    """UTF-16 and UTF-32 have null bytes for every ASCII character, always at the same side of it."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    for name, mine, other in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if mine > 2 * other and mine > 0 and _reads_like_text(sample, name, is_whole=is_whole):
            return Encoding(name)
    for name in ("utf-32-le", "utf-32-be"):
        if _reads_like_text(sample, name, is_whole=is_whole):
            return Encoding(name)
    if sample.count(0) / len(sample) < 0.05 and decodes(sample, "utf-8", is_whole=is_whole):
        return Encoding("utf-8")
    return None


def _reads_like_text(sample: bytes, encoding: str, *, is_whole: bool) -> bool:
    if not decodes(sample, encoding, is_whole=is_whole):
        return False
    text = sample.decode(encoding, "ignore")
    odd = sum(not (char.isprintable() or char in "\r\n\t\ufeff") for char in text)
    return "\n" in text + "\n" and odd <= 0.02 * len(text)


def _legacy(sample: bytes, *, is_whole: bool) -> Encoding:
    scored = [
        (_plausibility(sample.decode(name, "ignore"), name), -rank, name)
        for rank, name in enumerate(_CANDIDATES)
        if decodes(sample, name, is_whole=is_whole)
    ]
    if scored and max(scored)[0] >= _PLAUSIBLE:
        return Encoding(max(scored)[2])
    if decodes(sample, "cp1252", is_whole=is_whole) and _western(sample.decode("cp1252")):
        return Encoding("cp1252")
    best = charset_normalizer.from_bytes(sample, cp_exclusion=["utf_7"]).best()
    name = best.encoding if best is not None else "cp1252"
    if name in {"ascii", "latin_1", "iso8859_1"}:
        name = "cp1252"
    # Windows-1252 leaves five bytes undefined; Latin-1 gives every byte a character, so that nothing is lost.
    return Encoding(name if decodes(sample, name, is_whole=is_whole) else "latin-1")


def _western(text: str) -> bool:
    """Western European text has a few accented letters and typographer's marks among many plain letters."""
    foreign = [char for char in text if ord(char) > 127]
    letters = sum(char.isalpha() for char in text)
    return all(char in _WESTERN for char in foreign) and len(foreign) < 0.25 * max(letters, 1)


def _plausibility(text: str, encoding: str) -> float:
    """Return how much the characters beyond ASCII look like a language that is written in this encoding, 0..1.5."""
    foreign = [char for char in text if ord(char) > 127]
    if not foreign:
        return 0.0
    # Isolated letters between Latin ones are accents read as something else: East Asian characters come in runs.
    runs = sum(len(run) for run in re.findall(r"[^\x00-\x7f]{2,}", text)) / len(foreign)
    judge = {"cp932": _japanese, "euc_jp": _japanese, "cp949": _korean}.get(encoding, _chinese)
    return runs * judge(foreign, encoding)


def _chinese(foreign: list[str], encoding: str) -> float:
    script = "simplified" if encoding == "gb18030" else "traditional"
    legacy, levels = ("gb2312", range(0xB0, 0xD8)) if script == "simplified" else ("big5", range(0xA4, 0xC7))
    common = sum(_lead(char, legacy) in levels or char in _PUNCTUATION for char in foreign) / len(foreign)
    frequent = sum(char in _FREQUENT[script] for char in foreign) / len(foreign)
    return common * 0.7 + min(frequent * 3, 0.8)


def _japanese(foreign: list[str], _: str) -> float:
    kana = sum("\u3041" <= char <= "\u30fe" for char in foreign) / len(foreign)
    half = sum("\uff61" <= char <= "\uff9f" for char in foreign) / len(foreign)
    kanji = sum(_lead(char, "euc_jp") in range(0xB0, 0xD0) or char in _PUNCTUATION for char in foreign)
    return min(kana * 1.6, 1.1) + 0.4 * kanji / len(foreign) - half


def _korean(foreign: list[str], _: str) -> float:
    # The 2,350 syllables of KS X 1001 are the ones in use; the thousands that cp949 adds are hardly ever written.
    common = sum(_lead(char, "euc_kr") in range(0xB0, 0xC9) for char in foreign) / len(foreign)
    return 1.5 * common


def _lead(char: str, legacy: str) -> int:
    try:
        encoded = char.encode(legacy)
    except UnicodeEncodeError:
        return 0
    return encoded[0] if len(encoded) == 2 else 0


_PUNCTUATION = frozenset("，。！？、；：（）《》“”‘’…—【】·「」『』～％")
