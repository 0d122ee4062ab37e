"""Search by meaning: how like a sentence each document is, as a pure function and as a request to the engine."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from verbatlas import encoders
from verbatlas.analysis.similarity import similarities
from verbatlas.encoders import Choice, Encoded, Encoder, EncoderIdentity, LearningEncoder
from verbatlas.engine import blank
from verbatlas.engine.exchange import ArrayReference, DocumentsReference, write_array
from verbatlas.engine.messages import Tell
from verbatlas.engine.stages import Stage, StageReport, begin
from verbatlas.errors import Problem, UserError
from verbatlas.progress import Report


def similar(
    documents: Sequence[str],
    vectors: NDArray[np.float32],
    query: str,
    *,
    identity: EncoderIdentity,
    choice: Choice,
    seed: int,
    report: StageReport,
) -> NDArray[np.float32]:
    """Return how like ``query`` each document is, in the space of the vectors that they have already.

    An encoder that learns from its documents learns from them once more: the same documents and seed give the same
    space, which the identity proves.

    Args:
        documents: The text of every row; looked at only for an encoder that learns.
        vectors: As ``jobs.embed`` returned them for ``documents``, float32, shape (n_documents, n_dimensions).
        query: What to look for, in words.
        identity: What made ``vectors``.
        choice: The encoder that made them.
        seed: Where its random steps began.
        report: Hears of the stages PREPARE and EMBED.

    Returns:
        Cosines: float32, shape (n_documents,); 0 for blank documents, and everywhere where the query says nothing
        that the encoder knows.

    Raises:
        UserError: The encoder is no longer the one that made the vectors (ENCODER_CHANGED), or its model is missing
            or damaged.
        Cancelled: The reporter no longer wants the answer.
    """
    encoder = encoders.load(choice.encoder, seed=seed)
    encoder.prepare(report=begin(report, Stage.PREPARE, 1))
    encoded = _encode(encoder, documents, query, report=begin(report, Stage.EMBED, len(documents)))
    direction = encoded.vectors[0]
    # Documents that share nothing with any other have a dimension of their own, at the end: the query has none of it.
    n_more = vectors.shape[1] - len(direction)
    if encoded.identity != identity or n_more < 0:
        raise UserError(Problem.ENCODER_CHANGED)
    return similarities(vectors, np.pad(direction, (0, n_more)))


def _encode(encoder: Encoder, documents: Sequence[str], query: str, *, report: Report) -> Encoded:
    if isinstance(encoder, LearningEncoder):
        with_text = [documents[row] for row in blank.rows_with_text(documents)]
        return encoder.encode_more([query], learnt_from=with_text, report=report)
    return encoder.encode([query], report=report)


@dataclass(frozen=True, slots=True)
class SimilarResult:
    """The similarities, in a file."""

    similarities: ArrayReference

    @property
    def paths(self) -> tuple[Path, ...]:
        """The file behind it."""
        return self.similarities.paths

    def load(self) -> NDArray[np.float32]:
        """Return the cosines, mapped from their file: float32, shape (n_documents,)."""
        return self.similarities.load()


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarRequest:
    """Ask how like a sentence each document is, as :func:`similar` says it."""

    documents: DocumentsReference
    vectors: ArrayReference
    query: str
    identity: EncoderIdentity
    choice: Choice
    seed: int

    def run(self, report: StageReport, folder: Path, tell: Tell) -> SimilarResult:  # noqa: ARG002 - whole or not
        """Do the work in the engine's process."""
        found = similar(
            self.documents.load(),
            self.vectors.load(),
            self.query,
            identity=self.identity,
            choice=self.choice,
            seed=self.seed,
            report=report,
        )
        return SimilarResult(write_array(folder, "similarities", found))
