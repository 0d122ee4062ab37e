"""Search by meaning: where a sentence lies among the vectors of a study, as a pure function and as a request."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from verbatlas.encoders import Choice, Encoded, Encoder, EncoderIdentity, LearningEncoder
from verbatlas.encoders.cached import CachedEncoder
from verbatlas.encoders.vector_cache import vector_cache
from verbatlas.engine import blank
from verbatlas.engine.exchange import DocumentsReference
from verbatlas.engine.kept_encoder import load_encoder
from verbatlas.engine.messages import Tell
from verbatlas.engine.stages import Stage, StageReport, begin
from verbatlas.errors import Problem, UserError


def direction_of(
    query: str,
    documents: Sequence[str],
    *,
    identity: EncoderIdentity,
    n_dimensions: int,
    choice: Choice,
    seed: int,
    report: StageReport,
    cache_bytes: int | None = None,
) -> NDArray[np.float32]:
    """Return the vector of ``query`` in the space of the vectors that the documents have already.

    An encoder that learns from its documents learns from them once more: the same documents and seed give the same
    space, which the identity proves.

    Args:
        query: What to look for, in words.
        documents: The text of every row, for an encoder that learns; others do not look at it.
        identity: What made the documents' vectors.
        n_dimensions: How long these are.
        choice: The encoder that made them.
        seed: Where its random steps began.
        report: Hears of the stages PREPARE and EMBED.
        cache_bytes: How large the vector cache may become, 0 for none; None for what is set.

    Returns:
        float32, shape (n_dimensions,), of length 1; zero where the query says nothing that the encoder knows.

    Raises:
        UserError: The encoder is no longer the one that made the vectors (ENCODER_CHANGED), or its model is missing
            or damaged.
        Cancelled: The reporter no longer wants the answer.
    """
    encoder = load_encoder(choice.encoder, seed=seed, precision=choice.precision)
    encoded = _encode(encoder, query, documents, report=report, cache_bytes=cache_bytes)
    # Documents that share nothing with any other have a dimension of their own, at the end: the query has none of it.
    n_more = n_dimensions - encoded.vectors.shape[1]
    if not encoded.identity.is_comparable(identity) or n_more < 0:
        raise UserError(Problem.ENCODER_CHANGED)
    return np.pad(encoded.vectors[0], (0, n_more))


def _encode(
    encoder: Encoder, query: str, documents: Sequence[str], *, report: StageReport, cache_bytes: int | None
) -> Encoded:
    prepared = begin(report, Stage.PREPARE, 1)
    if isinstance(encoder, LearningEncoder):
        encoder.prepare(report=prepared)
        with_text = [documents[row] for row in blank.rows_with_text(documents)]
        counted = begin(report, Stage.EMBED, len(documents))
        return encoder.encode_more([query], learnt_from=with_text, report=counted)
    with vector_cache(cache_bytes) as cache:
        cached = CachedEncoder(encoder, cache)
        cached.prepare_for([query], as_queries=True, report=prepared)
        return cached.encode_queries([query], report=begin(report, Stage.EMBED, 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarRequest:
    """Ask for the vector of a sentence, as :func:`direction_of` returns it; the study's vectors stay where they are.

    Attributes:
        query: What to look for, in words.
        documents: The text of every row; None for an encoder that does not learn from it.
        identity: What made the documents' vectors.
        n_dimensions: How long these are.
        choice: The encoder that made them.
        seed: Where its random steps began.
        cache_bytes: How large the vector cache may become, 0 for none; None for what is set.
    """

    query: str
    documents: DocumentsReference | None
    identity: EncoderIdentity
    n_dimensions: int
    choice: Choice
    seed: int
    cache_bytes: int | None = None

    def run(self, report: StageReport, folder: Path, tell: Tell) -> NDArray[np.float32]:  # noqa: ARG002 - small, whole
        """Do the work in the engine's process."""
        return direction_of(
            self.query,
            () if self.documents is None else self.documents.load(),
            identity=self.identity,
            n_dimensions=self.n_dimensions,
            choice=self.choice,
            seed=self.seed,
            report=report,
            cache_bytes=self.cache_bytes,
        )
