"""Texts without what makes no difference between them, and which of them say too little."""

import pytest

from verbatlas.analysis.bare_text import bare, is_very_short


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Late  AGAIN!!", "late again"),
        ("don't, won’t", "dont wont"),
        ("a_b-c/d", "a b c d"),
        ("Ｆｕｌｌ　ｗｉｄｔｈ，ＯＫ", "full width ok"),
        ("快递太慢了，等了 3 天。", "快递太慢了 等了 3 天"),
        ("ÜBER Straße", "über strasse"),
        ("अच्छा है", "अच्छा है"),
        ("👍 …", ""),
    ],
)
def test_case_punctuation_and_width_make_no_difference(text: str, words: str) -> None:
    assert bare(text).decode() == words


@pytest.mark.parametrize(
    "text", ["ok", "Great!", "n/a", "-", "👍👍", "12345", "很好", "还可以", "不错。", "좋아요", "ดีมาก"]
)
def test_a_single_word_is_very_short(text: str) -> None:
    assert is_very_short(bare(text))


@pytest.mark.parametrize(
    "text",
    [
        "too late",
        "Great product",
        "质量很好",
        "iPhone很好",
        "아주 좋아요",
        "อาหารอร่อยมาก",
        "अच्छा उत्पाद",
        "不错不错 " * 90,
    ],
)
def test_two_words_are_not(text: str) -> None:
    assert not is_very_short(bare(text))
