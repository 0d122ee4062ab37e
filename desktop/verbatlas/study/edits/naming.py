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
        known, own = named_by_hand(labelling), cleaned(self.name)
        after, stays = labelling, len(self.names) == 0
        for name, parts in self._by_name().items():
            if name.casefold() == own.casefold():
                stays = True
                continue
            rows = self.rows[np.isin(self.parts, parts)]
            after, target = self._place_for(after, name, parts, known)
            after = moved(after, rows, members=target, strengths=labelling.strengths[rows], by_hand=None)
        if not stays:
            return replace(after, clusters=without(after.clusters, [cluster.id]))
        typical = self._typical(own)
        after = changed(after, replace(after.clusters[cluster.id], typical=typical or cluster.typical))
        joined = known.get(own.casefold(), cluster.id)
        return (
            Merge([joined, cluster.id]).apply(after) if joined != cluster.id else Rename(cluster.id, own).apply(after)
        )

    def facts(self, before: Labelling) -> dict[str, Any]:
        """Return the old and the new name, and how many names there are."""
        count = len({cleaned(self.name).casefold(), *(name.casefold() for name in self._by_name())})
        return {"names": names_of(before, [self.cluster_id]), "name": cleaned(self.name), "count": count}

    def _by_name(self) -> dict[str, list[int]]:
        """Return the parts of each name, written as it was first."""
        spelling: dict[str, str] = {}
        found: dict[str, list[int]] = {}
        for part, name in enumerate(self.names):
            wanted = cleaned(name if name.strip() else self.name)
            found.setdefault(spelling.setdefault(wanted.casefold(), wanted), []).append(part)
        return found

    def _typical(self, own: str) -> tuple[int, ...]:
        """Return the typical documents of the largest part that keeps the cluster's name."""
        parts = next((parts for name, parts in self._by_name().items() if name.casefold() == own.casefold()), ())
        return tuple(self.typical[parts[0]]) if parts else ()

    def _place_for(
        self, labelling: Labelling, name: str, parts: Sequence[int], known: Mapping[str, int]
    ) -> tuple[Labelling, int]:
        """Return the cluster for some parts, made where there is none of that name."""
        if (target := known.get(name.casefold(), self.cluster_id)) != self.cluster_id:
            return labelling, target
        id_ = labelling.next_id
        slot = choose_slots([id_], {other: one.colour for other, one in labelling.clusters.items()}, {})[id_]
        parent = labelling.clusters[self.cluster_id].parent
        new = Cluster(id_, name, named_by_hand=True, colour=slot, parent=parent, typical=tuple(self.typical[parts[0]]))
        return replace(changed(labelling, new), next_id=id_ + 1), id_


def named_by_hand(labelling: Labelling) -> dict[str, int]:
    """Return the clusters with comments that a person named, by their names in lower case, the oldest of each name."""
    sizes = labelling.sizes()
    found: dict[str, int] = {}
    for id_, cluster in sorted(labelling.clusters.items()):
        if cluster.named_by_hand and sizes[id_]:
            found.setdefault(cluster.name.casefold(), id_)
    return found
