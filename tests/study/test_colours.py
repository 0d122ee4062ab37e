"""New clusters get colours that their neighbours on the map do not have."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from verbatlas.study.colours import N_SLOTS, choose_slots


def test_slots_in_use_are_left_alone_while_others_are_free() -> None:
    assert choose_slots([7, 8], {1: 0, 2: 2}, {}) == {7: 1, 8: 3}
    assert choose_slots([], {}, {}) == {}


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=150), st.integers(0, 60))
def test_neighbours_differ_as_long_as_they_are_fewer_than_slots(pairs: list[tuple[int, int]], n_kept: int) -> None:
    neighbours: dict[int, list[int]] = {cluster: [] for cluster in range(61)}
    for one, two in pairs:
        if one != two and len(neighbours[one]) < N_SLOTS - 1 and len(neighbours[two]) < N_SLOTS - 1:
            neighbours[one].append(two)
            neighbours[two].append(one)
    kept = {cluster: cluster % 7 for cluster in range(n_kept)}

    slots = choose_slots(range(n_kept, 61), kept, neighbours)

    for cluster, slot in slots.items():
        assert all(slot != {**kept, **slots}[other] for other in neighbours[cluster])


def test_every_slot_is_used_before_one_is_used_twice() -> None:
    slots = choose_slots(range(2 * N_SLOTS), {}, {})

    assert [len(list(group)) for _slot, group in itertools.groupby(sorted(slots.values()))] == [2] * N_SLOTS
