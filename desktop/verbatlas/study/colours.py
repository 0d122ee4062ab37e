"""Which palette slots new clusters get."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

N_SLOTS = 18  # of the palette; any two of its colours can be told apart


def choose_slots(
    new: Iterable[int], taken: Mapping[int, int], neighbours: Mapping[int, Sequence[int]]
) -> dict[int, int]:
    """Return a palette slot for each new cluster: none of its neighbours', and of those the one that is used least.

    Args:
        new: The clusters that need a colour, those that choose first before the others.
        taken: The slots of the clusters that keep theirs.
        neighbours: Which clusters lie beside which on the map; those that are not named have none.
    """
    slots = {cluster: slot % N_SLOTS for cluster, slot in taken.items()}
    uses = Counter(slots.values())
    chosen: dict[int, int] = {}
    for cluster in new:
        beside = Counter(slots[other] for other in neighbours.get(cluster, ()) if other in slots)
        slot = min(range(N_SLOTS), key=lambda slot: (beside[slot], uses[slot], slot))
        chosen[cluster] = slots[cluster] = slot
        uses[slot] += 1
    return chosen
