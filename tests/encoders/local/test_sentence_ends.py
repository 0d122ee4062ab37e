import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatlas.encoders.local.sentence_ends import parts_of


def _parts(text: str, *, most: int) -> list[str]:
    return list(parts_of(text, range(len(text)), most=most))  # a token for every character


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("快递慢。质量好！客服差。", 9, ["快递慢。质量好！", "客服差。"]),
        ("It broke. I want 3.5 back. Now.", 28, ["It broke. I want 3.5 back.", " Now."]),
        ("他说“很好。”我不信", 8, ["他说“很好。”", "我不信"]),
        ("one two three", 9, ["one two ", "three"]),
        ("太慢，真的太慢了啊", 5, ["太慢，", "真的太慢了", "啊"]),
        ("first line\nsecond line", 16, ["first line\n", "second line"]),
        ("aaaaaaaaaa", 4, ["aaaa", "aaaa", "aa"]),
        ("short", 5, ["short"]),
        ("", 5, []),
    ],
)
def test_parts_end_where_sentences_do(text: str, most: int, expected: list[str]) -> None:
    assert _parts(text, most=most) == expected


@given(st.text(alphabet="ab。.!, \n好", max_size=80), st.integers(1, 20))
def test_parts_are_the_whole_text_and_never_too_long(text: str, most: int) -> None:
    parts = _parts(text, most=most)
    assert "".join(parts) == text
    assert all(1 <= len(part) <= most for part in parts)


@given(st.lists(st.integers(0, 30), max_size=40), st.integers(1, 5))
def test_it_ends_whatever_the_tokens_are(starts: list[int], most: int) -> None:
    text = "x" * 31
    assert "".join(parts_of(text, sorted(starts), most=most)) == text
