"""The edits that take over parts: of a cluster, or clusters found among the documents of none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from verbatlas.analysis import Description
from verbatlas.errors import Problem, UserError
from verbatlas.study.colours import choose_slots
from verbatlas.study.edits.edit import changed, moved, names_of
from verbatlas.study.labelling import NOISE, Cluster, Labelling


@dataclass(frozen=True, slots=True)
class Part:
    """What one part of a split cluster is about.

    Attributes:
        name: Readable.
        keywords: The most telling first.
        typical: Rows of its most typical documents.
    """

    name: str
    keywords: tuple[str, ...] = ()
    typical: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """Take the parts of a cluster that were found inside it as clusters of their own.

    Attributes:
        cluster_id: The cluster.
        rows: int64, shape (n,), rising: its documents when the parts were found.
        parts: int32, shape (n,): each one's part, from 0 by falling size; -1 makes it noise.
        descriptions: Of each part.
    """

    kind: ClassVar[str] = "split"
    cluster_id: int
    rows: NDArray[np.int64]
    parts: NDArray[np.int32]
    descriptions: Sequence[Part]

    @classmethod
    def of(
        cls, cluster_id: int, rows: NDArray[np.int64], parts: NDArray[np.int32], descriptions: Sequence[Description]
    ) -> "Split":
        """Return the edit that takes over parts as they were found."""
        about = [Part(one.name, one.keywords, one.typical) for one in descriptions]
        return cls(cluster_id, rows, parts, about)

    def apply(self, labelling: Labelling) -> Labelling:
        """Return the labelling with the parts; the first keeps id, colour, note and a name that a person typed.

        Raises:
            UserError: CLUSTER_MISSING, EDIT_STALE when the cluster has other documents now, or NOTHING_SELECTED when
                there are fewer than two parts.
        """
        cluster = labelling.cluster(self.cluster_id)
        if not np.array_equal(np.flatnonzero(labelling.members == cluster.id), self.rows):
            raise UserError(Problem.EDIT_STALE)
        if len(self.descriptions) < 2:
            raise UserError(Problem.NOTHING_SELECTED)
        first, *others = self.descriptions
        ids = [cluster.id, *range(labelling.next_id, labelling.next_id + len(others))]
        taken = {id_: one.colour for id_, one in labelling.clusters.items()}
        slots = choose_slots(ids[1:], taken, {id_: [other for other in ids if other != id_] for id_ in ids})
        kept = replace(
            cluster,
            name=cluster.name if cluster.named_by_hand else first.name,
            keywords=first.keywords,
            typical=first.typical,
        )
        new = [
            Cluster(
                id_, part.name, colour=slots[id_], parent=cluster.parent, keywords=part.keywords, typical=part.typical
            )
            for id_, part in zip(ids[1:], others, strict=True)
        ]
        lookup = np.array([*ids, -1], np.int32)
        grown = replace(changed(labelling, kept, *new), next_id=labelling.next_id + len(others))
        strengths = np.where(self.parts >= 0, labelling.strengths[self.rows], np.float32(0))
        return moved(grown, self.rows, members=lookup[self.parts], strengths=strengths, by_hand=None)

    def facts(self, before: Labelling) -> dict[str, Any]:
        """Return the cluster's name and how many parts."""
        return {"names": names_of(before, [self.cluster_id]), "count": len(self.descriptions)}


@dataclass(frozen=True, slots=True, eq=False)
class FoundInNoise:
    """Take the clusters that were found among the documents of no cluster.

    Attributes:
        rows: int64, shape (n,): documents that were noise when this was computed.
        parts: int32, shape (n,): each one's new cluster, from 0; -1 leaves it noise.
        strengths: float32, shape (n,), 0..1.
        descriptions: Of each new cluster.
    """

    kind: ClassVar[str] = "found_in_noise"
    rows: NDArray[np.int64]
    parts: NDArray[np.int32]
    strengths: NDArray[np.float32]
    descriptions: Sequence[Part]

    @classmethod
    def of(
        cls,
        rows: NDArray[np.int64],
        parts: NDArray[np.int32],
        strengths: NDArray[np.float32],
        descriptions: Sequence[Description],
    ) -> "FoundInNoise":
        """Return the edit that takes over clusters as they were found."""
        about = [Part(one.name, one.keywords, one.typical) for one in descriptions]
        return cls(rows, parts, strengths, about)

    def apply(self, labelling: Labelling) -> Labelling:
        """Return the labelling with the new clusters.

        Raises:
            UserError: NOTHING_SELECTED when none was found, or EDIT_STALE when a document is no longer noise.
        """
        if not self.descriptions or not len(self.rows):
            raise UserError(Problem.NOTHING_SELECTED)
        if (labelling.members[self.rows] != NOISE).any():
            raise UserError(Problem.EDIT_STALE)
        ids = list(range(labelling.next_id, labelling.next_id + len(self.descriptions)))
        taken = {id_: one.colour for id_, one in labelling.clusters.items()}
        slots = choose_slots(ids, taken, {id_: [other for other in ids if other != id_] for id_ in ids})
        new = [
            Cluster(id_, part.name, colour=slots[id_], keywords=part.keywords, typical=part.typical)
            for id_, part in zip(ids, self.descriptions, strict=True)
        ]
        members = np.array([*ids, NOISE], np.int32)[self.parts]
        strengths = np.where(self.parts >= 0, self.strengths, np.float32(0))
        grown = replace(changed(labelling, *new), next_id=labelling.next_id + len(new))
        return moved(grown, self.rows, members=members, strengths=strengths, by_hand=False)

    def facts(self, before: Labelling) -> dict[str, Any]:  # noqa: ARG002 - as of every edit
        """Return how many clusters were found."""
        return {"count": len(self.descriptions)}
