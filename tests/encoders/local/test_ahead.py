import threading

import pytest

from verbatlas.encoders.local.ahead import Begun, made_ahead
from verbatlas.progress import Cancelled


def test_items_come_in_order() -> None:
    assert list(made_ahead(lambda item, begun: item * 2, range(5))) == [0, 2, 4, 6, 8]
    assert list(made_ahead(lambda item, begun: item, [])) == []


def test_the_next_is_made_while_this_one_is_used() -> None:
    begun = [threading.Event() for _ in range(3)]

    def make(item: int, _begun: Begun) -> int:
        begun[item].set()
        return item

    made = made_ahead(make, range(3))
    next(made)
    assert begun[1].wait(10)
    assert not begun[2].is_set()
    made.close()


def test_what_is_raised_comes_through() -> None:
    def make(item: int, _begun: Begun) -> int:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        list(made_ahead(make, [1]))


def test_the_other_thread_stops_when_nobody_waits() -> None:
    stopped = threading.Event()

    def make(item: int, begun: Begun) -> int:
        try:
            while item:
                begun()
        except Cancelled:
            stopped.set()
            raise
        return item

    made = made_ahead(make, range(2))
    assert next(made) == 0
    made.close()
    assert stopped.is_set()
