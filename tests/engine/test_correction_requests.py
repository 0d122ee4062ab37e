"""The corrections in the engine's process are the corrections here."""

import pickle
from collections.abc import Iterator
from dataclasses import astuple

import numpy as np
import pytest
from sample_documents import BLANK_ROWS, DOCUMENTS, TEXT_ROWS, TOPICS
from waiting import until_end

from verbatlas import encoders
from verbatlas.engine import corrections, jobs
from verbatlas.engine.client import Engine
from verbatlas.engine.correction_requests import (
    AssignRequest,
    LearnRequest,
    OverviewRequest,
    ProposeRequest,
    SecondLookRequest,
    SplitRequest,
    StrandsRequest,
)
from verbatlas.engine.messages import Finished, Request
from verbatlas.engine.requests import GraphReference
from verbatlas.engine.stages import no_stage_report

SEED = 7


@pytest.fixture
def shared(engine: Engine) -> Iterator[tuple]:
    """Vectors, graph and members, here and where the engine can read them."""
    choice = encoders.choose(DOCUMENTS, wanted="lexical")
    embedding = jobs.embed(DOCUMENTS, choice=choice, seed=SEED, report=no_stage_report)
    vectors, identity = embedding.vectors, embedding.identity
    graph = jobs.arrange(DOCUMENTS, vectors, identity=identity, seed=SEED, report=no_stage_report).graph
    members = np.where(np.array(TOPICS) == 2, 9, 4).astype(np.int32)
    members[[*BLANK_ROWS, *TEXT_ROWS[:5]]] = -1
    there = GraphReference(engine.share_array(graph.indices), engine.share_array(graph.similarities))
    yield vectors, graph, members, engine.share_array(vectors), there, engine.share_array(members)


def result(engine: Engine, request: Request) -> object:
    end = until_end(engine, engine.submit(pickle.loads(pickle.dumps(request))))[-1]
    assert isinstance(end, Finished), end
    return end.result


def same(first: object, second: object) -> None:
    for here, there in zip(astuple(first), astuple(second), strict=True):
        np.testing.assert_array_equal(here, there)


def test_the_engine_s_answers_are_those_of_the_functions(engine: Engine, shared: tuple) -> None:
    vectors, graph, members, vectors_there, graph_there, members_there = shared
    documents = engine.share_documents(DOCUMENTS)

    split = result(
        engine,
        SplitRequest(documents=documents, vectors=vectors_there, members=members_there, cluster_id=4, seed=SEED),
    )
    expected = corrections.split(
        documents, vectors, members, cluster_id=4, method="auto", n_parts=None, seed=SEED, report=no_stage_report
    )
    parts = split.load()
    assert (parts.cluster_id, parts.descriptions) == (4, expected.descriptions)
    np.testing.assert_array_equal(parts.rows, expected.rows)
    np.testing.assert_array_equal(parts.parts, expected.parts)

    assigned = result(engine, AssignRequest(vectors_there, members_there))
    same(assigned.load(), corrections.assign(vectors, members, report=no_stage_report))

    overview = result(engine, OverviewRequest(vectors_there, members_there, n_borderline=2))
    looked = corrections.look_over(vectors, members, n_borderline=2, report=no_stage_report)
    assert overview.insights == looked.insights
    same(overview.centres, looked.centres)

    by_hand = np.zeros(len(members), np.bool_)
    by_hand[np.flatnonzero(members == 9)[:3]] = True
    request = ProposeRequest(
        vectors=vectors_there, members=members_there, by_hand=engine.share_array(by_hand), target=9, limit=4
    )
    proposed = result(engine, request)
    same(proposed.load(), corrections.propose(vectors, members, by_hand, target=9, limit=4, report=no_stage_report))

    examples = np.array(TEXT_ROWS[9:30])
    learned = result(
        engine, LearnRequest(vectors_there, graph_there, members_there, engine.share_array(examples), (9,))
    )
    same(
        learned.load(),
        corrections.learn(vectors, graph, members, examples, named=(9,), unread=False, report=no_stage_report),
    )

    strands = result(engine, StrandsRequest(vectors_there, graph_there, members_there, SEED))
    found = corrections.strands(vectors, graph, members, seed=SEED, report=no_stage_report)
    same(strands.load(), found)
    assert (found.ids[members < 0] == -1).all()
    np.testing.assert_array_equal(found.clusters[found.ids[members >= 0]], members[members >= 0])

    doubtful = result(
        engine,
        SecondLookRequest(
            vectors=vectors_there, graph=graph_there, members=members_there, named=(4, 9), asked=(4,), seed=SEED
        ),
    )
    looked_over = corrections.second_look(
        vectors, graph, members, named=(4, 9), asked=(4,), seed=SEED, report=no_stage_report
    )
    same(doubtful.load().strands, looked_over.strands)
    np.testing.assert_array_equal(doubtful.load().order, looked_over.order)

    answers = (split, assigned, proposed, learned, strands, doubtful)
    assert all(path.is_file() for answer in answers for path in answer.paths)
    engine.release(*answers)
    assert not any(path.exists() for answer in answers for path in answer.paths)
