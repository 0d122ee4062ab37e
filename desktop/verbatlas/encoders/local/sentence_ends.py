"""A long text in parts that a model can read: cut at sentence ends where there are any."""

import re
from collections.abc import Iterator, Sequence

# After the marks come closing quotes and brackets. A point ends a sentence before a space: 3.5 and example.com go on.
_SENTENCE_END = re.compile(r"[。！？!?…；]+[”’」』）)\"']*|\.[”’)\"']*(?=\s)|\n")
_CLAUSE_END = re.compile(r"[,，、;:：]|\s")


def parts_of(text: str, token_starts: Sequence[int], *, most: int) -> Iterator[str]:
    """Yield the text in parts of at most ``most`` tokens, in order; together they are the whole text.

    A part ends at the last sentence end of its second half, else at the last comma or space there, else at a token.

    Args:
        text: The whole text.
        token_starts: Where each token begins in it, rising.
        most: Tokens per part, at least 1.
    """
    first, start = 0, 0
    while len(token_starts) - first > most:
        # A token may begin where the part does, as with bytes of one character; a part has one character at least.
        stop = max(token_starts[first + most], start + 1)
        end = _best_end(text, (start + stop) // 2, stop)
        yield text[start:end]
        start = end
        while first < len(token_starts) and token_starts[first] < start:
            first += 1
    if start < len(text):
        yield text[start:]


def _best_end(text: str, low: int, high: int) -> int:
    for pattern in (_SENTENCE_END, _CLAUSE_END):
        # It must see the space after a point, but may not end beyond what fits.
        ends = [found.end() for found in pattern.finditer(text, low, min(high + 1, len(text))) if found.end() <= high]
        if ends and ends[-1] > low:
            return ends[-1]
    return high
