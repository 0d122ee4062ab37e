"""A text is likelier as what it is than as what another encoding makes of it."""

import pytest

from verbatlas.tables.languages import LANGUAGES, log_likelihood


@pytest.mark.parametrize(
    ("text", "language", "codec", "wrong_codec", "wrong_language"),
    [
        ("快递很快，包装完好", "Simplified Chinese", "gb18030", "big5hkscs", "Traditional Chinese"),
        ("客服人員態度惡劣，等候過久", "Traditional Chinese", "big5hkscs", "gb18030", "Simplified Chinese"),
        ("届いた商品が壊れていました", "Japanese", "cp932", "gb18030", "Simplified Chinese"),
        ("배송이 너무 늦었어요", "Korean", "cp949", "gb18030", "Simplified Chinese"),
        ("Größe fällt zu klein aus", "German", "cp1252", "cp1250", "Czech and Slovak"),
        ("Очень долго ждали", "Russian", "cp1251", "koi8_r", "Russian"),
        ("Очень долго ждали", "Russian", "cp1251", "cp1252", "French"),
        ("À la caisse, c'était très long", "French", "cp1252", "cp1251", "Russian"),
    ],
)
def test_the_right_decoding_is_the_likelier_one(
    text: str, language: str, codec: str, wrong_codec: str, wrong_language: str
) -> None:
    wrong = text.encode(codec).decode(wrong_codec, "replace")

    assert log_likelihood(text, [language]) > log_likelihood(wrong, [wrong_language])


def test_control_characters_and_broken_ones_are_unlikely_in_every_language() -> None:
    for sign in ("\x80", "\x01", "\ufffd"):
        assert log_likelihood(f"a{sign}b", LANGUAGES) < log_likelihood("aéb", LANGUAGES)


def test_the_characters_of_a_language_are_given_once() -> None:
    for language in LANGUAGES.values():
        assert all(not char.isascii() for char in language.common), language.name


def test_a_file_full_of_latin_letters_is_seldom_in_a_language_without_them() -> None:
    assert log_likelihood("4,5,£\n", ["English"], n_latin=500) > log_likelihood("4,5,Ј\n", ["Russian"], n_latin=500)
    assert log_likelihood("Zoë", ["Dutch"], n_latin=500) > log_likelihood("Zoė", ["Lithuanian"], n_latin=500)


def test_one_letter_of_another_alphabet_is_less_likely_than_in_a_word() -> None:
    assert log_likelihood("и,о,а,е", ["Russian"]) < log_likelihood("иоае,,,", ["Russian"])
