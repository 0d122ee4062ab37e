"""The MiniLM encoder: all-MiniLM-L6-v2 on the CPU, for English and other texts in Latin script."""

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from verbatlas.encoders.batching import batches_by_length
from verbatlas.encoders.conversion import ConversionFailed, conversion_key, converted_model
from verbatlas.encoders.model_files import MODEL, check_model, file_times, find_model, weights_digest
from verbatlas.encoders.names import MINILM
from verbatlas.encoders.protocol import Encoded, EncoderIdentity
from verbatlas.errors import UserError
from verbatlas.progress import Report, no_report

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from verbatlas.encoders.tokens import Tokens

N_DIMENSIONS = 384
# Of the 100 parts of getting ready: checking takes a fraction of a second, a conversion ten.
_CHECKED, _CONVERTED, _READY = 5, 95, 100
_log = logging.getLogger(__name__)


class _Model(Protocol):
    @property
    def precision(self) -> str: ...

    def __call__(self, ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]: ...


@dataclass(frozen=True, slots=True)
class _Loaded:
    tokenizer: "Tokenizer"
    model: _Model


class MiniLMEncoder:
    """Encodes with all-MiniLM-L6-v2 in fp32, so that the vectors do not differ between processors' features.

    Wang et al. 2020, MiniLM; trained further by the sentence-transformers project. Mean pooling, unit length, 384
    dimensions, the first 256 tokens of each text. OpenVINO runs it; where that cannot, PyTorch does at less than half
    the speed, and the identity's ``precision`` says so.
    """

    name = MINILM
    learns = False

    def __init__(self) -> None:
        self._loaded: _Loaded | None = None

    def prepare(self, *, report: Report = no_report) -> None:
        """Check the model's files, convert them if this computer has not done so yet, and load the result.

        Raises:
            UserError: MODEL_MISSING or MODEL_DAMAGED.
            Cancelled: The reporter no longer wants it.
        """
        self._prepared(report=report)

    def encode(self, documents: Sequence[str], *, report: Report = no_report) -> Encoded:
        """Return one vector per document: float32, shape (n_documents, 384). Equal texts are encoded once.

        Raises:
            UserError: MODEL_MISSING or MODEL_DAMAGED, when :meth:`prepare` was not called.
            Cancelled: The reporter no longer wants the vectors.
        """
        from verbatlas.encoders.tokens import tokenise  # noqa: PLC0415 - needed only where documents are encoded

        loaded = self._prepared(report=no_report)
        texts = list(dict.fromkeys(documents))
        tokens = tokenise(loaded.tokenizer, texts, begun=lambda: report(0, len(documents)))
        vectors = _infer(loaded.model, tokens, report=report, n_documents=len(documents))
        position = {text: row for row, text in enumerate(texts)}
        rows = np.fromiter((position[document] for document in documents), dtype=np.int64, count=len(documents))
        identity = EncoderIdentity(
            model=MODEL, revision=weights_digest(), pooling="mean", prompt="", precision=loaded.model.precision
        )
        return Encoded(vectors[rows], identity, tokens.cut[rows])

    def encode_queries(self, queries: Sequence[str], *, report: Report = no_report) -> Encoded:
        """Return one vector per query, as :meth:`encode` does: the model has no instruction for queries.

        Raises:
            UserError: MODEL_MISSING or MODEL_DAMAGED, when :meth:`prepare` was not called.
            Cancelled: The reporter no longer wants the vectors.
        """
        return self.encode(queries, report=report)

    def signature(self) -> str | None:
        """Return the model's files with their times, and what converts and runs them; None without a model."""
        try:
            files = file_times(find_model())
        except (UserError, OSError, ImportError):
            return None
        return json.dumps([MODEL, weights_digest(), conversion_key(), files])

    def _prepared(self, *, report: Report) -> _Loaded:
        if self._loaded is None:
            self._loaded = _load(find_model(), report=report)
        return self._loaded


def _load(folder: Path, *, report: Report) -> _Loaded:
    from verbatlas.encoders.tokens import load_tokenizer  # noqa: PLC0415 - needed only where documents are encoded

    check_model(folder, report=_part(report, 0, _CHECKED))
    tokenizer = load_tokenizer(folder)
    try:
        model = _openvino_model(folder, report=_part(report, _CHECKED, _CONVERTED))
    except (ConversionFailed, ImportError, RuntimeError) as error:
        _log.warning("OpenVINO cannot run %s (%s); PyTorch does, at less than half the speed", MODEL, error)
        model = _torch_model(folder)
    report(_READY, _READY)
    return _Loaded(tokenizer, model)


def _openvino_model(folder: Path, *, report: Report) -> _Model:
    from verbatlas.encoders.openvino_model import OpenvinoModel  # noqa: PLC0415 - heavy

    return OpenvinoModel(converted_model(folder, report=report))


def _torch_model(folder: Path) -> _Model:
    from verbatlas.encoders.torch_model import TorchModel  # noqa: PLC0415 - heavy, and not needed otherwise

    return TorchModel(folder)


def _part(report: Report, start: int, stop: int) -> Report:
    """Return a reporter whose whole is the part from ``start`` to ``stop`` of all parts of getting ready."""

    def report_part(done: int, total: int) -> None:
        report(start + (stop - start) * done // max(1, total), _READY)

    return report_part


def _infer(model: _Model, tokens: "Tokens", *, report: Report, n_documents: int) -> NDArray[np.float32]:
    """Run the model over batches of like length; progress follows the tokens, so that the time left is steady."""
    vectors = np.zeros((len(tokens.lengths), N_DIMENSIONS), dtype=np.float32)
    total, done = max(1, int(tokens.lengths.sum())), 0
    for batch in batches_by_length(tokens.lengths):
        vectors[batch] = model(*tokens.padded(batch))
        done += int(tokens.lengths[batch].sum())
        report(n_documents * done // total, n_documents)
    return vectors
