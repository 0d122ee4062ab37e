"""All places are counted; the first hundred are named."""

from verbatlas.tables.read_report import LINES_NAMED, Places


def test_lines_are_named_until_there_are_a_hundred() -> None:
    places = Places().and_lines(list(range(60))).and_lines(list(range(60, 160))).and_lines([999])

    assert places.count == 161
    assert places.lines == tuple(range(LINES_NAMED))
