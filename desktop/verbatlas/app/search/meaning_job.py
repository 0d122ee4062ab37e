"""The job behind a search by meaning: the engine compares a sentence with the vectors of the study."""

from collections.abc import Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray

from verbatlas.analysis.similarity import similarities
from verbatlas.app.background import Task
from verbatlas.app.engine_thread import ask
from verbatlas.encoders import LEXICAL, Choice, Embedding
from verbatlas.engine import Engine
from verbatlas.engine.similar import SimilarRequest
from verbatlas.study import Study


def similarities_of(study: Study, choice: Choice, text: str, *, engine: Engine, task: Task) -> NDArray[np.float32]:
    """Return how like ``text`` each comment of ``study`` is: cosines, float32, shape (n_documents,).

    Args:
        study: Has an embedding.
        choice: The encoder that made it.
        text: What to look for, in words.
        engine: Does the work; started.
        task: Reported to.

    Raises:
        UserError: ENCODER_CHANGED, or the encoder's model is missing or damaged.
        EngineBug: It failed in another way.
        Cancelled: The task is no longer wanted.
    """
    embedding = study.embedding
    assert embedding is not None
    # The others need no documents, and writing a million of them down takes as long as the answer.
    documents = engine.share_documents(_learnt_from(study, embedding)) if choice.encoder == LEXICAL else None
    try:
        request = SimilarRequest(
            query=text,
            documents=documents,
            identity=embedding.identity,
            n_dimensions=embedding.vectors.shape[1],
            choice=choice,
            seed=study.settings.seed,
        )
        direction = cast(NDArray[np.float32], ask(engine, request, task))
    finally:
        if documents is not None:
            engine.release(documents)
    return similarities(embedding.vectors, direction)


def _learnt_from(study: Study, embedding: Embedding) -> Sequence[str]:
    """Return the comments as the encoder saw them: those that were left out are blank."""
    if not study.embedding_sieve:
        return study.documents
    seen = set(np.flatnonzero(embedding.vectors.any(axis=1)).tolist())
    return [text if row in seen else "" for row, text in enumerate(study.documents)]
