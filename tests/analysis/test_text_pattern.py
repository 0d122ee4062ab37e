"""A pattern finds what it says, in linear time; a wrong one says where it is wrong."""

import time

import pytest

from verbatlas.analysis.text_pattern import pattern_of
from verbatlas.errors import Problem, UserError


@pytest.mark.parametrize(
    ("expression", "text", "spans"),
    [
        ("电池|屏幕", "屏幕和电池", [(0, 2), (3, 5)]),
        ("BATTER(y|ies)", "Battery, batteries", [(0, 7), (9, 18)]),
        (r"\d+ 天", "等了 12 天", [(3, 7)]),
        ("slow.*refund", "so slow\nno refund", [(3, 17)]),
        ("x*", "axb", [(1, 2)]),
        ("坏", "😀坏", [(1, 2)]),
        ("坏", "\ud800坏", [(1, 2)]),
        ("late", "on time", []),
    ],
)
def test_where_a_pattern_is(expression: str, text: str, spans: list[tuple[int, int]]) -> None:
    pattern = pattern_of(expression)

    assert list(pattern.spans(text)) == spans
    assert pattern.is_in(text) == bool(spans)


@pytest.mark.parametrize(
    ("expression", "problem", "position"),
    [
        ("(late", Problem.PATTERN_UNCLOSED, 1),
        (r"慢\((快|慢", Problem.PATTERN_UNCLOSED, 4),
        ("late [a-z", Problem.PATTERN_UNCLOSED, 6),
        ("late)", Problem.PATTERN_WRONG, 1),
        ("*late", Problem.PATTERN_WRONG, 1),
        ("so late**", Problem.PATTERN_WRONG, 8),
        (r"(a)\1", Problem.PATTERN_WRONG, 4),
        ("late(?=x)", Problem.PATTERN_WRONG, 5),
        ("电池[z-a]", Problem.PATTERN_WRONG, 4),
        ("\ud800(", Problem.PATTERN_UNCLOSED, 2),
    ],
)
def test_a_wrong_pattern_says_where(expression: str, problem: Problem, position: int) -> None:
    with pytest.raises(UserError) as caught:
        pattern_of(expression)

    assert caught.value.problem is problem
    assert caught.value.values["position"] == position


def test_no_pattern_takes_for_ever() -> None:
    pattern, started = pattern_of("(a+)+$"), time.perf_counter()

    assert not pattern.is_in("a" * 50_000 + "b")
    assert time.perf_counter() - started < 2
