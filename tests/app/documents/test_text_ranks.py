"""The alphabet for English and Chinese."""

import math

import pytest

from verbatlas.app.documents.text_ranks import COMPARED, text_ranks
from verbatlas.progress import Cancelled


def in_order(texts: list[str | None]) -> list[str | None]:
    ranks = text_ranks(texts)
    return [
        texts[place] for place in sorted(range(len(texts)), key=lambda place: (math.isnan(ranks[place]), ranks[place]))
    ]


def test_case_and_accents_do_not_matter() -> None:
    assert in_order(["zebra", "Éclair", "apple", "eager", "Banana"]) == ["apple", "Banana", "eager", "Éclair", "zebra"]
    assert len(set(text_ranks(["Cafe", "café", "CAFÉ"]))) == 1


def test_chinese_stands_by_pinyin_behind_digits_and_letters() -> None:
    assert in_order(["张", "退款", "zoo", "李", "啊", "9 days"]) == ["9 days", "zoo", "啊", "李", "退款", "张"]


def test_a_shorter_text_stands_before_a_longer_one_and_blank_ones_have_no_place() -> None:
    assert in_order([None, "ab", "a", "  ", "abc"])[:3] == ["a", "ab", "abc"]
    assert [math.isnan(rank) for rank in text_ranks([None, "", " \n", "x"])] == [True, True, True, False]


def test_what_is_no_unicode_text_has_a_place_too() -> None:
    assert not any(math.isnan(rank) for rank in text_ranks(["\ud800", "a\udfff", "😀", "한국어", "\0"]))


def test_only_the_beginning_counts() -> None:
    same = "x" * COMPARED
    assert len(set(text_ranks([same + "b", same + "a"]))) == 1


def test_no_texts_have_no_places() -> None:
    assert len(text_ranks([])) == 0


def test_many_texts_are_compared_across_all_parts() -> None:
    texts = [f"{number:06d}" for number in range(9_999, -1, -1)]
    assert text_ranks(texts).tolist() == list(range(9_999, -1, -1))


def test_it_ends_when_it_is_no_longer_wanted() -> None:
    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        text_ranks(["a"], go_on=stop)
