import os
import pickle
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest
from sample_requests import (
    AnswerLate,
    AskForTooMuch,
    Count,
    Crash,
    Describe,
    Die,
    Double,
    HoldTheInterpreter,
    LeaveTheProgram,
    Raise,
    RaiseUnpicklable,
    ReturnUnloadable,
    ReturnUnpicklable,
    StartAProcess,
    Unloadable,
)
from waiting import LONG, on_posix, until_end, until_progress

from verbatlas import progress
from verbatlas.engine.client import Engine
from verbatlas.engine.messages import Cancelled, Failed, Finished, Message, Progress
from verbatlas.engine.stages import Stage
from verbatlas.errors import Problem, UserError


def problem(message: Message) -> Problem | None:
    assert isinstance(message, Failed)
    return None if message.error is None else message.error.problem


def test_a_job_reports_in_order_and_ends_with_its_result(engine: Engine) -> None:
    ticket = engine.submit(Count(total=40, pause=0.01))
    *reports, end = until_end(engine, ticket)
    assert end == Finished(ticket, 40)
    done = [message.done for message in reports if isinstance(message, Progress)]
    assert done == sorted(done)
    assert (done[0], done[-1]) == (0, 40)
    assert {(message.stage, message.total) for message in reports} == {(Stage.EMBED, 40)}


def test_jobs_run_one_after_the_other_in_the_order_they_came(engine: Engine) -> None:
    tickets = [engine.submit(Count(total=1)) for _ in range(5)]
    ended: list[int] = []
    while len(ended) < 5:
        ended += [message.ticket for message in engine.messages(LONG) if isinstance(message, Finished)]
    assert ended == tickets == sorted(tickets)


def test_arrays_go_in_and_come_out_by_files_until_they_are_released(engine: Engine) -> None:
    shared = engine.share_array(np.arange(6, dtype=np.float32).reshape(2, 3))
    (end,) = until_end(engine, engine.submit(Double(shared)))
    doubled = end.result.load()
    np.testing.assert_array_equal(doubled, [[0, 2, 4], [6, 8, 10]])
    assert end.result.shape == (2, 3)
    engine.release(shared, end.result)
    assert not shared.path.exists()
    assert not end.result.path.exists()
    np.testing.assert_array_equal(doubled, [[0, 2, 4], [6, 8, 10]])


def test_no_news_comes_back_empty_after_the_timeout(engine: Engine) -> None:
    assert engine.messages(0.01) == []


def test_a_cancelled_job_stops_at_its_next_report(engine: Engine) -> None:
    first = process_of(engine)
    ticket = engine.submit(Count(total=10_000, pause=0.01))
    until_progress(engine, ticket)
    engine.cancel(ticket)
    assert until_end(engine, ticket) == [Cancelled(ticket)]
    assert process_of(engine) == first


def test_a_cancelled_job_that_succeeds_all_the_same_ends_once_as_cancelled(engine: Engine) -> None:
    ticket = engine.submit(AnswerLate(seconds=0.3))
    until_progress(engine, ticket)
    engine.cancel(ticket)
    assert until_end(engine, ticket) == [Cancelled(ticket)]
    following = engine.submit(Count(total=1))
    assert until_end(engine, following)[-1] == Finished(following, 1)
    assert engine.messages(0.2) == []


@on_posix
def test_a_job_that_does_not_listen_is_ended_with_its_process_and_the_next_job_works(
    engine: Engine, temporary_root: Path
) -> None:
    ticket = engine.submit(HoldTheInterpreter(seconds=300))
    until_progress(engine, ticket)
    assert list(temporary_root.glob("*/*/half-written"))
    began = time.monotonic()
    engine.cancel(ticket)
    assert until_end(engine, ticket) == [Cancelled(ticket)]
    assert time.monotonic() - began < 30
    assert not list(temporary_root.glob("*/*/half-written"))
    following = engine.submit(Count(total=1))
    assert until_end(engine, following)[-1] == Finished(following, 1)


def test_cancelling_from_another_thread_wakes_the_one_that_waits(engine: Engine) -> None:
    ticket = engine.submit(Count(total=10_000, pause=0.01))
    until_progress(engine, ticket)
    threading.Timer(0.1, engine.cancel, [ticket]).start()
    heard: list[Message] = []
    while Cancelled(ticket) not in heard:
        heard = engine.messages(LONG)
        assert heard, "the wait ran out"


def test_a_waiting_job_is_cancelled_at_once_and_the_running_one_goes_on(engine: Engine) -> None:
    running = engine.submit(Count(total=60, pause=0.01))
    waiting = engine.submit(Count(total=10))
    until_progress(engine, running)
    engine.cancel(waiting)
    ends = until_end(engine, waiting)
    assert ends == [Cancelled(waiting)]
    assert until_end(engine, running)[-1] == Finished(running, 60)


def test_a_job_cancelled_while_the_engine_still_starts_ends_as_cancelled(engine: Engine) -> None:
    ticket = engine.submit(Count(total=10_000, pause=0.01))
    engine.messages(0.0)
    engine.cancel(ticket)
    assert until_end(engine, ticket)[-1] == Cancelled(ticket)


def test_cancelling_what_has_ended_changes_nothing(engine: Engine) -> None:
    ticket = engine.submit(Count(total=1))
    until_end(engine, ticket)
    engine.cancel(ticket)
    engine.cancel(999)
    following = engine.submit(Count(total=1))
    assert until_end(engine, following)[-1] == Finished(following, 1)


@on_posix
@pytest.mark.parametrize("signal_", [signal.SIGKILL, signal.SIGTERM, signal.SIGABRT])
def test_an_engine_that_dies_fails_its_job_and_the_next_job_works(
    engine: Engine, temporary_root: Path, signal_: signal.Signals
) -> None:
    ticket, waiting = engine.submit(Die(signal_)), engine.submit(Count(total=1))
    end = until_end(engine, ticket)[-1]
    assert problem(end) is Problem.ENGINE_DIED
    assert signal_.name in end.detail
    assert not list(temporary_root.glob("*/*/half-written"))
    assert until_end(engine, waiting)[-1] == Finished(waiting, 1)


@on_posix
def test_a_native_crash_tells_where_python_was(engine: Engine) -> None:
    end = until_end(engine, engine.submit(Crash()))[-1]
    assert problem(end) is Problem.ENGINE_DIED
    assert "SIGSEGV" in end.detail
    assert "sample_requests.py" in end.detail


@on_posix
def test_an_engine_killed_while_idle_is_replaced_for_the_next_job(engine: Engine) -> None:
    first = process_of(engine)
    os.kill(first, signal.SIGKILL)
    assert engine.messages(0.3) == []
    assert process_of(engine) != first


def test_a_problem_for_people_arrives_whole(engine: Engine) -> None:
    error = UserError(Problem.TOO_FEW_DOCUMENTS, documents=3, clusters=9)
    end = until_end(engine, engine.submit(Raise(error)))[-1]
    assert problem(end) is Problem.TOO_FEW_DOCUMENTS
    assert end.error.values == {"documents": 3, "clusters": 9}
    assert "UserError" in end.detail


def test_a_bug_arrives_as_its_traceback(engine: Engine) -> None:
    end = until_end(engine, engine.submit(Raise(ZeroDivisionError("odd"))))[-1]
    assert problem(end) is None
    assert "ZeroDivisionError: odd" in end.detail
    assert "sample_requests.py" in end.detail


def test_memory_that_cannot_be_had_is_told_as_such(engine: Engine) -> None:
    assert problem(until_end(engine, engine.submit(AskForTooMuch()))[-1]) is Problem.OUT_OF_MEMORY


@pytest.mark.parametrize(
    "request_", [LeaveTheProgram(), ReturnUnpicklable(), RaiseUnpicklable(), ReturnUnloadable(), Unloadable()]
)
def test_odd_failures_end_their_job_and_leave_the_engine_alive(engine: Engine, request_: object) -> None:
    first = process_of(engine)
    end = until_end(engine, engine.submit(request_))[-1]
    assert problem(end) is None
    assert "Traceback" in end.detail
    assert process_of(engine) == first


def test_a_request_that_cannot_be_pickled_is_refused_where_it_is_submitted(engine: Engine) -> None:
    with pytest.raises((pickle.PicklingError, AttributeError, TypeError)):
        engine.submit(Raise(lambda: None))
    assert engine.messages(0.05) == []


def test_closing_while_a_job_runs_is_prompt_and_leaves_nothing(temporary_root: Path) -> None:
    engine = Engine()
    engine.start()
    pid = process_of(engine)
    running = engine.submit(AnswerLate(seconds=300))
    waiting = engine.submit(Count(total=1))
    until_progress(engine, running)
    began = time.monotonic()
    engine.close()
    assert time.monotonic() - began < 30
    assert not psutil.pid_exists(pid)
    assert not list(temporary_root.iterdir())
    assert engine.messages(LONG) == [Cancelled(running), Cancelled(waiting)]
    assert engine.messages(LONG) == []
    engine.close()


def test_a_closed_engine_refuses_what_comes_later(temporary_root: Path) -> None:
    with Engine() as engine:
        pass
    engine.start()
    assert not list(temporary_root.iterdir())
    ticket = engine.submit(Count(total=1))
    assert engine.messages(LONG) == [Cancelled(ticket)]
    with pytest.raises(progress.Cancelled):
        engine.share_array(np.zeros(3))
    with pytest.raises(progress.Cancelled):
        engine.share_documents(["a"])


def test_an_engine_that_was_not_started_keeps_its_jobs_until_it_is(temporary_root: Path) -> None:
    engine = Engine()
    with pytest.raises(RuntimeError, match="not been started"):
        engine.share_documents(["a"])
    ticket = engine.submit(Count(total=1))
    assert engine.messages(0.05) == []
    engine.start()
    assert until_end(engine, ticket)[-1] == Finished(ticket, 1)
    engine.close()


def test_starting_twice_is_starting_once(engine: Engine, temporary_root: Path) -> None:
    first = process_of(engine)
    engine.start()
    assert process_of(engine) == first
    assert len(list(temporary_root.iterdir())) == 1


def test_a_job_may_have_a_process_of_its_own(engine: Engine) -> None:
    ticket = engine.submit(StartAProcess())
    assert until_end(engine, ticket)[-1] == Finished(ticket, 0)


@on_posix
def test_closing_ends_even_a_process_that_does_not_listen(temporary_root: Path) -> None:
    before = set(psutil.Process().children())  # other tests' engines may live in this process
    engine = Engine()
    engine.start()
    until_progress(engine, engine.submit(HoldTheInterpreter(seconds=300)))
    began = time.monotonic()
    engine.close()
    assert time.monotonic() - began < 30
    left = set(psutil.Process().children()) - before
    assert not [child for child in left if "spawn_main" in " ".join(child.cmdline())]
    assert not list(temporary_root.iterdir())


def test_closing_from_another_thread_ends_a_waiting_owner(temporary_root: Path) -> None:
    engine = Engine()
    engine.start()
    threading.Timer(0.1, engine.close).start()
    began = time.monotonic()
    assert engine.messages(LONG) == []
    assert time.monotonic() - began < LONG / 2


def test_an_engine_that_was_never_started_can_be_closed() -> None:
    Engine().close()


def process_of(engine: Engine) -> int:
    return until_end(engine, engine.submit(Describe()))[-1].result["pid"]


def test_closing_in_the_middle_of_sharing_is_a_cancel_and_no_bug(temporary_root: Path) -> None:
    engine = Engine()
    engine.start()

    class ClosesWhileRead(list[str]):
        def __iter__(self) -> Iterator[str]:
            yield "first"
            engine.close()
            yield "second"

    with pytest.raises(progress.Cancelled):
        engine.share_documents(ClosesWhileRead(["first", "second"]))
    assert not list(temporary_root.iterdir())
