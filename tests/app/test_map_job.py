"""The job behind the map keeps what it has done, whatever happens to it later."""

import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from window_steps import LONG

from verbatlas.app.background import Task
from verbatlas.app.engine_thread import EngineThread
from verbatlas.app.map_job import make_map
from verbatlas.app.steps import Step, steps_needed
from verbatlas.engine.embedding import PART_DOCUMENTS
from verbatlas.engine.stages import Stage
from verbatlas.study import Settings, Study
from verbatlas.tables import TableFormat, from_columns, guess_text_columns, read


@pytest.fixture
def study(small_table: Path, tmp_path: Path) -> Study:
    table = read(small_table)
    return Study.create(
        tmp_path / "s.verbatlas", table=table, text_columns=guess_text_columns(table), settings=Settings()
    )


def job(study: Study, wanted: Settings, engine_thread: EngineThread) -> Task:
    edits = threading.Lock()
    steps = steps_needed(study, wanted)
    return Task(lambda task: make_map(study, wanted, steps=steps, engine=engine_thread.engine, edits=edits, task=task))


def test_the_job_stores_embedding_arrangement_clusters_and_settings(
    qtbot: QtBot, engine_thread: EngineThread, study: Study
) -> None:
    with study:
        task = job(study, Settings(seed=3), engine_thread)
        with qtbot.waitSignal(task.finished, timeout=LONG):
            engine_thread.add(task)
        assert study.embedding is not None
        assert study.embedding.vectors.shape[0] == 42
        assert study.layout is not None
        assert study.labelling is not None
        assert study.settings == Settings(seed=3)
        assert steps_needed(study, Settings(seed=3)) == ()


def test_a_job_cancelled_after_the_embedding_does_not_embed_again(
    qtbot: QtBot, engine_thread: EngineThread, study: Study
) -> None:
    with study:
        task = job(study, Settings(), engine_thread)
        task.progress.connect(lambda stage, _done, _total: task.cancel() if stage is Stage.NEIGHBOURS else None)
        with qtbot.waitSignal(task.cancelled, timeout=LONG):
            engine_thread.add(task)
        assert study.has_embedding
        assert study.labelling is None
        assert Step.EMBED not in steps_needed(study, Settings())


def test_a_job_cancelled_after_another_encoder_leaves_no_doubt_which_one_read_the_comments(
    qtbot: QtBot, engine_thread: EngineThread, study: Study
) -> None:
    with study:
        task = job(study, Settings(), engine_thread)
        with qtbot.waitSignal(task.finished, timeout=LONG):
            engine_thread.add(task)
        task = job(study, Settings(encoder="lexical"), engine_thread)
        task.progress.connect(lambda stage, _done, _total: task.cancel() if stage is Stage.NEIGHBOURS else None)
        with qtbot.waitSignal(task.cancelled, timeout=LONG):
            engine_thread.add(task)
        assert Step.EMBED not in steps_needed(study, Settings(encoder="lexical"))
        assert Step.EMBED in steps_needed(study, Settings())


def test_the_same_settings_give_the_same_map(
    qtbot: QtBot, engine_thread: EngineThread, small_table: Path, tmp_path: Path
) -> None:
    table = read(small_table)
    seen = []
    for number in range(2):
        path = tmp_path / f"{number}.verbatlas"
        with Study.create(path, table=table, text_columns=(1,), settings=Settings()) as study:
            task = job(study, Settings(), engine_thread)
            with qtbot.waitSignal(task.finished, timeout=LONG):
                engine_thread.add(task)
            assert study.layout is not None
            assert study.labelling is not None
            seen.append((study.layout.tobytes(), study.labelling.members.tobytes()))
    assert seen[0] == seen[1]


def test_a_job_cancelled_in_the_middle_of_the_embedding_goes_on_where_it_was(
    qtbot: QtBot, engine_thread: EngineThread, tmp_path: Path
) -> None:
    n = 2 * PART_DOCUMENTS
    table = from_columns(["text"], [[f"the delivery of parcel {row} was late" for row in range(n)]], TableFormat())
    wanted = Settings(encoder="minilm")
    vectors, begun_at = [], []
    for name, is_interrupted in (("a", False), ("b", True)):
        path = tmp_path / f"{name}.verbatlas"
        with Study.create(path, table=table, text_columns=(0,), settings=wanted) as study:
            if is_interrupted:
                task = job(study, wanted, engine_thread)
                task.progress.connect(lambda _s, done, _t, task=task: task.cancel() if done > PART_DOCUMENTS else None)
                with qtbot.waitSignal(task.cancelled, timeout=LONG):
                    engine_thread.add(task)
                assert not study.has_embedding
                begun = study.begun_embedding()
                assert begun is not None
                assert len(begun.vectors) == PART_DOCUMENTS
            heard: list[int] = []
            task = job(study, wanted, engine_thread)
            task.progress.connect(
                lambda stage, done, _t, heard=heard: heard.append(done) if stage is Stage.EMBED and done else None
            )
            with qtbot.waitSignal(task.finished, timeout=LONG):
                engine_thread.add(task)
            assert study.embedding is not None
            vectors.append(study.embedding.vectors.tobytes())
            begun_at.append(heard[0])
    assert vectors[0] == vectors[1]
    assert begun_at[0] < PART_DOCUMENTS <= begun_at[1]
