"""A readable automatic name per cluster."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

WORDS_PER_NAME = 3
SEPARATOR = " · "
_LONGEST_NAME = 48
_LONGEST_QUOTE = 24


def names(keywords: Mapping[int, Sequence[str]], documents: Mapping[int, Sequence[str]]) -> dict[int, str]:
    """Return one name per cluster, no two alike.

    A name is the two or three most telling keywords, written as people write them in the comments (``iPhone``,
    ``ATM``). A cluster without keywords is named by the beginning of its most typical comment.

    Args:
        keywords: Per cluster, the most telling first.
        documents: Per cluster some of its documents, the most typical first.
    """
    given: dict[int, str] = {}
    taken: set[str] = set()
    for cluster, words in keywords.items():
        written = [_as_written(word, documents[cluster]) for word in words]
        name = _first_free(_candidates(written, documents[cluster]), taken)
        given[cluster] = name
        taken.add(name)
    return given


def _candidates(words: Sequence[str], documents: Sequence[str]) -> Iterable[str]:
    if words:
        yield _fitting(words[:WORDS_PER_NAME])
        for extra in words[WORDS_PER_NAME:]:
            yield _fitting([*words[: WORDS_PER_NAME - 1], extra])
        base = _fitting(words[:WORDS_PER_NAME])
    else:
        base = _quote(documents[0])
        yield base
    for number in range(2, 1_000_000):
        yield f"{base} ({number})"


def _fitting(words: Sequence[str]) -> str:
    kept = list(words)
    while len(kept) > 1 and len(SEPARATOR.join(kept)) > _LONGEST_NAME:
        kept.pop()
    name = SEPARATOR.join(kept)
    return name[:1].upper() + name[1:] if name[:2].islower() else name


def _quote(document: str) -> str:
    text = " ".join(document.split())
    if len(text) <= _LONGEST_QUOTE:
        return text
    cut = text[:_LONGEST_QUOTE]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut) + "…"


def _first_free(candidates: Iterable[str], taken: set[str]) -> str:
    return next(name for name in candidates if name not in taken)


def _as_written(word: str, documents: Sequence[str]) -> str:
    """Return ``word`` in the letter case that most of the documents give it inside a sentence."""
    if not word.isascii():
        return word
    # At the beginning of a sentence a capital says nothing.
    pattern = re.compile(rf"(?<=[\w,;] )\b{re.escape(word)}\b", re.IGNORECASE)
    seen = Counter(match.group() for document in documents for match in pattern.finditer(document[:2_000]))
    return min(seen, key=lambda form: (-seen[form], form)) if seen else word
