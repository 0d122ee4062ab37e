import pickle
from collections.abc import Iterator
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from waiting import LONG

from verbatlas.engine.inbox import Inbox, Outbox
from verbatlas.engine.messages import Cancel, Cancelled, Finished, Order, Start

# How the inbox ends its process is told in test_process.py, with processes that may end.


class Desk:
    """The engine's end of a pipe, with orders given by hand instead of by the listening thread."""

    def __init__(self, theirs: Connection, mine: Connection, folder: Path) -> None:
        self.mine = mine
        self.outbox = Outbox(theirs, folder=folder)
        self.inbox = Inbox(theirs, self.outbox, folder=folder)

    def give(self, order: Order) -> None:
        self.inbox.receive(order)

    def said(self) -> object:
        return pickle.loads(self.mine.recv().message) if self.mine.poll() else None


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    theirs, mine = Pipe()
    yield Desk(theirs, mine, tmp_path)
    theirs.close()
    mine.close()


def test_an_order_to_start_is_there_to_be_taken_once(desk: Desk) -> None:
    assert not desk.inbox.has_job()
    desk.give(Start(1, b"request"))
    assert desk.inbox.has_job()
    assert desk.inbox.take() == Start(1, b"request")
    assert not desk.inbox.has_job()


def test_a_running_job_learns_that_it_is_cancelled_and_answers_itself(desk: Desk) -> None:
    desk.give(Start(1, b"request"))
    desk.inbox.take()
    assert not desk.inbox.is_unwanted(1)
    desk.give(Cancel(1))
    assert desk.inbox.is_unwanted(1)
    assert not desk.inbox.is_unwanted(2)
    assert desk.said() is None


def test_a_job_cancelled_before_it_was_taken_is_answered_at_once(desk: Desk) -> None:
    desk.give(Start(1, b"request"))
    desk.give(Cancel(1))
    assert desk.said() == Cancelled(1)
    assert not desk.inbox.has_job()


def test_what_cannot_be_pickled_is_not_sent_by_half(desk: Desk) -> None:
    with pytest.raises((AttributeError, TypeError, pickle.PicklingError)):
        desk.outbox.send(Finished(1, lambda: None))
    desk.outbox.send(Finished(1, "whole"))
    assert desk.mine.poll(LONG)
    assert desk.said() == Finished(1, "whole")
