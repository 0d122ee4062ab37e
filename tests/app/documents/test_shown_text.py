"""Any cell can be drawn."""

import pytest

from verbatlas.app.documents.shown_text import LONGEST, for_tip, one_line


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
