import multiprocessing
import pickle
from multiprocessing.connection import wait
from pathlib import Path

import psutil
from sample_requests import Count, Crash, ReturnUnloadable
from waiting import LONG, on_posix

from verbatlas.engine.link import Link
from verbatlas.engine.messages import Failed, Finished, Message, Progress, Start


def ends(link: Link) -> list[Message]:
    """Return what the engine said up to the end of its job or of itself, without the progress."""
    heard: list[Message] = []
    while not heard and not link.is_dead():
        assert wait(link.waitables, LONG)
        heard += [message for message in link.receive() if not isinstance(message, Progress)]
    return heard


def test_an_engine_answers_orders(tmp_path: Path) -> None:
    link = Link(tmp_path, number=1)
    link.send(Start(5, pickle.dumps(Count(total=3))))
    assert ends(link) == [Finished(5, 3)]
    link.close()


def test_an_answer_that_does_not_come_back_to_life_fails_its_own_job_only(tmp_path: Path) -> None:
    link = Link(tmp_path, number=1)
    link.send(Start(5, pickle.dumps(ReturnUnloadable())))
    (failed,) = ends(link)
    assert isinstance(failed, Failed)
    assert (failed.ticket, failed.error) == (5, None)
    link.send(Start(6, pickle.dumps(Count(total=1))))
    assert ends(link) == [Finished(6, 1)]
    link.close()


def test_closing_ends_the_process_and_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "private"
    folder.mkdir()
    link = Link(folder, number=1)
    process_id = link.process_id
    link.send(Start(5, pickle.dumps(Count(total=1))))
    ends(link)
    link.close()
    assert not psutil.pid_exists(process_id)
    assert not folder.exists()
    assert not [child for child in multiprocessing.active_children() if child.pid == process_id]


def test_a_killed_engine_is_dead_and_orders_to_it_are_lost_in_silence(tmp_path: Path) -> None:
    link = Link(tmp_path, number=1)
    link.kill()
    link.send(Start(5, b""))
    assert link.is_dead()
    assert list(link.receive()) == []


@on_posix
def test_the_death_is_described_from_the_signal_and_the_crash_log(tmp_path: Path) -> None:
    link = Link(tmp_path, number=4)
    link.send(Start(5, pickle.dumps(Crash())))
    assert ends(link) == []
    link.kill()
    death = link.death(5)
    assert death.ticket == 5
    assert "SIGSEGV" in death.detail
    assert "sample_requests.py" in death.detail
