"""Work in a thread of its own is watched, stopped, and never writes after it was stopped."""

import threading
from pathlib import Path

import pytest

from verbatlas.encoders.hub.watch import Watch, watched
from verbatlas.progress import Cancelled


def test_the_result_comes_back_and_the_last_report_is_complete() -> None:
    heard: list[tuple[int, int]] = []

    def work(watch: Watch) -> str:
        watch.begin(done=2, total=10)
        watch.advance(8)
        return "result"

    assert watched(work, report=lambda done, total: heard.append((done, total))) == "result"
    assert heard[-1] == (10, 10)


def test_what_the_work_raises_is_raised_here() -> None:
    def work(watch: Watch) -> None:
        raise LookupError("gone")

    with pytest.raises(LookupError, match="gone"):
        watched(work, report=lambda done, total: None)


def test_work_that_hangs_is_left_behind_and_writes_no_more(tmp_path: Path) -> None:
    may_go_on, has_ended = threading.Event(), threading.Event()
    path = tmp_path / "file"

    def work(watch: Watch) -> None:
        try:
            with path.open("ab", buffering=0) as file:
                watch.write(file, b"before")
                may_go_on.wait(30)
                watch.write(file, b"after")
        finally:
            has_ended.set()

    def report(done: int, total: int) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        watched(work, report=report)

    may_go_on.set()
    assert has_ended.wait(30)
    assert path.read_bytes() == b"before"


def test_a_pause_ends_when_the_work_is_no_longer_wanted() -> None:
    ended: list[str] = []

    def work(watch: Watch) -> None:
        try:
            watch.wait(300)
        except Cancelled:
            ended.append("cancelled")
            raise

    def report(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        watched(work, report=report)

    assert ended == ["cancelled"]
