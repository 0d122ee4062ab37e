"""Where rows end in the middle of a text is found by its quotes."""

import pytest

from verbatlas.tables.row_borders import row_borders
from verbatlas.tables.row_signs import signs_of


def borders(text: bytes, *, quote: int | None = ord('"'), is_inside: bool = False) -> tuple[int, int] | None:
    return row_borders(signs_of(text, ord(","), quote), is_inside=is_inside)


@pytest.mark.parametrize(
    ("text", "is_inside", "expected"),
    [
        (b"a,b\nc,d\ne,f", False, (4, 8)),
        (b"a,b\r\nc,d\r\ne,f", False, (5, 10)),
        (b"a,b\rc,d\re,f", False, (4, 8)),
        (b"a,b\nc,d\n", False, (4, 8)),
        (b'a\nb",1\n"c\nd",2\n"e\nf', True, (7, 15)),
        (b'a,"b\nc"\nd,"e\nf', False, (8, 8)),
        (b'a\n""b\n"\nc', True, (8, 8)),
        (b"\nc,d\n", False, (1, 5)),
        (b"a\n\nb", False, (2, 3)),
        (b"a\r\n\r", False, (3, 3)),
    ],
)
def test_line_ends_within_quotes_end_no_row(text: bytes, is_inside: bool, expected: tuple[int, int]) -> None:
    assert borders(text, is_inside=is_inside) == expected


@pytest.mark.parametrize("text", [b"", b"a,b", b'a,"b\nc', b"a,b\r", b'a,"b\nc\r\n'])
def test_a_text_in_which_no_row_ends_has_no_borders(text: bytes) -> None:
    assert borders(text) is None


def test_where_quotes_do_not_count_every_line_end_ends_a_row() -> None:
    assert borders(b'a,"b\nc\nd', quote=None) == (5, 7)
