import pickle
import time
from pathlib import Path

import numpy as np
import pytest
from sample_documents import DOCUMENTS
from waiting import end_by_going_offline, until_end

from fault_proxy import Fault, FaultProxy
from model_server import ModelServer
from verbatlas import encoders
from verbatlas.encoders.server import Agreement
from verbatlas.engine import jobs
from verbatlas.engine.client import Engine
from verbatlas.engine.embedding import PART_DOCUMENTS
from verbatlas.engine.exchange import DocumentsReference
from verbatlas.engine.messages import Failed, Finished, Progress, Request, Told
from verbatlas.engine.requests import (
    ArrangeRequest,
    ArrangeResult,
    ClusterRequest,
    ClusterResult,
    EmbedPart,
    EmbedRequest,
    EmbedResult,
)
from verbatlas.engine.stages import Stage, no_stage_report
from verbatlas.errors import Problem
from verbatlas.shared_settings import change_shared

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

    arranged = result(engine, ArrangeRequest(documents, embedded.vectors, embedded.identity, SEED))
    assert isinstance(arranged, ArrangeResult)
    arrangement = jobs.arrange(DOCUMENTS, here.vectors, identity=here.identity, seed=SEED, report=no_stage_report)
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
    embedding = jobs.embed(DOCUMENTS, choice=CHOICE, seed=SEED, report=no_stage_report)
    documents, vectors = engine.share_documents(DOCUMENTS), engine.share_array(embedding.vectors)
    ticket = engine.submit(ArrangeRequest(documents, vectors, embedding.identity, SEED))
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


def test_the_offline_switch_ends_the_sending_of_comments_and_what_was_embedded_stays(
    model_server: ModelServer,
    own_address: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    temporary_root: Path,
) -> None:
    monkeypatch.setenv("VERBATLAS_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("VERBATLAS_API_KEY", model_server.key)
    monkeypatch.setenv("NO_PROXY", own_address)
    documents = [f"first {row % 9}" for row in range(PART_DOCUMENTS)] + [f"second {row % 9}" for row in range(90)]
    with FaultProxy(model_server.address, host=own_address) as proxy, Engine() as engine:
        proxy.rule = lambda request: Fault(stall=20) if "second" in request["input"][0] else None
        shared = engine.share_documents(documents)
        choice = encoders.choose(documents, wanted=f"{proxy.address}#{model_server.model}")
        ticket = engine.submit(EmbedRequest(shared, choice, SEED))
        kept: list[EmbedResult] = []
        deadline = time.monotonic() + 120
        while not any("second" in sent[0] for sent in proxy.sent) and time.monotonic() < deadline:
            for part in (one.part for one in engine.messages(0.05) if isinstance(one, Told)):
                if isinstance(part, Agreement):  # with the copy of the model on this computer
                    continue
                assert isinstance(part, EmbedPart)
                vectors = engine.share_array(part.result.load().vectors)
                kept.append(EmbedResult(vectors, part.result.identity, part.result.n_cut))

        end_by_going_offline(engine, ticket, host=own_address)

        (begun,) = kept
        assert begun.load().vectors.shape == (PART_DOCUMENTS, 384)
        change_shared(is_offline=False)
        proxy.rule, n_before = lambda request: None, len(proxy.sent)
        finished = until_end(engine, engine.submit(EmbedRequest(shared, choice, SEED, begun)))[-1]
        assert isinstance(finished, Finished), finished
        assert finished.result.load().vectors.shape == (len(documents), 384)
        assert not any(text.startswith("first") for sent in proxy.sent[n_before:] for text in sent)
