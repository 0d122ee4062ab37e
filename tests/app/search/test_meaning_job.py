"""A search by meaning of an open study, through the engine's process."""

from pathlib import Path

import numpy as np
from pytestqt.qtbot import QtBot
from window_steps import LONG, make_map

from verbatlas.analysis.similarity import most_similar
from verbatlas.app.background import Task
from verbatlas.app.engine_thread import EngineThread
from verbatlas.app.search.meaning_job import similarities_of
from verbatlas.app.session import Session
from verbatlas.study import LeaveOut


def test_the_most_similar_comments_of_a_study(qtbot: QtBot, mapped: Session, engine_thread: EngineThread) -> None:
    study, choice = mapped.study, mapped.choice
    assert study is not None
    assert choice is not None
    task = Task(lambda task: similarities_of(study, choice, "退款太慢", engine=engine_thread.engine, task=task))
    with qtbot.waitSignal(task.finished, timeout=LONG) as finished:
        engine_thread.add(task)
    found = finished.args[0]

    assert (found.dtype, found.shape) == (np.float32, (42,))
    rows = np.flatnonzero(most_similar(found, 4))
    assert all("退款" in study.documents[row] for row in rows)


def test_an_encoder_that_learnt_without_what_was_left_out_is_asked_in_the_same_way(
    qtbot: QtBot, session: Session, small_table: Path, engine_thread: EngineThread
) -> None:
    make_map(qtbot, session, small_table, leave_out=(LeaveOut.DUPLICATES,))
    study, choice = session.study, session.choice
    assert study is not None
    assert choice is not None
    task = Task(lambda task: similarities_of(study, choice, "退款太慢", engine=engine_thread.engine, task=task))
    with qtbot.waitSignal(task.finished, timeout=LONG) as finished:
        engine_thread.add(task)
    found = finished.args[0]
    assert "退款" in study.documents[int(found.argmax())]
    assert (found[study.labelling.left_out] == 0).all()
