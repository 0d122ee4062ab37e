"""The words of a text: Latin and other spaced words as they stand, Chinese cut into words."""

import re
from collections.abc import Iterator
from itertools import pairwise

from verbatlas.analysis.stop_words import stop_words

_NOISE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\S+|<[^>]{1,60}>")
_PIECE = re.compile(
    r"(?P<han>[\u3400-\u9fff]+)|(?P<word>[^\W\d_\u3400-\u9fff](?:[^\W_\u3400-\u9fff]|['’](?=[^\W\d_]))*)"
)
_LONGEST_READ = 20_000
# "三次", "八百", "半夜": amounts and times are in comments of every theme.
_HAN_NUMBER = re.compile(r"[一二两三四五六七八九十百千万几半]{1,3}[\u3400-\u9fff]{0,2}")
# Part of the verb before them: "top up" and "log in" are one thing, "top" and "log" another.
_PARTICLES = frozenset({"up", "out", "off", "in", "down"})


def phrases(text: str) -> Iterator[str]:
    """Yield the words of ``text`` that may name a theme, and the two-word phrases of neighbouring ones, in lower case.

    Links, addresses, numbers and stop words are left out. Chinese is cut by rjieba; a single character is no word.
    """
    for run in _runs(_NOISE.sub(" ", text[:_LONGEST_READ])):
        yield from run
        yield from (f"{first} {second}" for first, second in pairwise(run) if not _is_han(first + second))


def _runs(text: str) -> Iterator[list[str]]:
    """Yield stretches of neighbouring words between stop words and punctuation."""
    import rjieba  # noqa: PLC0415 - its dictionary takes a moment to load

    stop = stop_words()
    run: list[str] = []
    end = 0
    for match in _PIECE.finditer(text):
        if text[end : match.start()].strip():
            yield run
            run = []
        end = match.end()
        words = rjieba.cut(match["han"]) if match["han"] else [match["word"].lower().replace("’", "'")]
        for word in words:
            if word in stop or len(word) < 2 or _HAN_NUMBER.fullmatch(word):
                if word in _PARTICLES and run:
                    run[-1:] = [f"{run[-1]} {word}"]
                yield run
                run = []
            else:
                run.append(word)
    yield run


def _is_han(text: str) -> bool:
    return any("\u3400" <= char <= "\u9fff" for char in text)
