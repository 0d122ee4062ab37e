"""The whole main job through a real server gives the clusters that it gives with the same model here."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.metrics import adjusted_rand_score

from fault_proxy import Fault, FaultProxy
from model_server import ModelServer
from verbatlas import tables
from verbatlas.encoders import Embedding, Encoder, choose
from verbatlas.encoders.cached import CachedEncoder
from verbatlas.encoders.server import encoder as encoder_module
from verbatlas.encoders.server.encoder import ServerEncoder
from verbatlas.encoders.server.fingerprint import PROBE
from verbatlas.encoders.vector_cache import VectorCache
from verbatlas.engine import blank, embedding, jobs
from verbatlas.engine.embedding import EmbeddedRows, embed_rows, forget
from verbatlas.engine.stages import Stage, no_stage_report
from verbatlas.errors import Problem, UserError
from verbatlas.progress import Cancelled, no_report
from verbatlas.resources import resource

SEED = 7
MakeEncoder = Callable[..., ServerEncoder]


@pytest.fixture(scope="module")
def documents() -> Sequence[str]:
    table = tables.read(resource("samples", "coffee_subscription_en.csv"))
    return [text or "" for text in table.columns[table.names.index("comment")]]


def embed(
    encoder: Encoder, documents: Sequence[str], *, begun: Embedding | None = None, keep: embedding.Keep = forget
) -> Embedding:
    rows = blank.rows_with_text(documents)
    return embed_rows(encoder, documents, rows, begun=begun, keep=keep, report=no_report)


def clusters(documents: Sequence[str], embedded: Embedding) -> dict[str, NDArray[np.int32]]:
    """Return the clusters that two methods find, after all that the main job does before."""
    vectors, identity = embedded.vectors, embedded.identity
    arrangement = jobs.arrange(documents, vectors, identity=identity, seed=SEED, report=no_stage_report)
    return {
        method: jobs.cluster(
            documents,
            vectors,
            arrangement.graph,
            method=method,
            n_clusters=n_clusters,
            detail=0.0,
            every_row=False,
            seed=SEED,
            report=no_stage_report,
        ).clustering.ids
        for method, n_clusters in {"communities": None, "kmeans": 8}.items()
    }


def test_the_clusters_are_those_of_the_model_here(
    server_encoder: MakeEncoder, minilm: Encoder, documents: Sequence[str]
) -> None:
    there, here = embed(server_encoder(), documents), embed(minilm, documents)

    np.testing.assert_allclose(there.vectors, here.vectors, atol=1e-5)
    assert there.identity != here.identity
    expected = clusters(documents, here)
    for method, found in clusters(documents, there).items():
        assert len(set(found.tolist())) > 3
        assert adjusted_rand_score(found, expected[method]) == 1


def test_what_was_embedded_before_the_server_failed_is_not_sent_again(
    proxy: FaultProxy, server_encoder: MakeEncoder, documents: Sequence[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedding, "PART_DOCUMENTS", 100)
    kept: list[EmbeddedRows] = []

    def keep(part: EmbeddedRows) -> None:
        kept.append(part)
        if len(kept) == 2:
            proxy.rule = lambda request: Fault(status=500)

    with pytest.raises(UserError) as raised:
        embed(server_encoder(), documents, keep=keep)
    assert raised.value.problem is Problem.SERVER_FAILS

    proxy.rule = lambda request: None
    proxy.sent.clear()
    last = kept[-1].embedding
    begun = Embedding(np.concatenate([part.embedding.vectors for part in kept]), last.identity, n_cut=last.n_cut)
    whole = embed(server_encoder(), documents, begun=begun)

    sent = {text for texts in proxy.sent for text in texts}
    assert not sent & {text for text in documents[: len(begun.vectors)] if text}
    np.testing.assert_array_equal(whole.vectors[: len(begun.vectors)], begun.vectors)
    np.testing.assert_allclose(np.linalg.norm(whole.vectors[blank.rows_with_text(documents)], axis=1), 1, atol=1e-6)


def test_the_job_finds_the_server_by_its_name_and_says_that_it_waits(
    proxy: FaultProxy, model_server: ModelServer, documents: Sequence[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERBATLAS_API_KEY", model_server.key)
    few = documents[:8]
    choice = choose(few, wanted=f"{proxy.address}#{model_server.model}")
    proxy.faults.extend([Fault(), Fault(status=503)])  # the probe passes, the first comments do not
    heard: list[tuple[Stage, int, int]] = []

    made = jobs.embed(few, choice=choice, seed=SEED, report=lambda *said: heard.append(said))

    assert made.vectors.shape == (8, 384)
    assert next(number for stage, number, _tries in heard if stage is Stage.WAIT) == 2
    assert heard[-1][0] is Stage.EMBED


def through_cache(encoder: ServerEncoder, documents: Sequence[str], path: Path) -> Embedding:
    """Embed as the main job does, with the vector cache in between."""
    with VectorCache(path, most_bytes=10**9) as cache:
        cached = CachedEncoder(encoder, cache)
        rows = blank.rows_with_text(documents)
        known = cached.prepare_for([documents[row] for row in rows])
        return embed_rows(cached, documents, rows, begun=None, keep=forget, report=no_report, known=known)


@pytest.mark.parametrize("ending", ["cut", "stopped"])
def test_what_had_arrived_when_the_job_ended_is_never_sent_again(
    proxy: FaultProxy, server_encoder: MakeEncoder, documents: Sequence[str], tmp_path: Path, ending: str
) -> None:
    answered: set[str] = set()

    def some_answers(request: dict[str, Any]) -> Fault | None:
        if len(answered) > 100:
            return Fault(cut="before", stall=1)  # by the last try all that was answered has arrived
        answered.update(request["input"])
        return None

    def stop(number: int, most: int) -> None:
        if number == most - 1:
            raise Cancelled

    encoder = server_encoder(waiting=stop) if ending == "stopped" else server_encoder()
    encoder.prepare()
    proxy.rule = some_answers
    with pytest.raises(Cancelled if ending == "stopped" else UserError):
        through_cache(encoder, documents, tmp_path / "vectors.sqlite")
    assert 100 < len(answered) < len(set(documents)) - 50, "all is one part of the cache's"

    proxy.rule = lambda request: None
    proxy.sent.clear()
    whole = through_cache(server_encoder(), documents, tmp_path / "vectors.sqlite")

    sent = {text for texts in proxy.sent for text in texts} - {PROBE}
    assert sent == {text for text in documents if text.strip()} - answered
    np.testing.assert_allclose(whole.vectors, embed(server_encoder(), documents).vectors, atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(whole.vectors[blank.rows_with_text(documents)], axis=1), 1, atol=1e-6)


def test_what_has_arrived_is_handed_out_while_the_rest_is_on_its_way(
    proxy: FaultProxy, server_encoder: MakeEncoder, documents: Sequence[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoder_module, "_SECONDS", 0.1)
    times: list[int] = []
    taken: dict[str, NDArray[np.float32]] = {}

    def take(texts: Sequence[str], vectors: NDArray[np.float32], cut: NDArray[np.bool_]) -> None:
        assert not taken.keys() & set(texts)
        assert len(cut) == len(texts)
        times.append(len(texts))
        taken.update(zip(texts, vectors, strict=True))

    encoder = server_encoder()
    texts = [text for text in documents if text.strip()]
    with encoder.handing_out(take):
        encoded = encoder.encode(texts)

    assert len(times) > 2
    np.testing.assert_array_equal(np.stack([taken[text] for text in texts]), encoded.vectors)
    encoder.encode(["afterwards"])
    assert "afterwards" not in taken
