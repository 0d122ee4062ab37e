import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatlas.engine.stages import Stage
from verbatlas.engine.timing import Pace, Timing


def steady(pace: Pace, *, rate: int, seconds: int, total: int, start: float = 0.0) -> Timing:
    """Report ten times a second at a steady speed."""
    timing = Timing()
    for tenth in range(seconds * 10 + 1):
        timing = pace.update(Stage.EMBED, tenth * rate // 10, total, at=start + tenth / 10)
    return timing


def test_a_steady_job_has_its_speed_and_the_time_that_is_left() -> None:
    timing = steady(Pace(), rate=200, seconds=10, total=10_000)
    assert timing.rate == pytest.approx(200)
    assert timing.seconds_left == pytest.approx(40)


def test_nothing_is_claimed_before_there_is_enough_to_tell() -> None:
    pace = Pace()
    assert pace.timing(at=0.0) == Timing()
    assert pace.update(Stage.EMBED, 0, 100, at=0.0) == Timing()
    assert pace.update(Stage.EMBED, 50, 100, at=0.2) == Timing()
    assert pace.update(Stage.EMBED, 51, 100, at=5.0).rate is not None


def test_a_stage_that_reports_no_movement_claims_nothing() -> None:
    pace = Pace()
    pace.update(Stage.CLUSTER, 0, 1, at=0.0)
    assert pace.update(Stage.CLUSTER, 0, 1, at=9.0) == Timing()


def test_an_unknown_total_has_a_speed_but_no_end() -> None:
    pace = Pace()
    pace.update(Stage.PREPARE, 0, 0, at=0.0)
    assert pace.update(Stage.PREPARE, 50, 0, at=1.0) == Timing(rate=50.0)


def test_the_time_left_counts_down_between_two_reports_and_stops_at_nothing() -> None:
    pace = Pace()
    steady(pace, rate=100, seconds=10, total=2000)
    assert pace.timing(at=13.0).seconds_left == pytest.approx(7)
    assert pace.timing(at=99.0).seconds_left == 0


def test_a_new_stage_and_a_new_job_start_from_nothing() -> None:
    pace = Pace()
    steady(pace, rate=100, seconds=10, total=2000)
    assert pace.update(Stage.ARRANGE, 500, 1000, at=10.1) == Timing()
    steady(pace, rate=100, seconds=10, total=2000, start=20.0)
    assert pace.update(Stage.EMBED, 0, 5000, at=30.1) == Timing()


def test_a_finished_stage_has_no_time_left() -> None:
    assert steady(Pace(), rate=100, seconds=10, total=1000).seconds_left == 0


def test_one_slow_batch_does_not_make_the_time_left_jump() -> None:
    pace = Pace()
    before = steady(pace, rate=1000, seconds=20, total=100_000)
    after = pace.update(Stage.EMBED, 20_100, 100_000, at=21.0)
    assert after.seconds_left == pytest.approx(before.seconds_left, rel=0.2)


def test_a_lasting_change_of_speed_is_believed_within_half_a_minute() -> None:
    pace = Pace()
    steady(pace, rate=1000, seconds=20, total=100_000)
    for second in range(1, 31):
        timing = pace.update(Stage.EMBED, 20_000 + 100 * second, 100_000, at=20.0 + second)
    assert timing.rate == pytest.approx(100, rel=0.3)


@given(st.lists(st.tuples(st.integers(0, 500), st.floats(-1, 5)), max_size=40))
def test_no_progress_whatever_gives_a_negative_or_endless_estimate(
    steps: list[tuple[int, float]],
) -> None:
    pace, done, at = Pace(), 0, 0.0
    for step, pause in steps:
        done, at = done + step, at + pause
        timing = pace.update(Stage.EMBED, done, 5000, at=at)
        assert timing.rate is None or 0 < timing.rate < float("inf")
        assert timing.seconds_left is None or 0 <= timing.seconds_left < float("inf")
