"""Texts as the numbers of their tokens, the way the model was trained to read them; long ones in parts."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from verbatlas.encoders.batching import READ_CHARACTERS, batches_by_size
from verbatlas.encoders.local.description import ModelDescription
from verbatlas.encoders.local.refusal import Refusal, refused
from verbatlas.encoders.local.sentence_ends import parts_of

_CHARACTERS_PER_TOKEN = 8  # at most, roughly: what a model can read at once is read whole
# The longest time between two reports: about 0.2 s.
_CHARACTERS_AT_ONCE = 500_000
_TEXTS_AT_ONCE = 4_000


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The tokens of some texts, one part of a text after the other; short texts are one part.

    Attributes:
        ids: int32, shape (n_tokens,).
        starts: int64, shape (n_parts,): where each part begins.
        lengths: int64, shape (n_parts,): how many tokens each part has.
        texts: int64, shape (n_parts,), rising: of which text each part is.
        cut: bool, shape (n_texts,): which texts are longer than what is read.
        padding: The number that fills up short parts.
    """

    ids: NDArray[np.int32]
    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]
    texts: NDArray[np.int64]
    cut: NDArray[np.bool_]
    padding: int

    def padded(self, parts: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return ids and mask of some parts, filled up on the right: int64, shape (n_parts, tokens of the longest)."""
        place = np.arange(self.lengths[parts].max())
        inside = place < self.lengths[parts][:, None]
        ids = np.full(inside.shape, self.padding, dtype=np.int64)
        ids[inside] = self.ids[(self.starts[parts][:, None] + place)[inside]]
        return ids, inside.astype(np.int64)


class TextReader:
    """Reads texts for one model.

    Args:
        description: Of the model.
        prompt: What goes before every text, and before every part of a long one.
    """

    def __init__(self, description: ModelDescription, *, prompt: str = "") -> None:
        self._tokenizer = _load(description)
        self._prompt = prompt
        self._lower_case = description.lower_case
        self._padding = description.pad_token
        self._limit = description.max_tokens
        # What is left for the text beside the prompt and the marks around it.
        self._room = max(1, self._limit - len(self._tokenizer.encode(prompt).ids))
        self.longest = max(READ_CHARACTERS, _CHARACTERS_PER_TOKEN * self._limit)  # characters

    def read(self, texts: Sequence[str], *, begun: Callable[[], None]) -> Tokens:
        """Return the tokens of ``texts``.

        Args:
            texts: Of any length.
            begun: Called before every piece of the work; what it raises passes through.
        """
        found = [np.zeros(0, dtype=np.int32)]
        lengths: list[int] = []
        owners: list[int] = []
        number = 0
        for some in batches_by_size(texts, characters=_CHARACTERS_AT_ONCE, longest=self.longest, most=_TEXTS_AT_ONCE):
            begun()
            for parts in self._parts(some):
                for part in parts:
                    found.append(np.array(part, dtype=np.int32))
                    lengths.append(len(part))
                    owners.append(number)
                number += 1
        counted = np.array(lengths, dtype=np.int64)
        return Tokens(
            ids=np.concatenate(found),
            starts=np.cumsum(counted) - counted,
            lengths=counted,
            texts=np.array(owners, dtype=np.int64),
            cut=np.fromiter((len(text) > self.longest for text in texts), np.bool_, len(texts)),
            padding=self._padding,
        )

    def _parts(self, texts: Sequence[str]) -> Iterator[list[list[int]]]:
        readable = [self._readable(text) for text in texts]
        whole = self._tokenizer.encode_batch_fast([self._prompt + text for text in readable])
        for text, encoded in zip(readable, whole, strict=True):
            yield [encoded.ids] if len(encoded) <= self._limit else self._in_parts(text, room=self._room)

    def _in_parts(self, text: str, *, room: int) -> list[list[int]]:
        starts = [start for start, _ in self._tokenizer.encode(text, add_special_tokens=False).offsets]
        parts = list(parts_of(text, starts, most=room))
        read: list[Encoding] = self._tokenizer.encode_batch_fast([self._prompt + part for part in parts])
        found: list[list[int]] = []
        for part, encoded in zip(parts, read, strict=True):
            # A part on its own may have a token or two more than within the text.
            if len(encoded) <= self._limit or len(part) == 1:
                found.append(encoded.ids[: self._limit])
            else:
                found += self._in_parts(part, room=max(1, min(room, len(starts)) * 3 // 4))
        return found

    def _readable(self, text: str) -> str:
        """Return the part that is read, with halves of a character pair, which are no text, replaced."""
        start = text[: self.longest].encode("utf-8", "replace").decode("utf-8")
        return start.lower() if self._lower_case else start


def _load(description: ModelDescription) -> Tokenizer:
    folder = description.weights[0].parent
    if (folder / "tokenizer.json").is_file():
        tokenizer = _read(folder, description.folder.name)
    else:
        tokenizer = _made(folder, description.folder.name)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _read(folder: Path, model: str) -> Tokenizer:
    try:
        return Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:
        raise refused(model, Refusal.NO_TOKENIZER, detail=f"tokenizer.json: {error}") from error


def _made(folder: Path, model: str) -> Tokenizer:
    """Make the tokenizer of an older model, which has a vocabulary only."""
    import transformers  # noqa: PLC0415 - heavy, and rarely needed

    try:
        made = transformers.AutoTokenizer.from_pretrained(str(folder), local_files_only=True, trust_remote_code=False)
        tokenizer: Tokenizer = made.backend_tokenizer
    except (OSError, ValueError, ImportError, AttributeError) as error:
        raise refused(model, Refusal.NO_TOKENIZER, detail=str(error).strip().partition("\n")[0]) from error
    return tokenizer
