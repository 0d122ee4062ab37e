"""Parts of a text stand out; the text stays what it is."""

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from verbatlas.app.marked_text import marked_text


def test_parts_stand_between_tags() -> None:
    assert marked_text("late again", [(0, 4)]) == "<b>late</b> again"
    assert marked_text("a <b> c", [(2, 5)], before="<i>", after="</i>") == "a <i>&lt;b&gt;</i> c"
    assert marked_text("电池太慢", []) == "电池太慢"


@given(st.text(max_size=40), st.lists(st.integers(0, 40), max_size=6, unique=True))
def test_without_the_tags_it_is_the_text(text: str, places: list[int]) -> None:
    edges = sorted(place for place in places if place <= len(text))
    spans = list(zip(edges[::2], edges[1::2], strict=False))
    made = marked_text(text, spans)
    assert html.unescape(re.sub("</?b>", "", made)) == text
    assert made.count("<b>") == made.count("</b>") == len(spans)
