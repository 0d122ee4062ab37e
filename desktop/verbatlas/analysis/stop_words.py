"""Words that name no theme, in English and Chinese."""

import functools

from verbatlas.resources import resource


@functools.cache
def stop_words() -> frozenset[str]:
    """Return the stop words of both languages, in lower case: comments mix them."""
    files = sorted(resource("stopwords").glob("*.txt"))
    return frozenset(word for file in files for word in file.read_text(encoding="utf-8").split())
