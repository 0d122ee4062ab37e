"""Any cell can be drawn."""

import pytest

from verbatlas.app.documents.shown_text import LONGEST, excerpt, for_tip, one_line


def test_a_comment_stands_on_one_line() -> None:
    assert one_line("two\r\nlines\tand  blanks ") == "two lines and blanks"


@pytest.mark.parametrize("text", ["half \ud800 done", "nul \0 done", "\udfff", "\x1b[31m"])
def test_what_no_painter_takes_is_marked(text: str) -> None:
    shown = one_line(text)
    assert "\N{REPLACEMENT CHARACTER}" in shown
    shown.encode("utf-8")


def test_what_is_readable_stays() -> None:
    assert one_line("退款😀 שלום café") == "退款😀 שלום café"


def test_a_huge_cell_is_shown_by_its_beginning() -> None:
    assert one_line("x" * 10_000_000) == "x" * LONGEST + "…"
    assert len(for_tip("x" * 10_000_000)) < 2_100


def test_a_tip_keeps_lines_and_takes_no_markup() -> None:
    tip = for_tip("<b>not bold</b>\nnext")
    assert "&lt;b&gt;not bold&lt;/b&gt;\nnext" in tip
    assert for_tip("") == ""


def test_an_excerpt_begins_a_few_words_before_its_place() -> None:
    text = "word " * 40 + "battery " + "word " * 1_000
    shown = excerpt(text, text.index("battery"))
    assert shown.startswith("…word word")
    assert 10 < shown.index("battery") <= 42
    assert len(shown) <= LONGEST + 2


@pytest.mark.parametrize("place", range(0, 120, 7))
def test_an_excerpt_shows_its_place_in_text_without_blanks_too(place: int) -> None:
    text = "".join(chr(0x4E00 + i) for i in range(200))
    shown = excerpt(text, place)
    assert text[place] in shown
    assert shown.startswith("…") == (place > 40)
