"""Edits that put documents elsewhere."""

from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from verbatlas.errors import Problem, UserError
from verbatlas.study.colours import choose_slots
from verbatlas.study.edits.edit import changed, checked_rows, cleaned, moved, names_of
from verbatlas.study.labelling import NOISE, Cluster, Labelling

_MOST_TYPICAL = 5


@dataclass(frozen=True, slots=True, eq=False)
class Move:
    """Put documents into a cluster, or out of all.

    Attributes:
        rows: int64, shape (n_moved,).
        cluster_id: Where to; NOISE for none.
    """

    kind: ClassVar[str] = "move"
    rows: NDArray[np.int64]
    cluster_id: int

    def apply(self, labelling: Labelling) -> Labelling:
        """Return the labelling with the documents there, marked as put there by hand.

        Raises:
            UserError: CLUSTER_MISSING or NOTHING_SELECTED.
        """
        rows = checked_rows(labelling, self.rows)
        if self.cluster_id == NOISE:
            return moved(labelling, rows, members=NOISE, strengths=0.0, by_hand=True)
        target = labelling.cluster(self.cluster_id)
        return moved(labelling, rows, members=target.id, strengths=1.0, by_hand=True)

    def facts(self, before: Labelling) -> dict[str, Any]:
        """Return how many documents and where to."""
        return {"count": len(checked_rows(before, self.rows)), "names": names_of(before, [self.cluster_id])}


@dataclass(frozen=True, slots=True, eq=False)
class MoveToNew:
    """Make a cluster of documents."""

    kind: ClassVar[str] = "move_to_new"
    rows: NDArray[np.int64]
    name: str

    def apply(self, labelling: Labelling) -> Labelling:
        """Return the labelling with the new cluster.

        Raises:
            UserError: NAME_BLANK or NOTHING_SELECTED.
        """
        rows, id_ = checked_rows(labelling, self.rows), labelling.next_id
        taken = {other: cluster.colour for other, cluster in labelling.clusters.items()}
        slot = choose_slots([id_], taken, {})[id_]
        typical = tuple(rows[:_MOST_TYPICAL].tolist())
        new = Cluster(id_, cleaned(self.name), named_by_hand=True, colour=slot, typical=typical)
        grown = replace(changed(labelling, new), next_id=id_ + 1)
        return moved(grown, rows, members=id_, strengths=1.0, by_hand=True)

    def facts(self, before: Labelling) -> dict[str, Any]:
        """Return how many documents and the name of their cluster."""
        return {"count": len(checked_rows(before, self.rows)), "name": cleaned(self.name)}


@dataclass(frozen=True, slots=True, eq=False)
class AssignNoise:
    """Put documents of no cluster into the clusters that were found to be the likeliest.

    Attributes:
        rows: int64, shape (n_assigned,): noise when this was computed.
        clusters: int32, the same shape.
        strengths: float32, the same shape.
    """

    kind: ClassVar[str] = "assign_noise"
    rows: NDArray[np.int64]
    clusters: NDArray[np.int32]
    strengths: NDArray[np.float32]

    def apply(self, labelling: Labelling) -> Labelling:
        """Return the labelling with the documents in their clusters.

        Raises:
            UserError: NOTHING_SELECTED, or EDIT_STALE when a document is no longer noise or a cluster is gone.
        """
        if not len(self.rows):
            raise UserError(Problem.NOTHING_SELECTED)
        is_gone = not set(np.unique(self.clusters).tolist()) <= set(labelling.clusters)
        if is_gone or (labelling.members[self.rows] != NOISE).any():
            raise UserError(Problem.EDIT_STALE)
        return moved(labelling, self.rows, members=self.clusters, strengths=self.strengths, by_hand=False)

    def facts(self, before: Labelling) -> dict[str, Any]:  # noqa: ARG002 - as of every edit
        """Return how many documents."""
        return {"count": len(self.rows)}
