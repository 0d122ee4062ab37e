"""UTF-16 and UTF-32 without a mark are told by their text, damaged or not."""

import pytest

from verbatlas.tables.wide_encoding import unit_bytes, wide_encoding

ENGLISH = "id,name,comment\r\n" + "".join(f"{row},Ann,The parcel came late\r\n" for row in range(20))
CHINESE = "编号,姓名,评论\r\n" + "".join(f"{row},张三,服务很差，再也不来了\r\n" for row in range(20))
WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")


@pytest.mark.parametrize("encoding", WIDE)
@pytest.mark.parametrize("text", [ENGLISH, CHINESE, ENGLISH[:20]], ids=["english", "chinese", "short"])
def test_a_text_without_a_mark_is_told(text: str, encoding: str) -> None:
    for cut in (None, -1, -3, -7):
        assert wide_encoding(text.encode(encoding)[:cut]) == encoding


@pytest.mark.parametrize("encoding", WIDE)
def test_control_characters_do_not_make_it_binary(encoding: str) -> None:
    text = ENGLISH.replace("late", "la\x01te") + "x\x0b\x0c\x1f\r\n"
    assert wide_encoding(text.encode(encoding)) == encoding
    assert wide_encoding("id,c\r\n1,la\x0bte\x0c\x01\r\n2,good\r\n".encode(encoding)) == encoding


def test_half_a_pair_does_not_make_it_binary() -> None:
    content = "id,c\r\n1,x\ud83dy\r\n2,ok\r\n".encode("utf-16-le", "surrogatepass")
    assert wide_encoding(content) == "utf-16-le"


@pytest.mark.parametrize(
    "content",
    [
        b"a,b\n1,\0\n",
        b"id,c\n1,a\0b\n2,c\n",
        b"1,Ann\0\0\0\0,late\0\0\0\n" * 20,
        b"all in ASCII\n",
        b"\x00\x01\x02\x03" * 500,
        bytes((i * 7919 + i // 3) % 256 for i in range(5000)),
    ],
)
def test_zeros_alone_do_not_make_it_wide(content: bytes) -> None:
    assert not wide_encoding(content)


def test_the_unit_is_two_or_four_bytes() -> None:
    assert [unit_bytes(name) for name in (*WIDE, "utf-8")] == [2, 2, 4, 4, 1]
