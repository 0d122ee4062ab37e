import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatlas.engine.stages import Stage
from verbatlas.engine.throttle import PAUSE, ThrottledReport
from verbatlas.progress import Cancelled


class Desk:
    """A reporter with a clock in hand and everything it sent."""

    def __init__(self) -> None:
        self.now = 100.0
        self.sent: list[tuple[Stage, int, int]] = []
        self.is_cancelled = False
        self.report = ThrottledReport(self._send, lambda: self.is_cancelled, clock=lambda: self.now)

    def _send(self, stage: Stage, done: int, total: int) -> None:
        self.sent.append((stage, done, total))


def test_a_hundred_quick_reports_become_the_first_and_the_last() -> None:
    desk = Desk()
    for done in range(101):
        desk.report(Stage.EMBED, done, 100)
    assert desk.sent == [(Stage.EMBED, 0, 100), (Stage.EMBED, 100, 100)]


def test_numbers_that_do_not_move_are_not_sent_again() -> None:
    desk = Desk()
    for _ in range(5):
        desk.report(Stage.EMBED, 1, 100)
        desk.now += 1.0
    assert desk.sent == [(Stage.EMBED, 1, 100)]


def test_a_new_stage_is_announced_at_once() -> None:
    desk = Desk()
    desk.report(Stage.NEIGHBOURS, 1, 10)
    desk.report(Stage.ARRANGE, 1, 10)
    assert [stage for stage, _, _ in desk.sent] == [Stage.NEIGHBOURS, Stage.ARRANGE]


def test_an_unknown_total_is_throttled_like_any_other() -> None:
    desk = Desk()
    for done in range(50):
        desk.report(Stage.PREPARE, done, 0)
    assert desk.sent == [(Stage.PREPARE, 0, 0)]


def test_every_report_is_a_cancel_point_even_one_that_would_not_be_sent() -> None:
    desk = Desk()
    desk.report(Stage.EMBED, 1, 100)
    desk.is_cancelled = True
    with pytest.raises(Cancelled):
        desk.report(Stage.EMBED, 1, 100)


@given(st.lists(st.floats(0, 0.2), max_size=60))
def test_messages_of_an_unfinished_stage_keep_their_distance(pauses: list[float]) -> None:
    desk = Desk()
    times: list[float] = []
    for done, pause in enumerate(pauses):
        desk.now += pause
        before = len(desk.sent)
        desk.report(Stage.EMBED, done, 1000)
        times += [desk.now] * (len(desk.sent) - before)
    assert all(later - earlier >= PAUSE * 0.999 for earlier, later in itertools.pairwise(times))
