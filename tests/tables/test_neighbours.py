"""Signs within words and letters beside those of other scripts are what a wrong decoding gives."""

import pytest

from verbatlas.tables.neighbours import Neighbours


@pytest.mark.parametrize(
    ("usual", "odd"),
    [
        ("Espanha", "Espa¤a"),
        ("Größe", "GrцЯe"),
        ("20 °C", "20°X"),
        ("Möbel", "M”bel"),
        ("5 µm, 10 m²", "5 ¤m, 10 ½m"),
        ("für €5", "f€r ü5"),
        ("don´t", "don¸t"),
        ("Nº 1", "№х 1"),
    ],
)
def test_what_stands_together_is_told_from_what_does_not(usual: str, odd: str) -> None:
    assert Neighbours(usual).in_words > Neighbours(odd).in_words


@pytest.mark.parametrize(("usual", "odd"), [("la fête à lui", "la fête ç lui"), ("są źródła", "ąś źródła")])
def test_a_word_in_the_latin_alphabet_has_letters_of_ascii_or_is_a_vowel(usual: str, odd: str) -> None:
    assert Neighbours(usual).in_latin_words > Neighbours(odd).in_latin_words


def test_letters_beyond_ascii_begin_where_others_end() -> None:
    assert Neighbours("Очень долго, да").n_begins == 3
    assert Neighbours("很好，不错 ok").n_begins == 2
    assert Neighbours("all in ASCII").n_begins == 0


def test_an_ideograph_beside_a_latin_letter_is_odd() -> None:
    assert Neighbours("Stra遝e").among_ideographs < Neighbours("服务 ok").among_ideographs
