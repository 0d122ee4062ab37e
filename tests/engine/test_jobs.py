from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from sample_documents import BLANK_ROWS, DOCUMENTS, MEANING, TEXT_ROWS, TOPICS

from verbatlas import encoders
from verbatlas.encoders import Choice, Embedding, Encoded
from verbatlas.encoders.local.encoder import LocalEncoder
from verbatlas.engine import jobs
from verbatlas.engine.jobs import Arrangement, Clustered
from verbatlas.engine.stages import MAIN_JOB, Stage, StageReport, no_stage_report
from verbatlas.errors import Problem, UserError
from verbatlas.progress import Cancelled, Report, no_report

SEED = 7


def embed(documents: Sequence[str], report: StageReport = no_stage_report) -> Embedding:
    return jobs.embed(documents, choice=lexical(documents), seed=SEED, report=report)


def lexical(documents: Sequence[str]) -> Choice:
    return encoders.choose(documents, wanted="lexical")


def cluster(
    documents: Sequence[str],
    embedding: Embedding,
    arrangement: Arrangement,
    *,
    n_clusters: int | None = 3,
    report: StageReport = no_stage_report,
) -> Clustered:
    return jobs.cluster(
        documents,
        embedding.vectors,
        arrangement.graph,
        method="kmeans" if n_clusters else "auto",
        n_clusters=n_clusters,
        detail=0.0,
        every_row=False,
        seed=SEED,
        report=report,
    )


def main_job(
    documents: Sequence[str], report: StageReport = no_stage_report
) -> tuple[Embedding, Arrangement, Clustered]:
    embedding = embed(documents, report)
    arrangement = jobs.arrange(documents, embedding.vectors, identity=embedding.identity, seed=SEED, report=report)
    return embedding, arrangement, cluster(documents, embedding, arrangement, report=report)


@pytest.fixture(scope="module")
def done() -> tuple[Embedding, Arrangement, Clustered]:
    """The main job, done once."""
    return main_job(DOCUMENTS)


def test_every_document_has_a_unit_vector_and_every_blank_one_none(done: tuple) -> None:
    vectors = done[0].vectors
    assert vectors.dtype == np.float32
    assert len(vectors) == len(DOCUMENTS)
    np.testing.assert_allclose(np.linalg.norm(vectors[list(TEXT_ROWS)], axis=1), 1, atol=1e-5)
    assert not vectors[list(BLANK_ROWS)].any()


def test_blank_rows_are_unplaced_and_nobody_s_neighbours(done: tuple) -> None:
    arrangement = done[1]
    assert arrangement.layout.shape == (len(DOCUMENTS), 2)
    assert np.isnan(arrangement.layout[list(BLANK_ROWS)]).all()
    assert np.isfinite(arrangement.layout[list(TEXT_ROWS)]).all()
    assert (arrangement.graph.indices[list(BLANK_ROWS)] == -1).all()
    assert not set(BLANK_ROWS) & set(arrangement.graph.indices.ravel().tolist())


def test_neighbours_speak_of_the_same_topic(done: tuple) -> None:
    nearest = done[1].graph.indices[list(TEXT_ROWS), 0]
    assert [TOPICS[row] for row in nearest] == [TOPICS[row] for row in TEXT_ROWS]


def test_clusters_are_the_topics_and_blank_rows_are_noise(done: tuple) -> None:
    clustering = done[2].clustering
    assert set(clustering.ids[list(BLANK_ROWS)].tolist()) == {-1}
    assert not clustering.strengths[list(BLANK_ROWS)].any()
    pairs = {(TOPICS[row], int(clustering.ids[row])) for row in TEXT_ROWS}
    assert len(pairs) == 3


def test_typical_documents_are_rows_of_the_table_in_their_own_cluster(done: tuple) -> None:
    clustered = done[2]
    assert sorted(clustered.descriptions) == [0, 1, 2]
    for cluster_id, description in clustered.descriptions.items():
        assert description.typical
        assert {int(clustered.clustering.ids[row]) for row in description.typical} == {cluster_id}


def test_blank_rows_change_nothing_for_the_others(done: tuple) -> None:
    rows = list(TEXT_ROWS)
    embedding, arrangement, clustered = main_job([DOCUMENTS[row] for row in rows])
    np.testing.assert_array_equal(embedding.vectors, done[0].vectors[rows])
    np.testing.assert_array_equal(arrangement.layout, done[1].layout[rows])
    np.testing.assert_array_equal(clustered.clustering.ids, done[2].clustering.ids[rows])


def test_the_same_documents_and_seed_give_the_same_bits(done: tuple) -> None:
    embedding, arrangement, clustered = main_job(DOCUMENTS)
    assert embedding.vectors.tobytes() == done[0].vectors.tobytes()
    assert embedding.identity == done[0].identity
    assert arrangement.layout.tobytes() == done[1].layout.tobytes()
    assert clustered.clustering.ids.tobytes() == done[2].clustering.ids.tobytes()
    assert clustered.descriptions == done[2].descriptions


def test_stages_are_reported_in_the_order_in_which_a_person_sees_them() -> None:
    heard: list[tuple[Stage, int, int]] = []
    main_job(DOCUMENTS, lambda stage, done, total: heard.append((stage, done, total)))
    assert list(dict.fromkeys(stage for stage, _, _ in heard)) == list(MAIN_JOB)
    assert (Stage.EMBED, len(TEXT_ROWS), len(TEXT_ROWS)) in heard


def test_the_wording_counts_beside_what_a_model_means(done: tuple) -> None:
    """The same vectors, said to come from a model: neighbours are looked for by both, and blank rows have none."""
    embedding, arrangement, _ = done
    heard: list[Stage] = []

    both = jobs.arrange(
        DOCUMENTS, embedding.vectors, identity=MEANING, seed=SEED, report=lambda stage, *_: heard.append(stage)
    )

    assert list(dict.fromkeys(heard)) == [Stage.WORDING, Stage.NEIGHBOURS, Stage.ARRANGE]
    assert both.graph.indices.shape == arrangement.graph.indices.shape
    assert (both.graph.indices[list(BLANK_ROWS)] == -1).all()
    topics, rows = np.array(TOPICS), np.array(TEXT_ROWS)
    assert (topics[both.graph.indices[rows]] == topics[rows][:, None]).mean() > 0.9


@pytest.mark.parametrize("stage", MAIN_JOB)
def test_every_stage_can_be_cancelled(stage: Stage) -> None:
    def report(reported: Stage, done: int, total: int) -> None:
        if reported is stage:
            raise Cancelled

    with pytest.raises(Cancelled):
        main_job(DOCUMENTS, report)


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of vectors for this test alone; the converted model stays where it is."""
    path = tmp_path / "vectors.sqlite"
    monkeypatch.setattr("verbatlas.encoders.vector_cache.vectors_path", lambda: path)
    return path


def embed_with_minilm(documents: Sequence[str], report: StageReport = no_stage_report) -> Embedding:
    choice = encoders.choose(documents, wanted="minilm")
    return jobs.embed(documents, choice=choice, seed=SEED, report=report, cache_bytes=10**8)


def test_a_table_that_comes_again_with_some_new_rows_is_encoded_for_these_only(
    own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoded: list[str] = []
    encode = LocalEncoder.encode

    def remembered(self: LocalEncoder, documents: Sequence[str], *, report: Report = no_report) -> Encoded:
        encoded.extend(documents)
        return encode(self, documents, report=report)

    monkeypatch.setattr(LocalEncoder, "encode", remembered)
    first = embed_with_minilm(DOCUMENTS)
    assert encoded
    encoded.clear()

    again = embed_with_minilm((*reversed(DOCUMENTS), "something new"))

    assert encoded == ["something new"]
    assert again.vectors[:-1].tobytes() == first.vectors[::-1].tobytes()
    assert again.identity == first.identity
    encoded.clear()
    stages: list[Stage] = []
    embed_with_minilm(DOCUMENTS, lambda stage, _done, _total: stages.append(stage))
    assert encoded == []
    assert set(stages) == {Stage.PREPARE, Stage.EMBED}


def test_an_encoder_that_learns_needs_no_cache(own_cache: Path) -> None:
    jobs.embed(DOCUMENTS, choice=lexical(DOCUMENTS), seed=SEED, report=no_stage_report, cache_bytes=10**8)
    assert not own_cache.exists()


def test_a_table_without_any_text_is_told_as_such() -> None:
    with pytest.raises(UserError) as caught:
        embed(["", "  ", "\n"])
    assert caught.value.problem is Problem.TABLE_ALL_BLANK
    with pytest.raises(UserError) as caught:
        jobs.arrange(
            ["", "  ", "\n"], np.zeros((3, 4), np.float32), identity=MEANING, seed=SEED, report=no_stage_report
        )
    assert caught.value.problem is Problem.TABLE_ALL_BLANK


def test_more_clusters_than_documents_with_text_are_refused(done: tuple) -> None:
    with pytest.raises(UserError) as caught:
        cluster(DOCUMENTS, done[0], done[1], n_clusters=len(TEXT_ROWS) + 1)
    assert caught.value.problem is Problem.TOO_FEW_DOCUMENTS
    assert caught.value.values == {"documents": len(TEXT_ROWS), "clusters": len(TEXT_ROWS) + 1}


@pytest.mark.parametrize(
    "documents",
    [["only one"], ["one", "two"], ["same"] * 50, ["", "one", ""], ["a", "b", "c"], ["?", "!", "\U0001f600"]],
    ids=["one row", "two rows", "identical rows", "one among blanks", "single letters", "no letters"],
)
def test_tables_too_small_to_cluster_still_get_a_result(documents: list[str]) -> None:
    embedding = embed(documents)
    arrangement = jobs.arrange(
        documents, embedding.vectors, identity=embedding.identity, seed=SEED, report=no_stage_report
    )
    clustered = cluster(documents, embedding, arrangement, n_clusters=None)
    with_text = [row for row, document in enumerate(documents) if document]
    assert np.isfinite(arrangement.layout[with_text]).all()
    assert len(clustered.clustering.ids) == len(documents)
    assert set(clustered.descriptions) == set(clustered.clustering.ids.tolist()) - {-1}
