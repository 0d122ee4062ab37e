"""Every document that contains the words is found, no other, and the words are marked where they are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatlas.analysis.text_folding import fold
from verbatlas.analysis.text_query import SearchKind, words_of
from verbatlas.analysis.text_search import TextIndex, spans
from verbatlas.errors import Problem, UserError
from verbatlas.progress import Cancelled

DOCUMENTS = (
    "电池不耐用，半天就没电了",
    "快递太慢了，客服一直不理人",
    "Battery life is TOO short",
    "the battery\nlife was fine",
    "ＡＰＰ 打不开",
    "",
    "0\0battery",
)
_LETTERS = st.text("ab 电池Ａ，\n\0ßé", max_size=8)


def rows(query: str, kind: SearchKind = SearchKind.WORDS) -> list[int]:
    return np.flatnonzero(TextIndex(DOCUMENTS).find(query, kind=kind)).tolist()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("电池", [0]),
        ("电", [0]),
        ("太慢", [1]),
        ("不理人", [1]),
        ("BATTERY", [2, 3, 6]),
        ("life battery", [2, 3]),
        ('"battery life"', [2, 3]),
        ("app", [4]),
        ("，", [0, 1]),
        (",", [0, 1]),
        ("快递 电池", []),
        ("不", [0, 1, 4]),
        ("  ", []),
        ("用\0", []),
    ],
)
def test_words_are_found_in_any_language_however_short(query: str, found: list[int]) -> None:
    assert rows(query) == found


def test_a_pattern_finds_what_it_says() -> None:
    assert rows("(太|很)慢|short$", SearchKind.PATTERN) == [1, 2]
    assert rows("", SearchKind.PATTERN) == []
    with pytest.raises(UserError) as caught:
        rows("(太", SearchKind.PATTERN)
    assert caught.value.problem is Problem.PATTERN_UNCLOSED


def test_meaning_is_nothing_that_a_text_can_tell() -> None:
    with pytest.raises(ValueError, match="meaning"):
        TextIndex(DOCUMENTS).find("slow", kind=SearchKind.MEANING)
    assert spans(DOCUMENTS[0], "电池", kind=SearchKind.MEANING) == []


def test_no_documents() -> None:
    assert TextIndex(()).find("a").shape == (0,)


def test_hits_are_marked_in_the_text_as_it_is_shown() -> None:
    assert spans("Ｂattery, BATTERY", "battery") == [(0, 7), (9, 16)]
    assert spans("太慢，太慢", "慢, 慢") == [(1, 3), (4, 5)]
    assert spans("aaa", "aa") == [(0, 3)]
    assert spans("Straße", "SS") == [(4, 5)]
    assert spans("电池很慢", "很.", kind=SearchKind.PATTERN) == [(2, 4)]
    assert spans("电池", "") == spans("电池", "", kind=SearchKind.PATTERN) == []


def test_many_and_long_documents_keep_their_rows() -> None:
    documents = [f"comment {row} " + ("电池 " if row % 7 == 0 else "") + "x" * (row % 3 * 3000) for row in range(9000)]
    index = TextIndex(documents)

    assert np.flatnonzero(index.find("电池")).tolist() == list(range(0, 9000, 7))
    assert np.flatnonzero(index.find("8999")).tolist() == [8999]
    assert np.flatnonzero(index.find("电池$", kind=SearchKind.PATTERN)).tolist() == []


@given(st.lists(_LETTERS, max_size=12), _LETTERS)
def test_it_finds_what_looking_into_every_document_finds(documents: list[str], query: str) -> None:
    query = query.replace("\0", "")
    words = words_of(query)
    expected = [bool(words) and all(word in fold(document) for word in words) for document in documents]

    assert TextIndex(documents).find(query).tolist() == expected


@given(st.lists(_LETTERS, min_size=1, max_size=4), _LETTERS)
def test_something_is_marked_where_something_was_found(documents: list[str], query: str) -> None:
    query = query.replace("\0", "")
    for document, found in zip(documents, TextIndex(documents).find(query), strict=True):
        if found:
            marked = [fold(document[start:stop]) for start, stop in spans(document, query)]
            assert all(any(word in part for part in marked) for word in words_of(query))


def test_what_is_no_longer_wanted_ends() -> None:
    def refuse(done: int, total: int) -> None:
        raise Cancelled

    index = TextIndex(DOCUMENTS)
    for kind in (SearchKind.WORDS, SearchKind.PATTERN):
        with pytest.raises(Cancelled):
            index.find("电池", kind=kind, report=refuse)
    with pytest.raises(Cancelled):
        TextIndex(DOCUMENTS, report=refuse)
