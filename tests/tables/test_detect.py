"""How a whole file is written is found out from its beginning, its end and its foreign lines."""

import io
from pathlib import Path

import pytest
from verbatlas.tables.detect import byte_order_mark, detect_format, ends_with_line_end, is_blank_file

from verbatlas.errors import Problem, UserError


def test_foreign_letters_behind_the_beginning_decide() -> None:
    plain = b"1,all is well here\r\n" * 30_000
    content = plain + "2,电池不耐用，客服不理人\r\n".encode("gb18030") * 20

    found = detect_format(Path("in.csv"), io.BytesIO(content))

    assert (found.encoding, found.line_end) == ("gb18030", "\r\n")


def test_a_broken_character_far_behind_leaves_the_file_utf8() -> None:
    plain = "1,一切都好\n".encode() * 40_000

    assert detect_format(Path("in.csv"), io.BytesIO(plain + b"2,\xff\n" + plain)).encoding == "utf-8"


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(UserError) as caught:
        detect_format(Path("in.csv"), io.BytesIO(bytes(range(256)) * 8))

    assert caught.value.problem is Problem.FILE_BINARY


@pytest.mark.parametrize(
    ("content", "encoding", "mark"),
    [
        (b"\xef\xbb\xbfa", "utf-8", b"\xef\xbb\xbf"),
        (b"a", "utf-8", b""),
        (b"\xff\xfea\x00", "utf-16-le", b"\xff\xfe"),
        (b"\xef\xbb\xbfa", "cp1252", b""),
    ],
)
def test_a_byte_order_mark_is_skipped_only_where_there_is_one(content: bytes, encoding: str, mark: bytes) -> None:
    file = io.BytesIO(content)

    assert byte_order_mark(file, encoding) == mark
    assert file.tell() == len(mark)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "gb18030", "utf-32-le"])
@pytest.mark.parametrize(("text", "ends"), [("a\n", True), ("a\r", True), ("a\r\n", True), ("a", False), ("", False)])
def test_the_end_of_the_last_line_is_seen(text: str, encoding: str, *, ends: bool) -> None:
    assert ends_with_line_end(io.BytesIO(text.encode(encoding)), encoding) is ends


@pytest.mark.parametrize(
    ("content", "blank"),
    [
        (b"", True),
        (b" \r\n\t", True),
        (b"\xef\xbb\xbf", True),
        ("\ufeff \r\n".encode("utf-16-le"), True),
        (b"0", False),
        (b"\x00" * 9, False),
        (b" " * 300_000 + b"a", False),
    ],
)
def test_a_file_of_white_space_is_empty(content: bytes, *, blank: bool) -> None:
    assert is_blank_file(io.BytesIO(content)) is blank
