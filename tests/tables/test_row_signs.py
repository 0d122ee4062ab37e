"""The signs of a text are found wherever they are, and those of a part as if nothing were before it."""

import pytest

from verbatlas.tables import row_signs
from verbatlas.tables.row_signs import Signs, signs_of

_TEXT = b'1,"a ""b"""\r\n2,\xe6\x85\xa2\r3,"c\nd"\n'


def found(text: bytes, quote: str = '"') -> Signs:
    return signs_of(text, ord(","), ord(quote) if quote else None)


@pytest.mark.parametrize("at_once", [1, 5, 1000])
def test_they_are_the_same_however_many_bytes_are_looked_at_at_once(
    at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(row_signs, "_AT_ONCE", at_once)
    signs = found(_TEXT)

    assert signs.places.tolist() == [at for at, code in enumerate(_TEXT) if code in b',"\r\n']
    assert bytes(signs.codes) == bytes(code for code in _TEXT if code in b',"\r\n')
    assert bytes(signs.codes[signs.is_line_end]) == b"\r\n\r\n\n"
    assert signs.is_odd.tolist() == [_TEXT[: at + 1].count(b'"') % 2 == 1 for at in signs.places.tolist()]
    assert not signs.has_odd_quotes


def test_those_of_a_part_count_quotes_from_where_it_begins() -> None:
    begin, end = _TEXT.index(b'b"'), _TEXT.rindex(b"\n")
    part = found(_TEXT).between(begin, end)
    alone = found(_TEXT[begin:end])

    assert (part.begin, part.end) == (begin, end)
    assert (part.places - begin).tolist() == alone.places.tolist()
    assert part.is_odd.tolist() == alone.is_odd.tolist()
    assert part.has_odd_quotes
    assert signs_of(_TEXT, ord(","), ord('"'), begin=begin, end=end).places.tolist() == part.places.tolist()


def test_quotes_may_be_characters_like_others() -> None:
    signs = found(b'a"b,c\n', quote="")

    assert (bytes(signs.codes), signs.is_quote.any(), signs.has_odd_quotes) == (b",\n", False, False)


def test_there_may_be_none() -> None:
    signs = found(b"")

    assert (len(signs.places), signs.has_odd_quotes) == (0, False)
    assert len(found(b"a,b").first(0).places) == 0
