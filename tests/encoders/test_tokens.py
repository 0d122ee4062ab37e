import numpy as np
import pytest
from tokenizers import Tokenizer

from verbatlas.encoders.model_files import find_model
from verbatlas.encoders.tokens import MAX_TOKENS, Tokens, load_tokenizer, tokenise


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return load_tokenizer(find_model())


def _tokens(tokenizer: Tokenizer, texts: list[str]) -> Tokens:
    return tokenise(tokenizer, texts, begun=lambda: None)


def test_text_becomes_the_numbers_that_the_model_learnt(tokenizer: Tokenizer) -> None:
    assert _tokens(tokenizer, ["Hello, world!"]).ids.tolist() == [101, 7592, 1010, 2088, 999, 102]


def test_padding_is_masked(tokenizer: Tokenizer) -> None:
    tokens = _tokens(tokenizer, ["Hello, world!", "", "Hello"])
    ids, mask = tokens.padded(np.array([2, 0]))
    assert ids.tolist() == [[101, 7592, 102, 0, 0, 0], [101, 7592, 1010, 2088, 999, 102]]
    assert mask.tolist() == [[1, 1, 1, 0, 0, 0], [1, 1, 1, 1, 1, 1]]


def test_only_texts_longer_than_the_model_reads_are_cut(tokenizer: Tokenizer) -> None:
    fits = "word " * (MAX_TOKENS - 2)
    tokens = _tokens(tokenizer, [fits, fits + "more", "x " * 200_000])
    assert tokens.cut.tolist() == [False, True, True]
    assert tokens.lengths.tolist() == [MAX_TOKENS] * 3


def test_a_large_text_is_tokenised_in_parts(tokenizer: Tokenizer) -> None:
    begun: list[int] = []
    tokens = tokenise(tokenizer, ["good words " * 2_000] * 60 + ["tiny"] * 9_000, begun=lambda: begun.append(1))
    assert len(tokens.lengths) == 9_060
    assert len(begun) == 5  # three for the long texts, the last taking in the first short ones


def test_half_of_a_character_pair_is_read_as_an_unknown_character(tokenizer: Tokenizer) -> None:
    assert _tokens(tokenizer, ["fine \ud83d"]).ids.tolist() == _tokens(tokenizer, ["fine ?"]).ids.tolist()


def test_no_texts_have_no_tokens(tokenizer: Tokenizer) -> None:
    tokens = _tokens(tokenizer, [])
    assert (len(tokens.ids), len(tokens.lengths), len(tokens.cut)) == (0, 0, 0)
