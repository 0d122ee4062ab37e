"""Find out UTF-16 and UTF-32 that have no byte order mark, also where a few of their characters are damaged."""

from verbatlas.tables.languages import LANGUAGES, log_likelihood

_WIDTHS = {"utf-32-le": 4, "utf-32-be": 4, "utf-16-le": 2, "utf-16-be": 2}
_SCORED_BYTES = 6_000
_LEAST_PER_CHARACTER = -9.5
_FEW, _SHARE = 3, 0.05
_LEAST_PLAIN, _LEAST_ZEROS = 0.01, 0.02
_NOT_ODD = frozenset("\r\n\t\x0b\x0c\x1a\x1c\x1d\x1e\x1f\ufeff\u3000\xa0")


def wide_encoding(sample: bytes) -> str:
    """Return the codec of UTF-16 or UTF-32 that a text without a mark is in; empty if it is in neither.

    Their line ends, delimiters and figures have zero bytes at one side, and what they read as is likelier than those.
    """
    head = sample[:_SCORED_BYTES]
    if head.count(0) <= _LEAST_ZEROS * len(head):
        return ""
    scored = []
    for name, width in _WIDTHS.items():
        text = head[: len(head) // width * width].decode(name, "replace")
        if _reads_like_text(text):
            scored.append((log_likelihood(text, LANGUAGES), len(text), name))
    if not scored:
        return ""
    score, length, name = max(scored)
    is_likelier = score > log_likelihood(head.decode("latin-1"), ["English"])
    return name if is_likelier and score >= _LEAST_PER_CHARACTER * length else ""


def unit_bytes(encoding: str) -> int:
    """Return how many bytes the smallest unit of ``encoding`` has."""
    return _WIDTHS.get(encoding, 1)


def _reads_like_text(text: str) -> bool:
    odd = sum(char == "\ufffd" or not (char.isprintable() or char in _NOT_ODD) for char in text)
    # Every table has line ends, delimiters and figures, whatever it is written in.
    plain = sum(char.isascii() and char != "\0" for char in text)
    return bool(text) and odd <= max(_FEW, _SHARE * len(text)) and plain >= max(1, odd, _LEAST_PLAIN * len(text))
