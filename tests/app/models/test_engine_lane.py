"""A lane answers one request after the other, tells how far it is, and can be stopped."""

from collections.abc import Iterator

import pytest
from engine_requests import CountUp, Fail, Raise
from pytestqt.qtbot import QtBot
from window_steps import LONG

from verbatlas.app.engine_thread import EngineBug
from verbatlas.app.models.engine_lane import EngineLane
from verbatlas.errors import Problem, UserError
from verbatlas.progress import Cancelled


@pytest.fixture
def lane(qtbot: QtBot) -> Iterator[EngineLane]:
    lane = EngineLane()
    yield lane
    lane.close()


def test_requests_are_answered_by_name_and_in_order(qtbot: QtBot, lane: EngineLane) -> None:
    answers: list[tuple[str, object]] = []
    lane.answered.connect(lambda name, answer: answers.append((name, answer)))
    lane.ask("first", CountUp(to=3))
    lane.ask("second", CountUp(to=4))
    assert lane.running == {"first", "second"}
    qtbot.waitUntil(lambda: len(answers) == 2, timeout=LONG)
    assert answers == [("first", 3), ("second", 4)]
    assert not lane.running


def test_a_stopped_request_ends_and_the_next_one_runs(qtbot: QtBot, lane: EngineLane) -> None:
    with qtbot.waitSignal(lane.progressed, timeout=LONG) as progressed:
        lane.ask("long", CountUp(to=10**9))
        lane.ask("long", CountUp(to=1))  # the same again: the one that runs goes on
    assert progressed.args[0] == "long"
    with qtbot.waitSignal(lane.failed, timeout=LONG) as failed:
        lane.stop("long")
    assert failed.args[0] == "long"
    assert isinstance(failed.args[1], Cancelled)
    with qtbot.waitSignal(lane.answered, timeout=LONG):
        lane.ask("long", CountUp(to=1))


def test_problems_and_bugs_are_told_apart(qtbot: QtBot, lane: EngineLane) -> None:
    with qtbot.waitSignal(lane.failed, timeout=LONG) as failed:
        lane.ask("problem", Fail())
    assert isinstance(failed.args[1], UserError)
    assert failed.args[1].problem is Problem.MODEL_MISSING
    with qtbot.waitSignal(lane.failed, timeout=LONG) as failed:
        lane.ask("bug", Raise())
    assert isinstance(failed.args[1], EngineBug)


def test_a_lane_that_was_never_asked_has_nothing_to_close(lane: EngineLane) -> None:
    lane.stop("nothing")
    lane.close()
    assert not lane.running
