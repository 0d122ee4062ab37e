"""The encoder of models on this computer: any folder of files that sentence-transformers could read, and faster."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from verbatlas.encoders.batching import places_of
from verbatlas.encoders.local.ahead import Begun, made_ahead
from verbatlas.encoders.local.description import ModelDescription, describe
from verbatlas.encoders.local.inference import Inference
from verbatlas.encoders.local.precision import Precision, Trouble, Way
from verbatlas.encoders.local.prompts import Prompts
from verbatlas.encoders.local.running import Running, run_model, run_on_processor, trouble_of
from verbatlas.encoders.local.shares import share_of
from verbatlas.encoders.local.signature import signature_of
from verbatlas.encoders.local.weights import weights_digest
from verbatlas.encoders.protocol import Encoded, EncoderIdentity
from verbatlas.progress import Report, no_report

if TYPE_CHECKING:
    from verbatlas.encoders.local.tokens import TextReader, Tokens

_NOTHING = Prompts()
# Of the parts of getting ready: checking takes a fraction of a second, a conversion ten.
_PARTS, _CHECKED, _HASHED = 100, 0.03, 0.06
# Texts are sorted by length among so many; the next ones are tokenised meanwhile.
_TEXTS_AT_ONCE = 4_096
_log = logging.getLogger(__name__)

Check = Callable[..., None]


@dataclass(frozen=True, slots=True, eq=False)
class _Loaded:
    description: ModelDescription
    digest: str
    prompts: Prompts
    running: Running
    readers: "dict[str, TextReader]" = field(default_factory=dict)

    def reader(self, prompt: str) -> "TextReader":
        if prompt not in self.readers:
            self.readers[prompt] = _reader(self.description, prompt)
        return self.readers[prompt]


def _reader(description: ModelDescription, prompt: str) -> "TextReader":
    from verbatlas.encoders.local.tokens import TextReader  # noqa: PLC0415 - needed only where texts are encoded

    return TextReader(description, prompt=prompt)


class LocalEncoder:
    """Encodes with the model whose files are in a folder.

    What the files say is done: pooling, dense layers, the longest input and the instructions. Vectors have unit length.
    Longer texts are read in parts that end at sentence ends, and the parts' vectors joined by their length.

    Args:
        folder: The model's files.
        name: The name by which a person chooses the encoder.
        model: What the identity calls the model; blank for ``name``.
        precision: How exact the vectors have to be.
        prompts: The instructions that are known of the model; what its own files say goes before.
        check: Called with the folder and a reporter before the first use; raises UserError for damaged files.
    """

    learns = False

    def __init__(
        self,
        folder: Path,
        *,
        name: str,
        model: str = "",
        precision: Precision = Precision.AUTO,
        prompts: Prompts = _NOTHING,
        check: Check | None = None,
    ) -> None:
        self.name = name
        self._folder = folder
        self._model = model or name
        self._precision = precision
        self._known_prompts = prompts
        self._check = check
        self._loaded: _Loaded | None = None

    @property
    def way(self) -> Way | None:
        """What runs the model, once it is prepared."""
        return None if self._loaded is None else self._loaded.running.way

    @property
    def kept_bytes(self) -> int | None:
        """How large the weights of the loaded model are; None before it is prepared, and on a graphics card."""
        if self._loaded is None or self._loaded.running.way.device != "CPU":
            return None
        return sum(path.stat().st_size for path in self._loaded.description.all_weights)

    @property
    def trouble(self) -> Trouble | None:
        """Why the processor runs the model although there is a graphics card; None where all is well."""
        return None if self._loaded is None else self._loaded.running.trouble

    def prepare(self, *, report: Report = no_report) -> None:
        """Check the model's files, convert them if this computer has not done so yet, and load the result.

        Raises:
            UserError: MODEL_MISSING, MODEL_DAMAGED or MODEL_REFUSED.
            Cancelled: The reporter no longer wants it.
        """
        self._prepared(report=report)

    def encode(self, documents: Sequence[str], *, report: Report = no_report) -> Encoded:
        """Return one vector per document: float32, shape (n_documents, n_dimensions). Equal texts are encoded once.

        Raises:
            UserError: MODEL_MISSING, MODEL_DAMAGED or MODEL_REFUSED, when :meth:`prepare` was not called.
            Cancelled: The reporter no longer wants the vectors.
        """
        prompt = self._prepared(report=no_report).prompts.document or ""
        return self._encode(documents, prompt=prompt, report=report)

    def encode_after(self, prompt: str, documents: Sequence[str], *, report: Report = no_report) -> NDArray[np.float32]:
        """Return what :meth:`encode` would, had the model ``prompt`` for its instruction: to compare it with others.

        Raises:
            UserError: As :meth:`encode`.
            Cancelled: As :meth:`encode`.
        """
        return self._encode(documents, prompt=prompt, report=report).vectors

    def encode_queries(self, queries: Sequence[str], *, report: Report = no_report) -> Encoded:
        """Return one vector per search query, to be compared with those of documents.

        Raises:
            UserError: As :meth:`encode`.
            Cancelled: The reporter no longer wants the vectors.
        """
        prompt = self._prepared(report=no_report).prompts.query or ""
        return self._encode(queries, prompt=prompt, report=report)

    def signature(self) -> str | None:
        """Return what the vectors depend on, without loading the model; None where its folder cannot be read."""
        known = self._known_prompts
        return signature_of(self._folder, self._model, self._precision, known.document or "", known.query or "")

    def _encode(self, documents: Sequence[str], *, prompt: str, report: Report) -> Encoded:
        loaded = self._prepared(report=no_report)
        try:
            return self._encode_with(loaded, documents, prompt=prompt, report=report)
        except (RuntimeError, MemoryError) as error:
            if not loaded.running.is_on_card:
                raise
            _log.warning("the graphics card stopped (%s); the processor goes on", error)
            trouble = trouble_of(error)
        running = run_on_processor(loaded.description, digest=loaded.digest, precision=self._precision, trouble=trouble)
        self._loaded = replace(loaded, running=running)
        return self._encode_with(self._loaded, documents, prompt=prompt, report=report)

    def _encode_with(self, loaded: _Loaded, documents: Sequence[str], *, prompt: str, report: Report) -> Encoded:
        n_documents = len(documents)
        texts = list(dict.fromkeys(documents))
        vectors = np.zeros((len(texts), loaded.description.n_dimensions), dtype=np.float32)
        cut = np.zeros(len(texts), dtype=np.bool_)
        reader = loaded.reader(prompt)
        report(0, n_documents)

        def read(start: int, begun: Begun) -> "tuple[int, Tokens]":
            return start, reader.read(texts[start : start + _TEXTS_AT_ONCE], begun=begun)

        inference = Inference(
            loaded.running.model, tokens=loaded.running.tokens, n_dimensions=loaded.description.n_dimensions
        )
        with closing(made_ahead(read, range(0, len(texts), _TEXTS_AT_ONCE))) as pieces:
            for start, tokens in pieces:
                rows = slice(start, start + len(tokens.cut))
                counted = share_of(report, start / len(texts), rows.stop / len(texts), whole=n_documents)
                vectors[rows] = inference.vectors(tokens, report=counted)
                cut[rows] = tokens.cut
        back = places_of(documents, texts)
        return Encoded(vectors[back], self._identity(loaded), cut[back])

    def _identity(self, loaded: _Loaded) -> EncoderIdentity:
        return EncoderIdentity(
            model=self._model,
            revision=loaded.digest,
            pooling=loaded.description.pooling,
            prompt=loaded.prompts.document or "",
            precision=loaded.running.way.precision,
            reading=f"parts of {loaded.description.max_tokens} tokens",
        )

    def _prepared(self, *, report: Report) -> _Loaded:
        if self._loaded is None:
            if self._check is not None:
                self._check(self._folder, report=share_of(report, 0.0, _CHECKED, whole=_PARTS))
            description = describe(self._folder)
            hashed = share_of(report, 0.0 if self._check is None else _CHECKED, _HASHED, whole=_PARTS)
            digest = weights_digest(description.all_weights, report=hashed)
            converted = share_of(report, _HASHED, 1.0, whole=_PARTS)
            prompts = description.prompts.or_else(self._known_prompts)
            with ThreadPoolExecutor(1, "reader") as thread:  # the tokenizer is read while the model is compiled
                reader = thread.submit(_reader, description, prompts.document or "")
                running = run_model(description, digest=digest, precision=self._precision, report=converted)
                readers = {prompts.document or "": reader.result()}
            self._loaded = _Loaded(description, digest, prompts, running, readers)
        report(_PARTS, _PARTS)
        return self._loaded
