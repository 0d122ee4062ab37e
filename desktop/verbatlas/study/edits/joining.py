"""Edits that make fewer clusters."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any, ClassVar, TypeVar

import numpy as np

from verbatlas.study.edits.edit import changed, checked_clusters, moved, names_of, without
from verbatlas.study.labelling import NOISE, Labelling

_MOST_TYPICAL, _MOST_KEYWORDS = 5, 10

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Merge:
    """Put the documents of several clusters into the first of them, which keeps its name, colour and note."""

    kind: ClassVar[str] = "merge"
    cluster_ids: Sequence[int]

    def apply(self, labelling: Labelling) -> Labelling:
        """Return the labelling with one cluster where there were several; what stood under the others stands under it.

        Raises:
            UserError: CLUSTER_MISSING, or NOTHING_SELECTED for fewer than two.
        """
        first, *others = checked_clusters(labelling, self.cluster_ids, at_least=2)
        ids = [cluster.id for cluster in others]
        rows = np.flatnonzero(np.isin(labelling.members, ids))
        joined = moved(labelling, rows, members=first.id, strengths=labelling.strengths[rows], by_hand=None)
        typical = _by_turns([cluster.typical for cluster in (first, *others)])[:_MOST_TYPICAL]
        keywords = _by_turns([cluster.keywords for cluster in (first, *others)])[:_MOST_KEYWORDS]
        kept = replace(first, typical=typical, keywords=keywords, parent=None if first.parent in ids else first.parent)
        children = [
            replace(cluster, parent=first.id)
            for cluster in labelling.clusters.values()
            if cluster.parent in ids and cluster.id != first.id and cluster.id not in ids
        ]
        if children and kept.parent is not None:
            kept = replace(kept, parent=None)  # a parent stands under none itself
        remaining = changed(joined, kept, *children)
        return replace(remaining, clusters=without(remaining.clusters, ids))

    def facts(self, before: Labelling) -> dict[str, Any]:
        """Return the clusters' names, that of the one that stays first."""
        return {"names": names_of(before, self.cluster_ids)}


@dataclass(frozen=True, slots=True)
class Delete:
    """Remove clusters; their documents become noise."""

    kind: ClassVar[str] = "delete"
    cluster_ids: Sequence[int]

    def apply(self, labelling: Labelling) -> Labelling:
        """Return the labelling without the clusters.

        Raises:
            UserError: CLUSTER_MISSING or NOTHING_SELECTED.
        """
        ids = [cluster.id for cluster in checked_clusters(labelling, self.cluster_ids)]
        rows = np.flatnonzero(np.isin(labelling.members, ids))
        emptied = moved(labelling, rows, members=NOISE, strengths=0.0, by_hand=False)
        return replace(emptied, clusters=without(labelling.clusters, ids))

    def facts(self, before: Labelling) -> dict[str, Any]:
        """Return the clusters' names."""
        return {"names": names_of(before, self.cluster_ids)}


def _by_turns(lists: Sequence[Sequence[Value]]) -> tuple[Value, ...]:
    """Return the first of each list, then the second of each, and so on, every value once."""
    missing = object()
    turns = (value for turn in zip_longest(*lists, fillvalue=missing) for value in turn if value is not missing)
    return tuple(dict.fromkeys(turns))  # type: ignore[arg-type]
