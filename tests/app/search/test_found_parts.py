"""What a search has found, in the texts that are shown."""

from verbatlas.analysis.text_query import SearchKind
from verbatlas.app.search.found_parts import FoundParts
from verbatlas.app.search.query import Query


def spans(text: str, asked: str, kind: SearchKind = SearchKind.WORDS) -> tuple[tuple[int, int], ...]:
    return FoundParts(Query(asked, kind, 1)).spans(text)


def test_words_and_patterns_are_marked_and_meanings_are_not() -> None:
    assert spans("退款太慢，Battery", "太慢 battery") == ((2, 4), (5, 12))
    assert spans("late, later", "lat.\\b", SearchKind.PATTERN) == ((0, 4),)
    assert spans("late", "late", SearchKind.MEANING) == ()


def test_without_a_search_nothing_is_marked() -> None:
    assert FoundParts().spans("late") == ()


def test_a_huge_comment_is_marked_at_its_beginning_only() -> None:
    text = "late " * 2_000_000
    assert spans(text, "late")[-1][1] <= 20_000
