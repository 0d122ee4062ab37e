import threading
from multiprocessing.connection import wait

from waiting import LONG

from verbatlas.engine.bell import Bell


def is_heard(bell: Bell, timeout: float = 0.0) -> bool:
    return bool(wait([bell.waitable], timeout))


def test_ringing_wakes_a_thread_that_waits() -> None:
    bell = Bell()
    threading.Timer(0.05, bell.ring).start()
    assert is_heard(bell, LONG)
    bell.close()


def test_ringing_before_the_wait_is_not_lost_and_many_times_is_once() -> None:
    bell = Bell()
    for _ in range(100_000):
        bell.ring()
    assert is_heard(bell)
    bell.silence()
    assert not is_heard(bell)
    bell.ring()
    assert is_heard(bell)
    bell.close()


def test_a_closed_bell_may_be_rung_and_closed_again() -> None:
    bell = Bell()
    bell.close()
    bell.ring()
    bell.close()
