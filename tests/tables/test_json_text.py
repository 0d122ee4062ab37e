"""Text is decoded as it is read; a character that is cut at the end is shown as one that cannot be read."""

import io

import pytest

from verbatlas.tables.json_text import JsonText


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
@pytest.mark.parametrize("size", [1, 3, 100, -1])
def test_characters_are_whole_however_many_bytes_are_read(encoding: str, size: int) -> None:
    text = JsonText(io.BytesIO("太慢了 slow".encode(encoding)), encoding, replaces=False)

    assert "".join(iter(lambda: text.read(size), "")) == "太慢了 slow"


@pytest.mark.parametrize("size", [3, -1])
def test_a_character_that_is_cut_is_replaced(size: int) -> None:
    text = JsonText(io.BytesIO("太慢".encode()[:-1]), "utf-8", replaces=False)

    assert "".join(iter(lambda: text.read(size), "")) == "太\ufffd"


def test_another_encoding_is_an_error_or_replaced() -> None:
    with pytest.raises(UnicodeDecodeError):
        JsonText(io.BytesIO(b"a\xffb"), "utf-8", replaces=False).read()
    assert JsonText(io.BytesIO(b"a\xffb"), "utf-8", replaces=True).read() == "a\ufffdb"
