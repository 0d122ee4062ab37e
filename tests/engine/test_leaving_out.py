"""Which rows are left out, by what is asked for, and which row stands for each."""

from itertools import combinations

import numpy as np
import pytest

from verbatlas.engine.leaving_out import Sifted, sift, sift_near
from verbatlas.progress import Cancelled
from verbatlas.study import LeaveOut

DOCUMENTS = (
    "The delivery came two days late and nobody told me",  # 0
    "",
    "ok",
    "The delivery came two days late and nobody told me",  # 3: the same
    "the delivery came two days late, and nobody told me!",  # 4: nearly
    "the delivery came two days late, and nobody told me!",  # 5: the same as 4
    "ok",
    "OK!",  # 7: nearly
    " \n",
    "The battery is empty after three hours",  # 9
)
OWN = list(range(len(DOCUMENTS)))


@pytest.fixture(scope="module")
def sifted() -> Sifted:
    return sift_near(DOCUMENTS, sift(DOCUMENTS), seed=7)


def rows(changed: dict[int, int]) -> list[int]:
    return [changed.get(row, row) for row in OWN]


@pytest.mark.parametrize(
    ("kinds", "changed"),
    [
        ((), {}),
        ((LeaveOut.SHORT,), {2: -1, 6: -1, 7: -1}),
        ((LeaveOut.DUPLICATES,), {3: 0, 5: 4, 6: 2}),
        ((LeaveOut.NEAR_DUPLICATES,), {4: 0, 5: 0, 7: 2}),
        ((LeaveOut.DUPLICATES, LeaveOut.NEAR_DUPLICATES), {3: 0, 4: 0, 5: 0, 6: 2, 7: 2}),
        (tuple(LeaveOut), {2: -1, 3: 0, 4: 0, 5: 0, 6: -1, 7: -1}),
    ],
    ids=["none", "short", "same", "near", "same-near", "all"],
)
def test_what_is_left_out_is_stood_for(sifted: Sifted, kinds: tuple[LeaveOut, ...], changed: dict[int, int]) -> None:
    assert sifted.stand_ins(kinds).tolist() == rows(changed)


def test_whoever_stands_for_others_stands_for_itself(sifted: Sifted) -> None:
    for n in range(4):
        for kinds in combinations(LeaveOut, n):
            found = sifted.stand_ins(kinds)
            others = found[found >= 0]
            assert (found[others] == others).all()


def test_amounts_count_every_kind_and_what_remains(sifted: Sifted) -> None:
    some = sifted.amounts(())
    assert (some.n_rows, some.n_blank, some.n_short, some.n_same, some.n_near, some.n_left) == (10, 2, 3, 3, 2, 8)
    assert sifted.amounts(tuple(LeaveOut)).n_left == 2


def test_near_duplicates_are_not_known_before_they_are_looked_for() -> None:
    first = sift(DOCUMENTS)
    assert first.amounts((LeaveOut.NEAR_DUPLICATES,)).n_near is None
    assert (
        first.amounts(tuple(LeaveOut)).n_left
        == sift_near(DOCUMENTS, first, seed=7).amounts((LeaveOut.SHORT, LeaveOut.DUPLICATES)).n_left
    )
    with pytest.raises(ValueError, match="not been looked for"):
        first.stand_ins((LeaveOut.NEAR_DUPLICATES,))


def test_a_long_text_is_not_short_however_it_begins() -> None:
    assert sift(["!" * 300 + " late again and again", "x" * 300]).is_short.tolist() == [False, True]


def test_sifting_can_be_stopped() -> None:
    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        sift(DOCUMENTS, report=stop)
    assert np.array_equal(sift(()).first, np.zeros(0, np.int32))
