import os
import time
from pathlib import Path

import pytest
from encoder_reports import Reports

from verbatlas.encoders.local.child import ChildFailed, run_elsewhere
from verbatlas.progress import Cancelled, no_report


def test_work_is_done_in_another_process(tmp_path: Path) -> None:
    reports = Reports()
    run_elsewhere(Path.touch, tmp_path / "done", seconds=5, report=reports)
    assert (tmp_path / "done").exists()
    assert all(done < total == 50 for done, total in reports)


def test_what_the_work_raises_is_told(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ChildFailed, match="ZeroDivisionError") as caught:
        run_elsewhere(divmod, 1, 0, seconds=1, report=no_report)
    assert caught.value.has_raised
    assert capfd.readouterr().err == ""


def test_a_process_that_dies_has_told_nothing() -> None:
    with pytest.raises(ChildFailed, match="exit code 3") as caught:
        run_elsewhere(os._exit, 3, seconds=1, report=no_report)
    assert not caught.value.has_raised


def test_it_can_be_cancelled() -> None:
    begun = time.monotonic()
    with pytest.raises(Cancelled):
        run_elsewhere(time.sleep, 1_000, seconds=1, report=Reports(cancel_after=3))
    assert time.monotonic() - begun < 500
