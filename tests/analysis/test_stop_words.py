"""Stop words of both languages are shipped."""

from verbatlas.analysis.stop_words import stop_words


def test_both_languages_are_there() -> None:
    assert {"the", "and", "的", "我们"} <= stop_words()
    assert not {"battery", "price", "电池", "客服"} & stop_words()
