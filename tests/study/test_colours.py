"""New clusters get the lowest free palette slots."""

from verbatlas.study.colours import free_slots


def test_slots_in_use_are_left_alone() -> None:
    assert free_slots(3, [0, 2]) == [1, 3, 4]
    assert free_slots(0, []) == []
