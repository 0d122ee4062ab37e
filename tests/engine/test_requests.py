import pickle

import numpy as np
from sample_documents import DOCUMENTS
from waiting import until_end

from verbatlas import encoders
from verbatlas.engine import jobs
from verbatlas.engine.client import Engine
from verbatlas.engine.exchange import DocumentsReference
from verbatlas.engine.messages import Failed, Finished, Progress, Request
from verbatlas.engine.requests import (
    ArrangeRequest,
    ArrangeResult,
    ClusterRequest,
    ClusterResult,
    EmbedRequest,
    EmbedResult,
)
from verbatlas.engine.stages import Stage, no_stage_report
from verbatlas.errors import Problem

SEED = 7
CHOICE = encoders.choose(DOCUMENTS, wanted="lexical")


def result(engine: Engine, request: Request) -> object:
    end = until_end(engine, engine.submit(request))[-1]
    assert isinstance(end, Finished), end
    return end.result


def cluster_request(
    documents: DocumentsReference, embedded: EmbedResult, arranged: ArrangeResult, *, n_clusters: int
) -> ClusterRequest:
    return ClusterRequest(
        documents=documents,
        vectors=embedded.vectors,
        graph=arranged.graph,
        method="kmeans",
        n_clusters=n_clusters,
        detail=0.0,
        every_row=False,
        seed=SEED,
    )


def test_the_main_job_in_the_engine_s_process_is_the_main_job_here(engine: Engine) -> None:
    documents = engine.share_documents(DOCUMENTS)
    embedded = result(engine, EmbedRequest(documents, CHOICE, SEED))
    assert isinstance(embedded, EmbedResult)
    here = jobs.embed(DOCUMENTS, choice=CHOICE, seed=SEED, report=no_stage_report)
    assert embedded.load().vectors.tobytes() == here.vectors.tobytes()
    assert (embedded.identity, embedded.n_cut) == (here.identity, here.n_cut)

    arranged = result(engine, ArrangeRequest(embedded.vectors, SEED))
    assert isinstance(arranged, ArrangeResult)
    arrangement = jobs.arrange(here.vectors, seed=SEED, report=no_stage_report)
    assert arranged.load().layout.tobytes() == arrangement.layout.tobytes()
    np.testing.assert_array_equal(arranged.load().graph.indices, arrangement.graph.indices)
    np.testing.assert_array_equal(arranged.load().graph.similarities, arrangement.graph.similarities)

    for n_clusters in (3, 2):
        request = cluster_request(documents, embedded, arranged, n_clusters=n_clusters)
        clustered = result(engine, request)
        assert isinstance(clustered, ClusterResult)
        expected = jobs.cluster(
            DOCUMENTS,
            here.vectors,
            arrangement.graph,
            method="kmeans",
            n_clusters=n_clusters,
            detail=0.0,
            every_row=False,
            seed=SEED,
            report=no_stage_report,
        )
        assert clustered.load().clustering.ids.tobytes() == expected.clustering.ids.tobytes()
        assert clustered.load().clustering.strengths.tobytes() == expected.clustering.strengths.tobytes()
        assert clustered.load().descriptions == expected.descriptions
        engine.release(clustered)

    paths = (*documents.paths, *embedded.paths, *arranged.paths)
    assert all(path.is_file() for path in paths)
    engine.release(documents, embedded, arranged)
    assert not any(path.exists() for path in paths)


def test_an_arrangement_of_stored_vectors_needs_no_embedding_again(engine: Engine) -> None:
    vectors = jobs.embed(DOCUMENTS, choice=CHOICE, seed=SEED, report=no_stage_report).vectors
    ticket = engine.submit(ArrangeRequest(engine.share_array(vectors), SEED))
    *progress, end = until_end(engine, ticket)
    assert isinstance(end, Finished)
    stages = [message.stage for message in progress if isinstance(message, Progress)]
    assert list(dict.fromkeys(stages)) == [Stage.NEIGHBOURS, Stage.ARRANGE]


def test_a_person_s_problem_in_a_stage_comes_out_as_that_problem(engine: Engine) -> None:
    blank = engine.share_documents(["", " "])
    end = until_end(engine, engine.submit(EmbedRequest(blank, CHOICE, SEED)))[-1]
    assert isinstance(end, Failed)
    assert end.error is not None
    assert end.error.problem is Problem.TABLE_ALL_BLANK


def test_requests_are_small_whatever_they_refer_to(engine: Engine) -> None:
    documents = engine.share_documents(DOCUMENTS * 1000)
    assert len(pickle.dumps(EmbedRequest(documents, CHOICE, SEED))) < 2000
