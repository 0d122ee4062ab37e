"""Words that may name a theme are found in both languages."""

import pytest

from verbatlas.analysis.segmentation import phrases


@pytest.mark.parametrize(
    ("text", "found", "left_out"),
    [
        ("My card payment was declined!", {"card", "payment", "card payment", "declined"}, {"my", "was"}),
        ("电池不耐用，客服一直不理人", {"电池", "客服"}, {"一直", "，"}),
        ("更新App以后WiFi连不上", {"更新", "app", "wifi"}, {"以后"}),
        ("see https://x.org/a or mail me@x.org 12345", set(), {"https", "org", "12345"}),
        ("I can't top up", {"top up"}, {"can't", "up"}),
        ("delivery, price", {"delivery", "price"}, {"delivery price"}),
    ],
)
def test_phrases(text: str, found: set[str], left_out: set[str]) -> None:
    seen = set(phrases(text))

    assert found <= seen
    assert not left_out & seen
