"""Only what a wish makes necessary is computed."""

from pathlib import Path

import numpy as np
import pytest

from verbatlas.analysis import Clustering, Description, NeighbourGraph
from verbatlas.app.steps import STEP_OF_STAGE, Step, all_steps, step_title, steps_needed
from verbatlas.encoders import Embedding, EncoderIdentity
from verbatlas.engine.stages import MAIN_JOB, Stage
from verbatlas.study import LeaveOut, ReplaceClustering, Settings, Study
from verbatlas.tables import TableFormat, from_columns

ALL = all_steps(Settings())
CLUSTER = (Step.CLUSTER, Step.NAME)


@pytest.fixture
def study(tmp_path: Path) -> Study:
    table = from_columns(["text"], [["one", "two"]], TableFormat())
    return Study.create(tmp_path / "s.verbatlas", table=table, text_columns=(0,), settings=Settings())


def embed(study: Study) -> None:
    study.store_embedding(Embedding(np.eye(2, dtype=np.float32), EncoderIdentity("m", "1", "mean", "", "fp32")))


def arrange(study: Study) -> None:
    graph = NeighbourGraph(np.array([[1], [0]], np.int32), np.zeros((2, 1), np.float32))
    study.store_arrangement(graph, np.eye(2, dtype=np.float32))


def cluster(study: Study) -> None:
    clustering = Clustering(np.zeros(2, np.int32), np.ones(2, np.float32))
    study.do(ReplaceClustering.of(clustering, {0: Description(("one",), "One", (0,))}, np.eye(2, dtype=np.float32)))


def test_every_stage_keeps_its_own_result(study: Study) -> None:
    with study:
        assert steps_needed(study, Settings()) == ALL
        embed(study)
        assert steps_needed(study, Settings()) == (Step.ARRANGE, *CLUSTER)
        arrange(study)
        assert steps_needed(study, Settings()) == CLUSTER
        cluster(study)
        assert steps_needed(study, Settings()) == ()


@pytest.mark.parametrize(
    ("wanted", "steps"),
    [
        (Settings(n_clusters=3), CLUSTER),
        (Settings(detail=1.0), CLUSTER),
        (Settings(every_row=True), CLUSTER),
        (Settings(method="kmeans"), CLUSTER),
        (Settings(encoder="lexical"), ALL),
        (Settings(seed=8), ALL),
    ],
)
def test_another_wish_makes_only_the_stages_necessary_that_depend_on_it(
    study: Study, wanted: Settings, steps: tuple[Step, ...]
) -> None:
    with study:
        embed(study)
        arrange(study)
        cluster(study)
        assert steps_needed(study, wanted) == steps


def test_what_is_left_out_is_looked_for_whenever_clusters_are_found(study: Study) -> None:
    wanted = Settings(leave_out=(LeaveOut.DUPLICATES,))
    with study:
        assert steps_needed(study, wanted) == (Step.LEAVE_OUT, *ALL)
        embed(study)
        arrange(study)
        cluster(study)
        assert steps_needed(study, wanted) == (Step.LEAVE_OUT, *ALL)
        study.store_embedding(study.embedding, sieve=wanted.sieve)
        assert steps_needed(study, wanted) == (Step.LEAVE_OUT, Step.ARRANGE, *CLUSTER)
        arrange(study)
        assert steps_needed(study, wanted) == (Step.LEAVE_OUT, *CLUSTER)
        assert steps_needed(study, Settings()) == ALL


def test_clusters_that_an_undo_brought_back_can_be_computed_anew(study: Study) -> None:
    with study:
        embed(study)
        arrange(study)
        cluster(study)
        assert steps_needed(study, Settings(), is_stale=True) == CLUSTER


def test_every_stage_of_the_engine_belongs_to_a_step_with_a_title() -> None:
    assert set(STEP_OF_STAGE) == {Stage.LEAVE_OUT, Stage.WORDING, *MAIN_JOB}
    assert all(step_title(step) for step in Step)
