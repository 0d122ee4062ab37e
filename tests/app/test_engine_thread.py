"""Asking the engine from a thread of the window's process: an answer, a problem, a bug, a cancel, a death."""

import sys
from collections.abc import Iterator

import pytest
from engine_requests import CountUp, Fail, Raise, Sleep
from pytestqt.qtbot import QtBot
from window_steps import LONG, kill_engine

from verbatlas.app.background import Task
from verbatlas.app.engine_thread import EngineBug, EngineThread, ask
from verbatlas.engine import Request
from verbatlas.engine.stages import Stage
from verbatlas.errors import Problem, UserError


def asking(thread: EngineThread, request: Request) -> Task:
    return Task(lambda task: ask(thread.engine, request, task))


@pytest.fixture
def own_engine(qtbot: QtBot) -> Iterator[EngineThread]:
    thread = EngineThread()
    thread.start()
    yield thread
    thread.close()
    assert thread.isFinished()


def test_the_answer_comes_back_and_progress_on_the_way(qtbot: QtBot, engine_thread: EngineThread) -> None:
    task = asking(engine_thread, CountUp(to=3))
    heard: list[tuple[Stage, int, int]] = []
    task.progress.connect(lambda stage, done, total: heard.append((stage, done, total)))
    with qtbot.waitSignal(task.finished, timeout=LONG) as finished:
        engine_thread.add(task)
    assert finished.args == [3]
    assert heard[-1] == (Stage.EMBED, 3, 3)


def test_a_problem_for_people_comes_back_as_it_is(qtbot: QtBot, engine_thread: EngineThread) -> None:
    task = asking(engine_thread, Fail())
    with qtbot.waitSignal(task.failed, timeout=LONG) as failed:
        engine_thread.add(task)
    assert isinstance(failed.args[0], UserError)
    assert failed.args[0].problem is Problem.MODEL_MISSING


def test_a_bug_comes_back_with_the_traceback_of_the_other_process(qtbot: QtBot, engine_thread: EngineThread) -> None:
    task = asking(engine_thread, Raise())
    with qtbot.waitSignal(task.failed, timeout=LONG) as failed:
        engine_thread.add(task)
    assert isinstance(failed.args[0], EngineBug)
    assert "never expected" in str(failed.args[0])


def test_a_cancelled_job_ends_as_cancelled_and_the_next_one_runs(qtbot: QtBot, engine_thread: EngineThread) -> None:
    long, after = asking(engine_thread, CountUp(to=10**9)), asking(engine_thread, CountUp(to=1))
    with qtbot.waitSignal(long.progress, timeout=LONG):
        engine_thread.add(long)
    engine_thread.add(after)
    with qtbot.waitSignals([long.cancelled, after.finished], timeout=LONG):
        long.cancel()


@pytest.mark.skipif(sys.platform == "win32", reason="a process is killed by a signal here")
def test_an_engine_that_is_killed_is_a_problem_in_words_and_another_takes_its_place(
    qtbot: QtBot, own_engine: EngineThread
) -> None:
    long = asking(own_engine, CountUp(to=10**9))
    with qtbot.waitSignal(long.progress, timeout=LONG):
        own_engine.add(long)
    with qtbot.waitSignal(long.failed, timeout=LONG) as failed:
        kill_engine()
    assert failed.args[0].problem in {Problem.ENGINE_DIED, Problem.OUT_OF_MEMORY}
    again = asking(own_engine, CountUp(to=2))
    with qtbot.waitSignal(again.finished, timeout=LONG):
        own_engine.add(again)


def test_closing_does_not_wait_for_a_job_that_does_not_listen(qtbot: QtBot) -> None:
    thread = EngineThread()
    thread.start()
    task = asking(thread, Sleep())
    with qtbot.waitSignal(task.progress, timeout=LONG):
        thread.add(task)
    thread.close()
    assert thread.isFinished()
