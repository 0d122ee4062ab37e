"""Which palette slots new clusters get."""

from collections.abc import Iterable


def free_slots(count: int, taken: Iterable[int]) -> list[int]:
    """Return ``count`` palette slots, the lowest that are free; a slot never changes hands while its cluster lives."""
    used = set(taken)
    slots: list[int] = []
    slot = 0
    while len(slots) < count:
        if slot not in used:
            slots.append(slot)
        slot += 1
    return slots
