"""The MiniLM encoder: all-MiniLM-L6-v2 on the CPU by OpenVINO, for English and other texts in Latin script."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from verbatlas.encoders.batching import batches_by_length
from verbatlas.encoders.choice import MINILM
from verbatlas.encoders.conversion import converted_model
from verbatlas.encoders.model_files import MODEL, check_model, find_model, weights_digest
from verbatlas.encoders.protocol import Embedding, EncoderIdentity
from verbatlas.encoders.telemetry import forbid_telemetry
from verbatlas.progress import Report, no_report

N_DIMENSIONS = 384
MAX_TOKENS = 256  # max_seq_length in the model's sentence_bert_config.json
# No text this long fits into the tokens that are read; tokenising the rest of a 10 MB cell would take minutes.
_READ_CHARACTERS = 50_000
_TOKENISED_AT_ONCE = 4_000


@dataclass(frozen=True, slots=True)
class _Loaded:
    tokenizer: Any
    model: Any


class MiniLMEncoder:
    """Encodes with all-MiniLM-L6-v2 in fp32, so that the vectors do not differ between processors' features.

    Wang et al. 2020, MiniLM; trained further by the sentence-transformers project. Mean pooling, unit length, 384
    dimensions, the first 256 tokens of each text.
    """

    name = MINILM

    def __init__(self) -> None:
        self._loaded: _Loaded | None = None

    @property
    def identity(self) -> EncoderIdentity:
        """What makes the vectors."""
        return EncoderIdentity(
            model=MODEL, revision=weights_digest(), pooling="mean", prompt="", precision="fp32 (OpenVINO)"
        )

    def prepare(self, *, report: Report = no_report) -> None:
        """Check the model's files, convert them if this computer has not done so yet, and load the result."""
        self._prepared(report=report)

    def encode(self, documents: Sequence[str], *, report: Report = no_report) -> Embedding:
        """Return one vector per document: float32, shape (n_documents, 384). Equal texts are encoded once."""
        loaded = self._prepared(report=no_report)
        counts = Counter(documents)
        texts = list(counts)
        tokens, cut = _tokenise(loaded.tokenizer, texts, report=report, n_documents=len(documents))
        vectors = _infer(loaded.model, tokens, report=report, n_documents=len(documents))
        position = {text: row for row, text in enumerate(texts)}
        rows = np.fromiter((position[document] for document in documents), dtype=np.int64, count=len(documents))
        return Embedding(vectors[rows], self.identity, n_cut=sum(counts[texts[row]] for row in cut))

    def _prepared(self, *, report: Report) -> _Loaded:
        if self._loaded is None:
            folder = find_model()
            check_model(folder, report=report)
            self._loaded = _load(folder, converted_model(folder, report=report))
        return self._loaded


def _load(folder: Path, converted: Path) -> _Loaded:
    forbid_telemetry()
    import openvino  # noqa: PLC0415 - heavy, and needed only where documents are encoded
    from tokenizers import Tokenizer  # noqa: PLC0415

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    settings = {"INFERENCE_PRECISION_HINT": "f32", "PERFORMANCE_HINT": "LATENCY"}
    return _Loaded(tokenizer, openvino.Core().compile_model(converted, "CPU", settings))


def _tokenise(
    tokenizer: Any, texts: Sequence[str], *, report: Report, n_documents: int
) -> tuple[list[NDArray[np.int64]], list[int]]:
    """Return token ids per text, and which texts are longer than what is read."""
    tokens: list[NDArray[np.int64]] = []
    cut: list[int] = []
    for start in range(0, len(texts), _TOKENISED_AT_ONCE):
        report(0, n_documents)
        part = [text[:_READ_CHARACTERS] for text in texts[start : start + _TOKENISED_AT_ONCE]]
        for offset, encoded in enumerate(tokenizer.encode_batch(part)):
            tokens.append(np.asarray(encoded.ids, dtype=np.int64))
            if encoded.overflowing or len(texts[start + offset]) > _READ_CHARACTERS:
                cut.append(start + offset)
    return tokens, cut


def _infer(model: Any, tokens: Sequence[NDArray[np.int64]], *, report: Report, n_documents: int) -> NDArray[np.float32]:
    """Run the model over batches of like length; progress follows the tokens, so that the time left is steady."""
    vectors = np.zeros((len(tokens), N_DIMENSIONS), dtype=np.float32)
    lengths = [len(ids) for ids in tokens]
    total, done = max(1, sum(lengths)), 0
    for batch in batches_by_length(lengths):
        width = max(lengths[row] for row in batch)
        ids = np.zeros((len(batch), width), dtype=np.int64)
        mask = np.zeros_like(ids)
        for line, row in enumerate(batch):
            ids[line, : lengths[row]] = tokens[row]
            mask[line, : lengths[row]] = 1
        vectors[batch] = model([ids, mask])[0]
        done += sum(lengths[row] for row in batch)
        report(round(n_documents * done / total), n_documents)
    return vectors
