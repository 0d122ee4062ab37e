"""The edit that takes over moves which a program proposed and a person accepted."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from verbatlas.errors import Problem, UserError
from verbatlas.study.edits.edit import moved, names_of
from verbatlas.study.labelling import Labelling


@dataclass(frozen=True, slots=True, eq=False)
class MoveProposed:
    """Put documents into clusters that were proposed for them.

    Unlike those of ``Move`` they do not count as placed by hand: nobody has read each of them, so they teach nothing
    and may be proposed for another cluster later.

    Attributes:
        rows: int64, shape (n_moved,), each once.
        sources: int32, the same shape: where they were when this was proposed, -1 for noise.
        clusters: int32, the same shape: where to.
        strengths: float32, the same shape, 0..1.
    """

    kind: ClassVar[str] = "move_proposed"
    rows: NDArray[np.int64]
    sources: NDArray[np.int32]
    clusters: NDArray[np.int32]
    strengths: NDArray[np.float32]

    def apply(self, labelling: Labelling) -> Labelling:
        """Return the labelling with the documents in their clusters.

        Raises:
            UserError: NOTHING_SELECTED, or EDIT_STALE when a document is elsewhere now, a person has placed it since or
                a cluster is gone.
        """
        if not len(self.rows):
            raise UserError(Problem.NOTHING_SELECTED)
        is_gone = not set(np.unique(self.clusters).tolist()) <= set(labelling.clusters)
        is_elsewhere = bool((labelling.members[self.rows] != self.sources).any())
        if is_gone or is_elsewhere or bool(labelling.by_hand[self.rows].any()):
            raise UserError(Problem.EDIT_STALE)
        return moved(labelling, self.rows, members=self.clusters, strengths=self.strengths, by_hand=False)

    def facts(self, before: Labelling) -> dict[str, Any]:
        """Return how many documents and where to."""
        return {"count": len(self.rows), "names": names_of(before, np.unique(self.clusters).tolist())}
