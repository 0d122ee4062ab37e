"""What helps an analyst: parts of a cluster, places for noise, insights, and what examples teach."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from sample_documents import BLANK_ROWS, DOCUMENTS, TEXT_ROWS, TOPICS

from verbatlas import encoders
from verbatlas.encoders import Embedding
from verbatlas.engine import corrections, jobs
from verbatlas.engine.exchange import DocumentsReference, write_documents
from verbatlas.engine.jobs import Arrangement
from verbatlas.engine.stages import Stage, StageReport, no_stage_report
from verbatlas.progress import Cancelled

SEED = 7
TOPIC_OF = np.array(TOPICS, np.int32)


@pytest.fixture(scope="module")
def embedding() -> Embedding:
    choice = encoders.choose(DOCUMENTS, wanted="lexical")
    return jobs.embed(DOCUMENTS, choice=choice, seed=SEED, report=no_stage_report)


@pytest.fixture(scope="module")
def vectors(embedding: Embedding) -> NDArray[np.float32]:
    return embedding.vectors


@pytest.fixture(scope="module")
def arrangement(embedding: Embedding) -> Arrangement:
    return jobs.arrange(DOCUMENTS, embedding.vectors, identity=embedding.identity, seed=SEED, report=no_stage_report)


@pytest.fixture
def members() -> NDArray[np.int32]:
    """Cluster 4 is two topics, cluster 9 the third; blank rows are noise."""
    members = np.where(TOPIC_OF == 2, 9, 4).astype(np.int32)
    members[list(BLANK_ROWS)] = -1
    return members


@pytest.fixture
def documents(tmp_path: Path) -> DocumentsReference:
    return write_documents(tmp_path, "documents", DOCUMENTS)


def split(documents: DocumentsReference, *arrays: NDArray, report: StageReport = no_stage_report) -> corrections.Parts:
    return corrections.split(documents, *arrays, cluster_id=4, method="auto", n_parts=None, seed=SEED, report=report)


def test_a_cluster_of_two_topics_falls_into_them_and_they_are_described(
    documents: DocumentsReference, vectors: NDArray, members: NDArray
) -> None:
    found = split(documents, vectors, members)

    np.testing.assert_array_equal(found.rows, np.flatnonzero(members == 4))
    assert len({(TOPICS[row], part) for row, part in zip(found.rows, found.parts.tolist(), strict=True)}) == 2
    assert len(found.descriptions) == 2
    for part, about in enumerate(found.descriptions):
        assert about.keywords
        assert about.typical
        assert set(found.parts[np.searchsorted(found.rows, about.typical)].tolist()) == {part}


def test_noise_gets_the_cluster_of_its_topic_and_blank_rows_none(vectors: NDArray, members: NDArray) -> None:
    taken_out = list(TEXT_ROWS[:9])
    members[taken_out] = -1

    found = corrections.assign(vectors, members, report=no_stage_report)

    assert found.rows.tolist() == taken_out
    assert found.clusters.tolist() == [9 if TOPICS[row] == 2 else 4 for row in taken_out]
    assert (found.strengths > 0.5).all()


def test_every_cluster_is_looked_over(vectors: NDArray, members: NDArray) -> None:
    found = corrections.look_over(vectors, members, report=no_stage_report)

    assert sorted(found.insights) == [4, 9]
    assert (found.insights[4].nearest, found.insights[9].nearest) == (9, 4)
    assert found.insights[9].cohesion > found.insights[4].cohesion
    for cluster, insight in found.insights.items():
        assert set(members[list(insight.borderline)].tolist()) == {cluster}
        assert len(insight.borderline) == corrections.N_BORDERLINE
    assert found.centres.ids.tolist() == [4, 9]


def test_a_single_cluster_has_no_nearest_one(vectors: NDArray) -> None:
    found = corrections.look_over(vectors, np.zeros(len(vectors), np.int32), report=no_stage_report)

    assert found.insights[0].nearest is None


def test_a_move_by_hand_proposes_the_rest_of_its_topic(vectors: NDArray, members: NDArray) -> None:
    refunds = np.flatnonzero(members == 9)
    members[refunds[3:8]] = 4
    by_hand = np.zeros(len(members), np.bool_)
    by_hand[refunds[:3]] = True

    found = corrections.propose(vectors, members, by_hand, target=9, limit=5, report=no_stage_report)

    assert sorted(found.rows.tolist()) == refunds[3:8].tolist()
    assert set(found.sources.tolist()) == {4}
    assert set(found.clusters.tolist()) == {9}


def test_examples_teach_where_the_others_belong_and_blank_rows_stay(
    vectors: NDArray, arrangement: Arrangement, members: NDArray
) -> None:
    truth = members.copy()
    strayed = np.flatnonzero(truth == 9)[::4]
    members[strayed] = 4
    examples = np.array([row for row in TEXT_ROWS[9:36] if row not in strayed])

    found = corrections.learn(
        vectors, arrangement.graph, members, examples, named=(), unread=False, report=no_stage_report
    )

    assert set(found.rows.tolist()) == set(strayed.tolist())
    np.testing.assert_array_equal(found.clusters, truth[found.rows])


@pytest.mark.parametrize("job", ["split", "assign", "look over", "propose", "learn", "strands"])
def test_every_job_can_be_cancelled(
    job: str, documents: DocumentsReference, vectors: NDArray, arrangement: Arrangement, members: NDArray
) -> None:
    def report(stage: Stage, done: int, total: int) -> None:
        assert stage is Stage.CLUSTER
        raise Cancelled

    examples = np.array(TEXT_ROWS)
    work = {
        "split": lambda: split(documents, vectors, members, report=report),
        "assign": lambda: corrections.assign(vectors, members, report=report),
        "look over": lambda: corrections.look_over(vectors, members, report=report),
        "propose": lambda: corrections.propose(vectors, members, members == 9, target=9, limit=5, report=report),
        "strands": lambda: corrections.strands(vectors, arrangement.graph, members, seed=SEED, report=report),
        "learn": lambda: corrections.learn(
            vectors, arrangement.graph, members, examples, named=(), unread=True, report=report
        ),
    }
    with pytest.raises(Cancelled):
        work[job]()
