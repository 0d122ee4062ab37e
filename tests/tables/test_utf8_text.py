"""A file's text comes as UTF-8, whatever the file is in, and what is invalid is refused or replaced."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verbatlas.tables import utf8_text
from verbatlas.tables.utf8_text import blocks_of, utf8_pieces

_TEXT = "id,评论\n1,太慢了 😀\n" * 50


def text_of(data: bytes, encoding: str, *, byte_order_mark: bool = False, replaces: bool = False) -> str:
    pieces = utf8_pieces(blocks_of(io.BytesIO(data)), encoding, byte_order_mark=byte_order_mark, replaces=replaces)
    return b"".join(pieces).decode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "gb18030"])
@pytest.mark.parametrize("block", [1, 2, 3, 7, 1000])
def test_the_text_is_the_same_wherever_it_is_cut(encoding: str, block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(utf8_text, "_BLOCK", block)

    assert text_of(_TEXT.encode(encoding), encoding) == _TEXT
    assert text_of(f"\ufeff{_TEXT}".encode(encoding), encoding, byte_order_mark=True) == _TEXT


@pytest.mark.parametrize("block", [1, 2, 5, 1000])
def test_invalid_bytes_are_refused_or_replaced(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(utf8_text, "_BLOCK", block)

    for broken in (b"ab\xffcd", "太慢".encode()[:-1], b"plain and then\xe5\xa4"):
        with pytest.raises(UnicodeDecodeError):
            text_of(broken, "utf-8")
    assert text_of(b"ab\xffcd", "utf-8", replaces=True) == "ab\ufffdcd"


_BITS = st.sampled_from(
    [b"plain text", b"a", "é".encode(), "太".encode(), "😀".encode(), b"\xc3", b"\xa9", b"\xe5\xa4"]
)


@settings(max_examples=500, deadline=None)
@given(bits=st.lists(_BITS, max_size=12), block=st.integers(1, 40))
def test_exactly_what_python_refuses_is_refused(bits: list[bytes], block: int) -> None:
    data = b"".join(bits)
    try:
        expected = data.decode()
    except UnicodeDecodeError:
        expected = None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(utf8_text, "_BLOCK", block)
        try:
            found = text_of(data, "utf-8")
        except UnicodeDecodeError:
            found = None

    assert found == expected
