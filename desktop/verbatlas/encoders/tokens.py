"""Texts as the numbers of their tokens, the way the model was trained to read them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from verbatlas.encoders.batching import batches_by_size

MAX_TOKENS = 256  # max_seq_length in the model's sentence_bert_config.json
# No text this long fits into the tokens that are read; tokenising all of a 10 MB cell would take minutes.
_READ_CHARACTERS = 20_000
# The longest time between two reports: about 0.2 s.
_CHARACTERS_AT_ONCE = 500_000
_TEXTS_AT_ONCE = 4_000


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The tokens of some texts, one text after the other.

    Attributes:
        ids: int32, shape (n_tokens,).
        starts: int64, shape (n_texts,): where each text begins.
        lengths: int64, shape (n_texts,): how many tokens each text has.
        cut: bool, shape (n_texts,): which texts are longer than what is read.
    """

    ids: NDArray[np.int32]
    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]
    cut: NDArray[np.bool_]

    def padded(self, texts: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return ids and mask of some texts, filled up with 0: int64, shape (n_texts, tokens of the longest)."""
        place = np.arange(self.lengths[texts].max())
        inside = place < self.lengths[texts][:, None]
        ids = np.zeros(inside.shape, dtype=np.int64)
        ids[inside] = self.ids[(self.starts[texts][:, None] + place)[inside]]
        return ids, inside.astype(np.int64)


def load_tokenizer(folder: Path) -> Tokenizer:
    """Return the tokenizer of the model in ``folder``; it reads the first MAX_TOKENS tokens of a text."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    return tokenizer


def tokenise(tokenizer: Tokenizer, texts: Sequence[str], *, begun: Callable[[], None]) -> Tokens:
    """Return the tokens of ``texts``.

    Args:
        tokenizer: As :func:`load_tokenizer` returns it.
        texts: The texts, of any length.
        begun: Called before every part of the work; what it raises passes through.
    """
    ids = [np.zeros(0, dtype=np.int32)]
    lengths: list[int] = []
    cut: list[bool] = []
    parts = batches_by_size(texts, characters=_CHARACTERS_AT_ONCE, longest=_READ_CHARACTERS, most=_TEXTS_AT_ONCE)
    for part in parts:
        begun()
        encoded = tokenizer.encode_batch_fast([_readable(text) for text in part])
        ids.append(np.array([number for one in encoded for number in one.ids], dtype=np.int32))
        lengths.extend(len(one.ids) for one in encoded)
        cut.extend(
            bool(one.overflowing) or len(text) > _READ_CHARACTERS for one, text in zip(encoded, part, strict=True)
        )
    counted = np.array(lengths, dtype=np.int64)
    return Tokens(np.concatenate(ids), np.cumsum(counted) - counted, counted, np.array(cut, dtype=np.bool_))


def _readable(text: str) -> str:
    """Return the part that is read, with halves of a character pair, which are no text, replaced."""
    return text[:_READ_CHARACTERS].encode("utf-8", "replace").decode("utf-8")
