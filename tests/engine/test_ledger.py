from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from verbatlas.engine.ledger import Ledger
from verbatlas.engine.messages import Cancelled, Failed, Finished, Message, Progress, Start
from verbatlas.engine.stages import Stage


def running(ledger: Ledger) -> int:
    ticket = ledger.add(b"request")
    assert ledger.take() == Start(ticket, b"request")
    return ticket


def test_one_job_runs_and_the_next_waits_for_its_end() -> None:
    ledger = Ledger()
    first, second = ledger.add(b"1"), ledger.add(b"2")
    assert ledger.take() == Start(first, b"1")
    assert ledger.take() is None
    assert ledger.accept(Finished(first, "result")) == Finished(first, "result")
    assert ledger.take() == Start(second, b"2")


def test_a_result_of_a_job_that_has_ended_is_dropped() -> None:
    ledger = Ledger()
    first = running(ledger)
    ledger.refuse(first)
    assert ledger.end_running(Failed(first, error=None, detail="killed")) == Cancelled(first)
    second = running(ledger)
    assert ledger.accept(Finished(first, "late")) is None
    assert ledger.accept(Progress(first, Stage.EMBED, 1, 2)) is None
    assert ledger.accept(Finished(second, "in time")) == Finished(second, "in time")


def test_an_unwanted_job_is_silent_and_ends_as_cancelled_whatever_it_says() -> None:
    for end in (Finished, lambda ticket, _: Failed(ticket, error=None, detail=""), lambda ticket, _: Cancelled(ticket)):
        ledger = Ledger()
        ticket = running(ledger)
        assert ledger.unwanted is None
        ledger.refuse(ticket)
        assert ledger.unwanted == ticket
        assert ledger.accept(Progress(ticket, Stage.EMBED, 1, 2)) is None
        assert ledger.accept(end(ticket, None)) == Cancelled(ticket)
        assert ledger.unwanted is None


def test_a_waiting_job_that_is_refused_ends_once_and_never_runs() -> None:
    ledger = Ledger()
    running(ledger)
    waiting = ledger.add(b"2")
    ledger.refuse(waiting)
    ledger.refuse(waiting)
    assert ledger.collect_ended() == [Cancelled(waiting)]
    assert ledger.collect_ended() == []


class EveryTicketEndsOnce(RuleBasedStateMachine):
    """Whatever happens in whatever order, each ticket has at most one end, and exactly one after closing."""

    tickets = Bundle("tickets")

    def __init__(self) -> None:
        super().__init__()
        self.ledger = Ledger()
        self.given: list[int] = []
        self.ended: list[int] = []

    def hear(self, message: Message | None) -> None:
        if message is not None and not isinstance(message, Progress):
            self.ended.append(message.ticket)

    @rule(target=tickets)
    def submit(self) -> int:
        self.given.append(self.ledger.add(b""))
        return self.given[-1]

    @rule()
    def take(self) -> None:
        start = self.ledger.take()
        assert start is None or start.ticket not in self.ended

    @rule(ticket=tickets)
    def cancel(self, ticket: int) -> None:
        self.ledger.refuse(ticket)

    @rule(ticket=tickets, kind=st.sampled_from(["progress", "finished", "failed", "cancelled"]))
    def engine_says(self, ticket: int, kind: str) -> None:
        said: dict[str, Message] = {
            "progress": Progress(ticket, Stage.EMBED, 1, 2),
            "finished": Finished(ticket, None),
            "failed": Failed(ticket, error=None, detail=""),
            "cancelled": Cancelled(ticket),
        }
        was_running = self.ledger.running == ticket
        heard = self.ledger.accept(said[kind])
        assert heard is None or was_running
        self.hear(heard)

    @rule()
    def engine_dies(self) -> None:
        if (ticket := self.ledger.running) is not None:
            self.hear(self.ledger.end_running(Failed(ticket, error=None, detail="")))

    @rule()
    def close(self) -> None:
        self.ledger.close()
        self.collect()
        assert sorted(self.ended) == self.given

    @rule()
    def collect(self) -> None:
        for message in self.ledger.collect_ended():
            self.hear(message)

    @invariant()
    def no_ticket_ends_twice(self) -> None:
        assert len(set(self.ended)) == len(self.ended)


test_every_ticket_ends_exactly_once = EveryTicketEndsOnce.TestCase
