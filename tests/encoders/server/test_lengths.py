import pytest

from verbatlas.encoders.server.lengths import LONGEST, length_to_try, longest_sent, sendable


@pytest.mark.parametrize(
    "words",
    [
        "The input (1000 tokens) is longer than the model's context length (512 tokens).",
        "This model's maximum context length is 512 tokens. However, you requested 1000 tokens in the input.",
        "maximum context length is 512 tokens, however you requested 1000 tokens (1000 in your prompt; 0 for the rest)",
        "Input validation error: `inputs` must have less than 512 tokens. Given: 1000",
        "String should have at most 512 characters, not 1000 (input 3)",
    ],
)
def test_a_server_that_says_its_limit_is_taken_at_its_word(words: str) -> None:
    assert length_to_try(4000, words) == int(4000 * 512 / 1000 * 0.95)


@pytest.mark.parametrize(
    "words",
    ["", "no", "error 500 in 2026", "at most 512 tokens", "must be 1000 or 512", "too many tokens: 512, request 83749"],
)
def test_otherwise_half_is_tried(words: str) -> None:
    assert length_to_try(4000, words) == 2000


def test_there_is_an_end_to_halving() -> None:
    assert length_to_try(1, "") == 0


def test_no_more_is_sent_than_the_model_can_read() -> None:
    assert longest_sent(None) == longest_sent(1_000_000) == LONGEST
    assert longest_sent(512) == 6144
    assert sendable("评" * 50, longest=20) == "评" * 20


def test_half_a_pair_of_characters_is_replaced() -> None:
    assert sendable("a\ud83db", longest=10) == "a?b"
