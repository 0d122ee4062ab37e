"""Find the documents that contain what a person typed, by words or by a regular expression, in any language."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verbatlas.analysis.text_folding import fold, fold_with_places, piece_end
from verbatlas.analysis.text_pattern import pattern_of
from verbatlas.analysis.text_query import SearchKind, words_of
from verbatlas.progress import Report, no_report

# Small enough that one step holds the interpreter's lock for a few milliseconds only, and that one rare character
# makes four bytes of each of few characters.
_BLOCK_DOCUMENTS = 2048
_BLOCK_CHARACTERS = 100_000
_FOLDED_AT_ONCE = 64  # documents: the lock is not given away while a text is folded
_END = "\0"  # stands between documents and in no word that is looked for


@dataclass(frozen=True, slots=True, eq=False)
class _Block:
    """Neighbouring documents in one text."""

    first: int  # the row of the first document
    starts: NDArray[np.int64]  # where each document begins in the text
    text: str


class TextIndex:
    """Folded documents, ready to be searched again and again.

    A million short comments are searched for a word in some hundredths of a second, by scanning all of the text: a
    word of one Chinese character is found inside of a sentence like any other.

    Args:
        documents: The text of every row.
        report: Hears how many documents are ready.

    Raises:
        Cancelled: The reporter no longer wants the index.
    """

    def __init__(self, documents: Sequence[str], *, report: Report = no_report) -> None:
        self._documents = documents
        self._blocks: list[_Block] = []
        for first, part in _parts(documents):
            report(first, len(documents))
            self._blocks.append(_block(first, part))

    def find(self, query: str, *, kind: SearchKind = SearchKind.WORDS, report: Report = no_report) -> NDArray[np.bool_]:
        """Return which documents the query is about.

        Args:
            query: For WORDS: words that must all occur, in any order and inside other words; several in quotation
                marks count as one. Case, width and kinds of blanks make no difference. For PATTERN: a regular
                expression of RE2's syntax, which upper and lower case make no difference to.
            kind: WORDS or PATTERN.
            report: Hears how many documents have been looked at.

        Returns:
            bool, shape (n_documents,); all False for a query without words.

        Raises:
            UserError: The pattern is wrong (PATTERN_UNCLOSED, PATTERN_WRONG).
            ValueError: The kind is MEANING, which the text alone cannot answer.
            Cancelled: The reporter no longer wants the answer.
        """
        match kind:
            case SearchKind.WORDS:
                return self._find_words(words_of(query), report)
            case SearchKind.PATTERN:
                return self._find_pattern(query, report)
            case SearchKind.MEANING:
                raise ValueError("a text index knows no meaning")

    def _find_words(self, words: Sequence[str], report: Report) -> NDArray[np.bool_]:
        found = np.zeros(len(self._documents), np.bool_)
        if not words or any(_END in word for word in words):
            return found
        for block in self._blocks:
            report(block.first, len(self._documents))
            if all(word in block.text for word in words):
                rows = slice(block.first, block.first + len(block.starts))
                found[rows] = np.logical_and.reduce([_have(block, word) for word in words])
        return found

    def _find_pattern(self, expression: str, report: Report) -> NDArray[np.bool_]:
        found = np.zeros(len(self._documents), np.bool_)
        if not expression:
            return found
        pattern = pattern_of(expression)
        for first, part in _parts(self._documents):
            report(first, len(self._documents))
            found[first : first + len(part)] = [pattern.is_in(document) for document in part]
        return found


def spans(document: str, query: str, *, kind: SearchKind = SearchKind.WORDS) -> list[tuple[int, int]]:
    """Return where in ``document`` the parts are that ``query`` found: (start, stop) in characters, rising, apart.

    Args:
        document: One text, as it is shown.
        query: As for :meth:`TextIndex.find`.
        kind: WORDS or PATTERN; MEANING marks nothing.

    Raises:
        UserError: The pattern is wrong (PATTERN_UNCLOSED, PATTERN_WRONG).
    """
    match kind:
        case SearchKind.WORDS:
            return _merged(_word_spans(document, words_of(query)))
        case SearchKind.PATTERN:
            return _merged(pattern_of(query).spans(document)) if query else []
        case SearchKind.MEANING:
            return []


def _parts(documents: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the documents in runs of bounded length, each with the row of its first."""
    first, n_characters = 0, 0
    for row, document in enumerate(documents):
        if row > first and (row - first >= _BLOCK_DOCUMENTS or n_characters + len(document) > _BLOCK_CHARACTERS):
            yield first, documents[first:row]
            first, n_characters = row, 0
        n_characters += len(document)
    if len(documents) > first:
        yield first, documents[first:]


def _block(first: int, documents: Sequence[str]) -> _Block:
    parts = (documents[start : start + _FOLDED_AT_ONCE] for start in range(0, len(documents), _FOLDED_AT_ONCE))
    text = _END.join(_folded(part) for part in parts)
    lengths = np.fromiter(map(len, text.split(_END)), np.int64, len(documents))
    starts = np.cumsum(lengths + 1) - lengths - 1
    return _Block(first, starts, text)


def _folded(documents: Sequence[str]) -> str:
    text = _END.join(documents)
    if text.count(_END) >= len(documents):  # some document has the sign itself
        text = _END.join(document.replace(_END, " ") for document in documents)
    return fold(text)


def _have(block: _Block, word: str) -> NDArray[np.bool_]:
    """Return which documents of a block contain ``word``: the lengths between its places tell where they are."""
    lengths = np.fromiter(map(len, block.text.split(word)), np.int64)
    places = np.cumsum(lengths[:-1] + len(word)) - len(word)
    have = np.zeros(len(block.starts), np.bool_)
    have[np.searchsorted(block.starts, places, side="right") - 1] = True
    return have


def _word_spans(document: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    text, places = fold_with_places(document)
    for word in words:
        start = text.find(word)
        while start >= 0:
            yield int(places[start]), piece_end(places, start + len(word))
            start = text.find(word, start + 1)


def _merged(found: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans in order, those that touch or overlap joined."""
    ordered = sorted(found)
    merged = ordered[:1]
    for start, stop in itertools.islice(ordered, 1, None):
        before_start, before_stop = merged[-1]
        if start <= before_stop:
            merged[-1] = before_start, max(before_stop, stop)
        else:
            merged.append((start, stop))
    return merged
