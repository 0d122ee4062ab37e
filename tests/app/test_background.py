"""Background work ends exactly once, in the order in which it came, and never takes the window with it."""

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from verbatlas.app.background import Background, Task
from verbatlas.engine.stages import Stage
from verbatlas.errors import Problem, UserError


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    background = Background()
    background.start()
    yield background
    background.close()
    assert background.isFinished()


class Endings:
    """How tasks ended, in order."""

    def __init__(self) -> None:
        self.seen: list[object] = []

    def of(self, task: Task) -> None:
        task.finished.connect(self.seen.append)
        task.failed.connect(self.seen.append)
        task.cancelled.connect(lambda: self.seen.append("cancelled"))


def test_a_result_arrives_and_the_work_was_not_done_in_the_window_s_thread(
    qtbot: QtBot, background: Background
) -> None:
    task = Task(lambda _task: threading.get_ident())
    with qtbot.waitSignal(task.finished) as finished:
        background.add(task)
    assert finished.args != [threading.get_ident()]


def test_tasks_are_done_in_the_order_in_which_they_came(qtbot: QtBot, background: Background) -> None:
    done: list[int] = []
    tasks = [Task(lambda _task, number=number: done.append(number)) for number in range(5)]
    with qtbot.waitSignal(tasks[-1].finished):
        for task in tasks:
            background.add(task)
    assert done == [0, 1, 2, 3, 4]


def test_a_bug_in_a_task_is_reported_and_the_next_one_is_done(qtbot: QtBot, background: Background) -> None:
    bad, good = Task(lambda _task: 1 / 0), Task(lambda _task: "fine")
    endings = Endings()
    endings.of(bad)
    with qtbot.waitSignal(good.finished):
        background.add(bad)
        background.add(good)
    assert isinstance(endings.seen[0], ZeroDivisionError)


def test_a_problem_for_people_arrives_as_it_is(qtbot: QtBot, background: Background) -> None:
    def fail(task: Task) -> None:
        raise UserError(Problem.FILE_EMPTY, path="x")

    task = Task(fail)
    with qtbot.waitSignal(task.failed) as failed:
        background.add(task)
    assert failed.args[0].problem is Problem.FILE_EMPTY


def test_a_cancelled_task_stops_at_its_next_report(qtbot: QtBot, background: Background) -> None:
    started = threading.Event()

    def work(task: Task) -> None:
        while True:
            started.set()
            task.report(1, 10)

    task = Task(work)
    with qtbot.waitSignal(task.cancelled):
        background.add(task)
        started.wait(10)
        task.cancel()


def test_the_result_of_a_cancelled_task_is_thrown_away(qtbot: QtBot, background: Background) -> None:
    def work(task: Task) -> str:
        task.cancel()
        return "too late"

    task, after = Task(work), Task(lambda _task: None)
    endings = Endings()
    endings.of(task)
    with qtbot.waitSignal(after.finished):
        background.add(task)
        background.add(after)
    assert endings.seen == ["cancelled"]


def test_a_task_that_reports_all_the_time_is_heard_now_and_then_and_at_its_end(
    qtbot: QtBot, background: Background
) -> None:
    def work(task: Task) -> None:
        for done in range(20_001):
            task.show(Stage.EMBED, done, 20_000)

    heard: list[int] = []
    task = Task(work)
    task.progress.connect(lambda _stage, done, _total: heard.append(done))
    with qtbot.waitSignal(task.finished):
        background.add(task)
    assert len(heard) < 2_000
    assert heard[-1] == 20_000


def test_closing_ends_running_work_and_leaves_out_what_waits(qtbot: QtBot) -> None:
    background = Background()
    background.start()
    started = threading.Event()

    def endless(task: Task) -> None:
        while True:
            started.set()
            task.report(0, 1)

    done: list[str] = []
    background.add(Task(endless))
    background.add(Task(lambda _task: done.append("never")))
    assert started.wait(10)
    background.close()
    assert background.isFinished()
    assert done == []
