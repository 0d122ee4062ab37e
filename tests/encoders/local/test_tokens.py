import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from tiny_models import bert, change

from verbatlas.encoders.local.description import describe
from verbatlas.encoders.local.packaged import find_model
from verbatlas.encoders.local.refusal import Refusal
from verbatlas.encoders.local.tokens import TextReader, Tokens
from verbatlas.encoders.packages import MINILM_PACKAGE
from verbatlas.errors import UserError

_LIMIT = 256


@pytest.fixture(scope="module")
def reader() -> TextReader:
    return TextReader(describe(find_model(MINILM_PACKAGE)))


def _tokens(reader: TextReader, texts: list[str]) -> Tokens:
    return reader.read(texts, begun=lambda: None)


def _numbers(tokens: Tokens) -> Iterator[list[int]]:
    for start, length in zip(tokens.starts, tokens.lengths, strict=True):
        yield tokens.ids[start : start + length].tolist()


def test_text_becomes_the_numbers_that_the_model_learnt(reader: TextReader) -> None:
    assert _tokens(reader, ["Hello, world!"]).ids.tolist() == [101, 7592, 1010, 2088, 999, 102]


def test_padding_is_masked(reader: TextReader) -> None:
    ids, mask = _tokens(reader, ["Hello, world!", "", "Hello"]).padded(np.array([2, 0]))
    assert ids.tolist() == [[101, 7592, 102, 0, 0, 0], [101, 7592, 1010, 2088, 999, 102]]
    assert mask.tolist() == [[1, 1, 1, 0, 0, 0], [1, 1, 1, 1, 1, 1]]


def test_a_text_that_fits_is_one_part_and_one_token_more_makes_two(reader: TextReader) -> None:
    fits = "word " * (_LIMIT - 2)
    tokens = _tokens(reader, [fits, fits + "more"])
    assert tokens.texts.tolist() == [0, 1, 1]
    assert tokens.lengths[0] == _LIMIT
    assert tokens.lengths.max() == _LIMIT
    assert not tokens.cut.any()


def test_nothing_of_a_long_text_is_lost(reader: TextReader) -> None:
    words = [f"{word} number {place}." for place in range(300) for word in ("parcel", "refund")]
    tokens = _tokens(reader, [" ".join(words)])
    (whole,) = _numbers(_tokens(reader, [" ".join(words[:30])]))
    together = [number for part in _numbers(tokens) for number in part[1:-1]]
    assert together[: len(whole) - 2] == whole[1:-1]
    assert len(together) == sum(len(part) - 2 for part in _numbers(_tokens(reader, words)))


def test_parts_begin_and_end_as_the_model_learnt_it(reader: TextReader) -> None:
    for part in _numbers(_tokens(reader, ["Good coffee. " * 400])):
        assert (part[0], part[-2:]) == (101, [1012, 102])


def test_only_texts_longer_than_what_is_read_are_cut(reader: TextReader) -> None:
    tokens = _tokens(reader, ["x " * 10_000, "x " * 10_001, "x " * 5_000_000])
    assert tokens.cut.tolist() == [False, True, True]
    assert np.bincount(tokens.texts).tolist() == [40, 40, 40]


def test_a_model_with_a_long_input_reads_all_of_it(tmp_path: Path) -> None:
    folder = bert(tmp_path, limit=8192)
    change(folder, "config.json", max_position_embeddings=8192)
    tokens = _tokens(TextReader(describe(folder)), ["很好。" * 2_700, "good " * 8_192])
    assert tokens.lengths.tolist()[0] == 2 + 3 * 2_700
    assert tokens.cut.tolist() == [False, False]


def test_the_prompt_goes_before_every_part(tmp_path: Path) -> None:
    reader = TextReader(describe(bert(tmp_path, limit=24)), prompt="为这个句子：")
    (prompt,) = _numbers(_tokens(reader, [""]))
    parts = list(_numbers(_tokens(reader, ["质量很好。" * 12])))
    assert len(parts) > 3
    for part in parts:
        assert part[:7] == prompt[:7]
        assert len(part) <= 24


def test_a_model_for_lower_case_gets_lower_case(tmp_path: Path) -> None:
    folder = bert(tmp_path)
    change(folder, "sentence_bert_config.json", do_lower_case=True)
    change(folder, "tokenizer.json", normalizer=None)
    reader = TextReader(describe(folder))
    assert _tokens(reader, ["GOOD"]).ids.tolist() == _tokens(reader, ["good"]).ids.tolist()


def test_many_texts_are_tokenised_in_pieces(reader: TextReader) -> None:
    begun: list[int] = []
    tokens = reader.read(["good words " * 2_000] * 60 + ["tiny"] * 9_000, begun=lambda: begun.append(1))
    assert tokens.texts[-1] == 9_059
    assert len(begun) == 5  # three for the long texts, the last taking in the first short ones


def test_half_of_a_character_pair_is_read_as_an_unknown_character(reader: TextReader) -> None:
    assert _tokens(reader, ["fine \ud83d"]).ids.tolist() == _tokens(reader, ["fine ?"]).ids.tolist()


def test_no_texts_have_no_tokens(reader: TextReader) -> None:
    tokens = _tokens(reader, [])
    assert (len(tokens.ids), len(tokens.lengths), len(tokens.cut)) == (0, 0, 0)


def test_a_tokenizer_that_cannot_be_read_refuses_the_model(tmp_path: Path) -> None:
    folder = bert(tmp_path)
    (folder / "tokenizer.json").write_text('{"model": 1}')
    with pytest.raises(UserError) as caught:
        TextReader(describe(folder))
    assert caught.value.values["reason"] == Refusal.NO_TOKENIZER


def test_an_older_model_has_a_vocabulary_only(tmp_path: Path) -> None:
    folder = bert(tmp_path)
    reader = TextReader(describe(folder))
    vocabulary = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    (folder / "tokenizer.json").unlink()
    (folder / "vocab.txt").write_text("\n".join(sorted(vocabulary, key=vocabulary.get)), encoding="utf-8")
    older = TextReader(describe(folder))
    assert _tokens(older, ["质量很好 good"]).ids.tolist() == _tokens(reader, ["质量很好 good"]).ids.tolist()
