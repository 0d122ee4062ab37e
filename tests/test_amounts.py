"""Amounts as people say them."""

import pytest

from verbatlas.amounts import bytes_in_words, duration_in_words, share_in_words


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1500, "1.5 KB"),
        (230_000, "230 KB"),
        (1_200_000, "1.2 MB"),
        (3_200_000_000, "3.2 GB"),
    ],
)
def test_data_is_said_with_a_fitting_unit(count: int, words: str) -> None:
    assert bytes_in_words(count) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 second"), (12.4, "12 seconds"), (89, "1 minute"), (600, "10 minutes"), (7200, "2.0 hours")],
)
def test_a_duration_is_as_coarse_as_it_is_uncertain(seconds: float, words: str) -> None:
    assert duration_in_words(seconds) == words


@pytest.mark.parametrize(
    ("part", "whole", "words"), [(0, 10, "0%"), (1, 1000, "under 1%"), (1, 4, "25%"), (3, 0, "0%")]
)
def test_a_share_is_never_said_to_be_nothing_when_it_is_something(part: int, whole: int, words: str) -> None:
    assert share_in_words(part, whole) == words
