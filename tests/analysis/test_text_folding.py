"""Folding takes away what makes no difference, and every folded character knows where it came from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatlas.analysis.text_folding import fold, fold_with_places, piece_end

_SIGNS = "aBßİ éÉ\u0301\u0327eﬀＡ１，。…㎏①電电池\u3000\n\t한\u1112\u1161\u11ab😀\ud800"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("LATE", "late"),
        ("Straße", "strasse"),
        ("ＡＰＰ　１２", "app 12"),
        ("太慢，了！", "太慢,了!"),
        ("e\u0301", "é"),
        ("one\r\ntwo\tthree", "one  two three"),
        ("", ""),
    ],
)
def test_case_width_and_line_breaks_make_no_difference(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(st.one_of(st.sampled_from(_SIGNS), st.characters()), max_size=30))
def test_piece_by_piece_is_the_same_as_at_once_and_places_are_those_of_the_text(text: str) -> None:
    folded, places = fold_with_places(text)

    assert folded == fold(text)
    assert len(places) == len(folded) + 1
    assert places[-1] == len(text)
    for stop in range(1, len(folded) + 1):
        start = int(places[stop - 1])
        assert folded[stop - 1] in fold(text[start : piece_end(places, stop)])
