"""The encoder for many languages that comes with Verbatlas: no download, no framework, a vector for any text."""

import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from verbatlas.encoders.batching import READ_CHARACTERS, cut_documents, places_of
from verbatlas.encoders.local.packaged import check_model, find_model
from verbatlas.encoders.local.shares import share_of
from verbatlas.encoders.local.signature import signature_of
from verbatlas.encoders.names import UNIVERSAL
from verbatlas.encoders.packages import UNIVERSAL_PACKAGE
from verbatlas.encoders.protocol import Encoded, EncoderIdentity
from verbatlas.encoders.universal.network import N_DIMENSIONS, Network
from verbatlas.errors import Problem, UserError
from verbatlas.progress import Report, no_report

if TYPE_CHECKING:
    from sentencepiece import SentencePieceProcessor

_WEIGHTS, _PIECES = "weights.npz", "sp.model"
_TEXTS_AT_ONCE = 2_048  # cut into pieces at once: 20 ms


@dataclass(frozen=True, slots=True, eq=False)
class _Loaded:
    pieces: "SentencePieceProcessor"
    network: Network


class UniversalEncoder:
    """Encodes with Google's Universal Sentence Encoder, the multilingual one of version 3.

    Yang et al. 2020, Multilingual Universal Sentence Encoder for Semantic Retrieval. It was trained on Arabic, Chinese,
    Dutch, English, French, German, Italian, Japanese, Korean, Polish, Portuguese, Russian, Spanish, Thai and Turkish,
    and brings what means the same in two of them together. It reads a text whole, up to 20,000 characters.
    """

    name = UNIVERSAL
    learns = False

    def __init__(self) -> None:
        self._folder = find_model(UNIVERSAL_PACKAGE)
        self._loaded: _Loaded | None = None

    @property
    def kept_bytes(self) -> int | None:
        """How much memory the loaded model takes; None before it is prepared."""
        return None if self._loaded is None else self._loaded.network.n_bytes

    def prepare(self, *, report: Report = no_report) -> None:
        """Check the model's files and load them.

        Raises:
            UserError: MODEL_DAMAGED.
            Cancelled: The reporter no longer wants it.
        """
        self._prepared(report=report)

    def encode(self, documents: Sequence[str], *, report: Report = no_report) -> Encoded:
        """Return one vector per document: float32, shape (n_documents, 512). Equal texts are encoded once.

        Raises:
            UserError: MODEL_DAMAGED, when :meth:`prepare` was not called.
            Cancelled: The reporter no longer wants the vectors.
        """
        loaded = self._prepared(report=no_report)
        texts = list(dict.fromkeys(documents))
        vectors = np.zeros((len(texts), N_DIMENSIONS), np.float32)
        report(0, len(documents))
        for start in range(0, len(texts), _TEXTS_AT_ONCE):
            some = [_readable(text) for text in texts[start : start + _TEXTS_AT_ONCE]]
            pieces = loaded.pieces.encode(some, add_bos=True, add_eos=True)
            stop = start + len(some)
            counted = share_of(report, start / len(texts), stop / len(texts), whole=len(documents))
            vectors[start:stop] = loaded.network.vectors(pieces, report=counted)
        return Encoded(vectors[places_of(documents, texts)], self._identity(), cut_documents(documents))

    def encode_queries(self, queries: Sequence[str], *, report: Report = no_report) -> Encoded:
        """Return what :meth:`encode` does: the model reads a question as it reads any text.

        Raises:
            UserError: As :meth:`encode`.
            Cancelled: The reporter no longer wants the vectors.
        """
        return self.encode(queries, report=report)

    def signature(self) -> str | None:
        """Return what the vectors depend on, without loading the model; None where its folder cannot be read."""
        return signature_of(self._folder, self.name)

    def _identity(self) -> EncoderIdentity:
        return EncoderIdentity(
            model=self.name,
            revision=UNIVERSAL_PACKAGE.digests[_WEIGHTS],
            pooling="sum",
            prompt="",
            precision="fp32",
            reading=f"the first {READ_CHARACTERS} characters",
        )

    def _prepared(self, *, report: Report) -> _Loaded:
        if self._loaded is None:
            check_model(UNIVERSAL_PACKAGE, self._folder, report=report)
            self._loaded = _load(self._folder)
        report(1, 1)
        return self._loaded


def _load(folder: Path) -> _Loaded:
    from sentencepiece import SentencePieceProcessor  # noqa: PLC0415 - needed only where texts are encoded

    try:
        with np.load(folder / _WEIGHTS, allow_pickle=False) as weights:
            network = Network(weights)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise UserError(Problem.MODEL_DAMAGED, model=UNIVERSAL_PACKAGE.title, file=folder / _WEIGHTS) from error
    try:
        return _Loaded(SentencePieceProcessor(model_file=str(folder / _PIECES)), network)
    except (OSError, RuntimeError) as error:
        raise UserError(Problem.MODEL_DAMAGED, model=UNIVERSAL_PACKAGE.title, file=folder / _PIECES) from error


def _readable(text: str) -> str:
    """Return the part of a text that is read; halves of characters, which are no Unicode, become question marks."""
    return text[:READ_CHARACTERS].encode("utf-8", "replace").decode("utf-8")
