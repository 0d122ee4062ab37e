"""What a person types into a search: which kind of search it is, and the words that it asks for."""

import re
from enum import StrEnum

from verbatlas.analysis.text_folding import fold


class SearchKind(StrEnum):
    """How a query is understood."""

    WORDS = "words"  # every word of it is in the text
    PATTERN = "pattern"  # a regular expression
    MEANING = "meaning"  # the text says something like it; not answered by the text alone


_PARTS = re.compile(r'"([^"]*)"?|“([^”]*)”?|„([^“”]*)[“”]?|«([^»]*)»?|(\S+)')


def words_of(query: str) -> tuple[str, ...]:
    """Return the folded words of ``query``, each once; what stands in quotation marks is one word, blanks and all.

    A quotation mark that is not closed reaches to the end, so that a query can be answered while it is being typed.
    """
    found = (fold(next((part for part in match.groups() if part is not None), "")) for match in _PARTS.finditer(query))
    return tuple(dict.fromkeys(word for word in found if word.strip()))
