"""The edit that answers for all parts of a cluster at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from verbatlas.errors import Problem, UserError
from verbatlas.study.colours import choose_slots
from verbatlas.study.edits.clusters import Rename
from verbatlas.study.edits.edit import changed, cleaned, moved, names_of, without
from verbatlas.study.edits.joining import Merge
from verbatlas.study.labelling import Cluster, Labelling


@dataclass(frozen=True, slots=True, eq=False)
class NameParts:
    """Name a cluster, and those of its parts that are something else.

    Parts of one name become one cluster. A name that another cluster has from a person already joins them.

    Attributes:
        cluster_id: The cluster.
        name: Its name.
        rows: int64, shape (n,), rising: its documents when the parts were found.
        parts: int32, shape (n,): each one's part, from 0.
        names: Of each part; blank for that of the cluster.
        typical: Rows of the most typical documents of each part.
    """

    kind: ClassVar[str] = "name_parts"
    cluster_id: int
    name: str
    rows: NDArray[np.int64]
    parts: NDArray[np.int32]
    names: Sequence[str]
    typical: Sequence[tuple[int, ...]]

    def apply(self, labelling: Labelling) -> Labelling:
        """Return the labelling with the names; the cluster itself keeps what has its name, or goes with nothing left.

        Raises:
            UserError: NAME_BLANK, CLUSTER_MISSING, or EDIT_STALE when the cluster has other documents now.
        """
        cluster = labelling.cluster(self.cluster_id)
        if not np.array_equal(np.flatnonzero(labelling.members == cluster.id), self.rows):
            raise UserError(Problem.EDIT_STALE)
        own = cleaned(self.name)
        known = {name: id_ for name, id_ in named_by_hand(labelling).items() if id_ != cluster.id}
        after, stays = labelling, len(self.names) == 0
        for name, parts in self._by_name().items():
            if name.casefold() == own.casefold():
                stays = True
                continue
            rows = self.rows[np.isin(self.parts, parts)]
            typical = tuple(self.typical[parts[0]])
            after, target = place_for(after, name, known=known, parent=cluster.parent, typical=typical)
            after = moved(after, rows, members=target, strengths=labelling.strengths[rows], by_hand=None)
        if not stays:
            return replace(after, clusters=without(after.clusters, [cluster.id]))
        typical = self._typical(own) or cluster.typical
        after = changed(after, replace(after.clusters[cluster.id], typical=typical))
        joined = known.get(own.casefold(), cluster.id)
        return (
            Merge([joined, cluster.id]).apply(after) if joined != cluster.id else Rename(cluster.id, own).apply(after)
        )

    def facts(self, before: Labelling) -> dict[str, Any]:
        """Return the old and the new name, and how many names there are."""
        count = len({cleaned(self.name).casefold(), *(name.casefold() for name in self._by_name())})
        return {"names": names_of(before, [self.cluster_id]), "name": cleaned(self.name), "count": count}

    def _by_name(self) -> dict[str, list[int]]:
        """Return the parts of each name."""
        return by_name([name if name.strip() else self.name for name in self.names])

    def _typical(self, own: str) -> tuple[int, ...]:
        """Return the typical documents of the largest part that keeps the cluster's name."""
        parts = next((parts for name, parts in self._by_name().items() if name.casefold() == own.casefold()), ())
        return tuple(self.typical[parts[0]]) if parts else ()


def named_by_hand(labelling: Labelling) -> dict[str, int]:
    """Return the clusters with comments that a person named, by their names in lower case, the oldest of each name."""
    sizes = labelling.sizes()
    found: dict[str, int] = {}
    for id_, cluster in sorted(labelling.clusters.items()):
        if cluster.named_by_hand and sizes[id_]:
            found.setdefault(cluster.name.casefold(), id_)
    return found


def by_name(names: Sequence[str]) -> dict[str, list[int]]:
    """Return the places of each name, written as it was first; names that differ in case or blanks only are one.

    Raises:
        UserError: NAME_BLANK.
    """
    spelling: dict[str, str] = {}
    found: dict[str, list[int]] = {}
    for place, name in enumerate(map(cleaned, names)):
        found.setdefault(spelling.setdefault(name.casefold(), name), []).append(place)
    return found


def place_for(
    labelling: Labelling, name: str, *, known: Mapping[str, int], parent: int | None, typical: tuple[int, ...]
) -> tuple[Labelling, int]:
    """Return the cluster for documents that a person calls ``name``, made where there is none of that name.

    Args:
        labelling: Before.
        name: The name.
        known: The clusters that may be joined, by their names in lower case.
        parent: Under which cluster a new one stands; None for none.
        typical: Rows of its most typical documents.
    """
    if (target := known.get(name.casefold())) is not None:
        return labelling, target
    id_ = labelling.next_id
    slot = choose_slots([id_], {other: one.colour for other, one in labelling.clusters.items()}, {})[id_]
    new = Cluster(id_, name, named_by_hand=True, colour=slot, parent=parent, typical=typical)
    return replace(changed(labelling, new), next_id=id_ + 1), id_
