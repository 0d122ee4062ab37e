import asyncio
import itertools

import pytest

from verbatlas.encoders.server import hearing
from verbatlas.progress import Cancelled


def test_the_result_of_the_work_is_returned() -> None:
    async def work() -> int:
        await asyncio.sleep(0.01)
        return 7

    assert hearing.run(work(), hear=lambda: None) == 7


def test_what_the_work_raises_passes_through() -> None:
    async def work() -> int:
        raise ValueError("seven")

    with pytest.raises(ValueError, match="seven"):
        hearing.run(work(), hear=lambda: None)


def test_work_that_is_no_longer_wanted_is_cut_off_and_tidies_up() -> None:
    ended: list[str] = []

    async def work() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            ended.append("tidy")

    calls = itertools.count(1)

    def hear() -> None:
        if next(calls) == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        hearing.run(work(), hear=hear)
    assert ended == ["tidy"]
