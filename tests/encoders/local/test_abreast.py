import threading
from contextlib import closing

import pytest

from verbatlas.encoders.local.abreast import done_abreast


@pytest.mark.parametrize("at_once", [1, 2, 5])
def test_every_result_comes_in_order(at_once: int) -> None:
    assert list(done_abreast(lambda item: item * item, range(50), at_once=at_once)) == [n * n for n in range(50)]
    assert list(done_abreast(lambda item: item, [], at_once=at_once)) == []


def test_one_at_a_time_is_done_by_the_thread_that_asks() -> None:
    assert set(done_abreast(lambda _: threading.current_thread(), range(5), at_once=1)) == {threading.current_thread()}


def test_so_many_work_at_the_same_time() -> None:
    all_there = threading.Barrier(3, timeout=30)
    assert len(list(done_abreast(lambda _: all_there.wait(), range(6), at_once=3))) == 6


@pytest.mark.parametrize("at_once", [1, 3])
def test_what_is_raised_comes_out_in_its_turn_and_ends_the_work(at_once: int) -> None:
    begun: list[int] = []

    def work(item: int) -> int:
        begun.append(item)
        if item == 10:
            raise MemoryError
        return item

    found: list[int] = []
    with pytest.raises(MemoryError):
        found.extend(done_abreast(work, range(100), at_once=at_once))
    assert len(begun) < 100


@pytest.mark.parametrize("at_once", [1, 3])
def test_nothing_more_is_begun_once_nobody_waits(at_once: int) -> None:
    begun: list[int] = []
    with closing(done_abreast(begun.append, range(100), at_once=at_once)) as results:
        next(results)
    known = list(begun)
    assert len(known) < 100
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("abreast")]
    assert begun == known
