import asyncio

import pytest

from verbatlas.encoders.server.patience import Flow, Patience, patiently
from verbatlas.encoders.server.trouble import Kind, Trouble

PATIENCE = Patience(pauses=(0.01, 0.02, 0.03), longest_pause=1)


class Asked:
    """Fails as often as it is told and then answers."""

    def __init__(self, *troubles: Trouble) -> None:
        self.troubles = list(troubles)
        self.n_tries = 0
        self.waited: list[int] = []

    async def __call__(self) -> str:
        self.n_tries += 1
        if self.troubles:
            raise self.troubles.pop(0)
        return "answer"

    def run(self) -> str:
        return asyncio.run(patiently(self, patience=PATIENCE, waits=self.waited.append))


def test_what_passes_is_tried_again_and_told() -> None:
    asked = Asked(Trouble(Kind.BUSY), Trouble(Kind.LOST))

    assert asked.run() == "answer"
    assert asked.waited == [2, 0, 3, 0]


@pytest.mark.parametrize("kind", [Kind.ABSENT, Kind.LOST, Kind.SLOW, Kind.BUSY, Kind.FAILING])
def test_after_the_last_try_the_trouble_is_told(kind: Kind) -> None:
    asked = Asked(*[Trouble(kind)] * 9)

    with pytest.raises(Trouble) as raised:
        asked.run()

    assert raised.value.kind is kind
    assert asked.n_tries == PATIENCE.n_tries == 4


@pytest.mark.parametrize(
    "trouble",
    [Trouble(Kind.KEY), Trouble(Kind.REFUSED), Trouble(Kind.NOT_VECTORS), Trouble(Kind.BUSY, retry_after=2)],
    ids=["key", "refused", "no vectors", "too long a wait"],
)
def test_what_does_not_pass_is_not_tried_again(trouble: Trouble) -> None:
    asked = Asked(trouble)

    with pytest.raises(Trouble):
        asked.run()

    assert asked.n_tries == 1


def test_more_requests_run_while_answers_come_quickly_and_fewer_when_they_do_not() -> None:
    flow = Flow(most=6)
    seen = [flow.allowed]
    for _ in range(9):
        flow.answered(0.1)
        seen.append(flow.allowed)
    flow.answered(10)
    assert seen == [2, 3, 4, 5, 6, 6, 6, 6, 6, 6]
    assert flow.allowed == 6

    flow.answered(30)
    assert flow.allowed == 5
    for allowed in (2, 1, 1):
        flow.failed()
        assert flow.allowed == allowed
