"""What is typed becomes words; quotation marks keep some together."""

import pytest

from verbatlas.analysis.text_query import words_of


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", ()),
        ("  　 ", ()),
        ("Late Delivery", ("late", "delivery")),
        ("电池　太慢", ("电池", "太慢")),
        ('"not good" phone', ("not good", "phone")),
        ("“客服 不理人”", ("客服 不理人",)),
        ("«pas bon» ", ("pas bon",)),
        ('"not good', ("not good",)),
        ('""', ()),
        ('5" screen', ('5"', "screen")),
        ("late LATE ｌａｔｅ", ("late",)),
    ],
)
def test_words(query: str, words: tuple[str, ...]) -> None:
    assert words_of(query) == words
