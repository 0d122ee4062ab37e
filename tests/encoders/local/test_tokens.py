import numpy as np
import pytest

from verbatlas.encoders.local.description import describe
from verbatlas.encoders.local.packaged import find_model
from verbatlas.encoders.local.tokens import TextReader, Tokens


@pytest.fixture(scope="module")
def reader() -> TextReader:
    return TextReader(describe(find_model()))


def _tokens(reader: TextReader, texts: list[str]) -> Tokens:
    return reader.read(texts, begun=lambda: None)


def test_text_becomes_the_numbers_that_the_model_learnt(reader: TextReader) -> None:
    assert _tokens(reader, ["Hello, world!"]).ids.tolist() == [101, 7592, 1010, 2088, 999, 102]


def test_padding_is_masked(reader: TextReader) -> None:
    tokens = _tokens(reader, ["Hello, world!", "", "Hello"])
    ids, mask = tokens.padded(np.array([2, 0]))
    assert ids.tolist() == [[101, 7592, 102, 0, 0, 0], [101, 7592, 1010, 2088, 999, 102]]
    assert mask.tolist() == [[1, 1, 1, 0, 0, 0], [1, 1, 1, 1, 1, 1]]
