"""Which parts of a comment a search has found, asked again and again while rows are drawn."""

import functools

from verbatlas.analysis.text_query import SearchKind
from verbatlas.analysis.text_search import spans
from verbatlas.app.search.query import Query

_LONGEST = 20_000  # characters of a comment that are looked through: what is drawn must be known at once
_REMEMBERED = 512  # comments; a screen holds some dozens


class FoundParts:
    """What to mark in the texts that are shown.

    Args:
        query: Answered already, so a pattern in it is a good one; None marks nothing, as does a search by meaning.
    """

    def __init__(self, query: Query | None = None) -> None:
        self._query = query
        self._remembered = functools.lru_cache(_REMEMBERED)(self._look)

    def __bool__(self) -> bool:
        """Whether anything is looked for that has a place in a text."""
        return self._query is not None and self._query.kind is not SearchKind.MEANING

    def spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return where the parts are: (start, stop) in characters, rising, apart; in the first 20,000 of ``text``."""
        return self._remembered(text) if self else ()

    def _look(self, text: str) -> tuple[tuple[int, int], ...]:
        assert self._query is not None
        return tuple(spans(text[:_LONGEST], self._query.text, kind=self._query.kind))
