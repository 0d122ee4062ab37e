"""A sentence finds the comments that say something like it, in the space of the vectors that the study has."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sample_documents import BLANK_ROWS, DOCUMENTS, TEXT_ROWS, TOPICS
from waiting import until_end

from verbatlas import encoders
from verbatlas.analysis.similarity import similarities
from verbatlas.encoders import Embedding
from verbatlas.encoders.local.encoder import LocalEncoder
from verbatlas.engine import jobs
from verbatlas.engine.client import Engine
from verbatlas.engine.messages import Finished
from verbatlas.engine.similar import SimilarRequest, direction_of
from verbatlas.engine.stages import Stage, no_stage_report
from verbatlas.errors import Problem, UserError
from verbatlas.progress import Cancelled

SEED = 7


def embedded(encoder: str, documents: tuple[str, ...] = DOCUMENTS) -> Embedding:
    choice = encoders.choose(documents, wanted=encoder)
    return jobs.embed(documents, choice=choice, seed=SEED, report=no_stage_report)


def asked(query: str, embedding: Embedding, encoder: str, documents: tuple[str, ...] = DOCUMENTS) -> np.ndarray:
    direction = direction_of(
        query,
        documents,
        identity=embedding.identity,
        n_dimensions=embedding.vectors.shape[1],
        choice=encoders.choose(documents, wanted=encoder),
        seed=SEED,
        report=no_stage_report,
    )
    return similarities(embedding.vectors, direction)


@pytest.mark.parametrize("encoder", ["lexical", "minilm"])
@pytest.mark.parametrize(("query", "topic"), [("battery charging", 0), ("the courier was late", 1), ("refund", 2)])
def test_the_most_similar_comments_are_about_the_query(encoder: str, query: str, topic: int) -> None:
    found = asked(query, embedded(encoder), encoder)

    assert (found.dtype, found.shape) == (np.float32, (len(DOCUMENTS),))
    assert {TOPICS[row] for row in np.argsort(-found)[: len(TEXT_ROWS) // 3 - 2].tolist()} == {topic}
    assert not found[list(BLANK_ROWS)].any()


@pytest.mark.parametrize("encoder", ["lexical", "minilm"])
def test_a_comment_is_most_like_itself(encoder: str) -> None:
    embedding = embedded(encoder)

    found = asked(DOCUMENTS[4], embedding, encoder)

    np.testing.assert_allclose(found, embedding.vectors @ embedding.vectors[4], atol=1e-4)


def test_comments_with_a_dimension_of_their_own_and_queries_that_share_nothing() -> None:
    # Rare texts share nothing with the many others, whose vocabulary is then that of at least two documents.
    documents = (*DOCUMENTS * 40, "电池")
    embedding = embedded("lexical", documents)

    assert asked("battery", embedding, "lexical", documents).argmax() in np.flatnonzero(np.array(TOPICS * 40) == 0)
    assert not asked("Ж", embedding, "lexical", documents).any()


@pytest.mark.parametrize("encoder", ["lexical", "minilm"])
def test_vectors_of_another_version_are_not_compared(encoder: str) -> None:
    embedding = embedded(encoder)
    older = replace(embedding, identity=replace(embedding.identity, revision="0"))

    with pytest.raises(UserError) as caught:
        asked("battery", older, encoder)

    assert caught.value.problem is Problem.ENCODER_CHANGED


def test_a_query_that_comes_again_needs_no_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verbatlas.encoders.vector_cache.vectors_path", lambda: tmp_path / "vectors.sqlite")
    monkeypatch.setenv("VERBATLAS_CACHE_BYTES", str(10**8))
    embedding = embedded("minilm")
    first = asked("battery", embedding, "minilm")
    monkeypatch.setattr(LocalEncoder, "prepare", None)

    np.testing.assert_array_equal(asked("battery", embedding, "minilm"), first)


def test_vectors_of_beginnings_only_are_not_compared_with_those_of_whole_texts() -> None:
    embedding = embedded("minilm")
    older = replace(embedding, identity=replace(embedding.identity, reading=""))

    with pytest.raises(UserError) as caught:
        asked("battery", older, "minilm")

    assert caught.value.problem is Problem.ENCODER_CHANGED


def test_a_study_from_another_computer_can_be_searched() -> None:
    embedding = embedded("minilm")
    elsewhere = replace(embedding, identity=replace(embedding.identity, precision="bf16 (PyTorch, some card)"))

    assert np.array_equal(asked("battery", elsewhere, "minilm"), asked("battery", embedding, "minilm"))


def test_it_can_be_cancelled_while_it_learns() -> None:
    def refuse(stage: Stage, done: int, total: int) -> None:
        if stage is Stage.EMBED and done:
            raise Cancelled

    embedding = embedded("lexical")
    with pytest.raises(Cancelled):
        direction_of(
            "battery",
            DOCUMENTS,
            identity=embedding.identity,
            n_dimensions=embedding.vectors.shape[1],
            choice=encoders.choose(DOCUMENTS, wanted="lexical"),
            seed=SEED,
            report=refuse,
        )


def test_the_engine_s_process_answers_as_the_function_does(engine: Engine) -> None:
    embedding = embedded("lexical")
    request = SimilarRequest(
        documents=engine.share_documents(DOCUMENTS),
        query="refund",
        identity=embedding.identity,
        n_dimensions=embedding.vectors.shape[1],
        choice=encoders.choose(DOCUMENTS, wanted="lexical"),
        seed=SEED,
    )

    end = until_end(engine, engine.submit(request))[-1]

    assert isinstance(end, Finished), end
    np.testing.assert_array_equal(similarities(embedding.vectors, end.result), asked("refund", embedding, "lexical"))
