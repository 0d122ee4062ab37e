import pytest

from verbatlas.engine.stages import MAIN_JOB, Stage, begin, no_stage_report
from verbatlas.progress import Cancelled


def test_stages_come_in_the_order_in_which_a_person_sees_them() -> None:
    assert list(MAIN_JOB) == ["prepare", "embed", "neighbours", "arrange", "cluster", "name"]
    assert set(Stage) - set(MAIN_JOB) == {Stage.LEAVE_OUT, Stage.WORDING, Stage.WAIT, Stage.DOWNLOAD, Stage.CHECK}


def test_beginning_a_stage_announces_it_and_binds_what_follows_to_it() -> None:
    heard: list[tuple[Stage, int, int]] = []

    def report(stage: Stage, done: int, total: int) -> None:
        heard.append((stage, done, total))

    begin(report, Stage.CLUSTER, 8)(3, 9)
    assert heard == [(Stage.CLUSTER, 0, 8), (Stage.CLUSTER, 3, 9)]


def test_a_cancelled_job_does_not_begin_another_stage() -> None:
    def report(stage: Stage, done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        begin(report, Stage.NAME, 1)


def test_nobody_hears_the_silent_report() -> None:
    no_stage_report(Stage.EMBED, 1, 2)
