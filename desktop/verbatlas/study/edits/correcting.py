"""The edit that corrects the names of small groups of documents, wherever they are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from verbatlas.errors import Problem, UserError
from verbatlas.study.edits.edit import moved, without
from verbatlas.study.edits.naming import by_name, named_by_hand, place_for
from verbatlas.study.labelling import Labelling


@dataclass(frozen=True, slots=True, eq=False)
class CorrectNames:
    """Put groups of documents, of any clusters, where their right names are.

    As with ``NameParts``, groups of one name become one cluster, and a name that a cluster has from a person already
    joins it. A cluster that nothing is left in goes.

    Attributes:
        rows: int64, shape (n,), each once: the documents of all groups.
        groups: int32, the same shape: each one's group, from 0.
        sources: int32, the same shape: the clusters that they were in when the groups were found.
        names: Of each group.
        typical: Rows of the most typical documents of each group.
    """

    kind: ClassVar[str] = "correct_names"
    rows: NDArray[np.int64]
    groups: NDArray[np.int32]
    sources: NDArray[np.int32]
    names: Sequence[str]
    typical: Sequence[tuple[int, ...]]

    def apply(self, labelling: Labelling) -> Labelling:
        """Return the labelling with the groups in the clusters of their names.

        Raises:
            UserError: NOTHING_SELECTED, NAME_BLANK, or EDIT_STALE when a document is elsewhere now.
        """
        if not len(self.rows):
            raise UserError(Problem.NOTHING_SELECTED)
        if (labelling.members[self.rows] != self.sources).any() or (self.sources < 0).any():
            raise UserError(Problem.EDIT_STALE)
        after, known = labelling, named_by_hand(labelling)
        for name, groups in by_name(self.names).items():
            is_meant = np.isin(self.groups, groups)
            rows = self.rows[is_meant]
            after, target = place_for(
                after,
                name,
                known=known,
                parent=_common_parent(labelling, self.sources[is_meant]),
                typical=tuple(self.typical[groups[0]]),
            )
            after = moved(after, rows, members=target, strengths=labelling.strengths[rows], by_hand=None)
        sizes = after.sizes()
        emptied = [id_ for id_ in np.unique(self.sources).tolist() if not sizes[id_]]
        return replace(after, clusters=without(after.clusters, emptied))

    def facts(self, before: Labelling) -> dict[str, Any]:  # noqa: ARG002 - as of every edit
        """Return how many groups, and the first of their names."""
        return {"count": len(self.names), "name": next(iter(by_name(self.names)))}


def _common_parent(labelling: Labelling, sources: NDArray[np.int32]) -> int | None:
    """Return under which cluster all of some clusters stand; None where they do not stand under one."""
    parents = {labelling.clusters[id_].parent for id_ in np.unique(sources).tolist()}
    return parents.pop() if len(parents) == 1 else None
