"""Edits that put clusters under a common name and take them out again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from verbatlas.errors import Problem, UserError
from verbatlas.study.colours import choose_slots
from verbatlas.study.edits.edit import changed, checked_clusters, cleaned, names_of, without
from verbatlas.study.labelling import Cluster, Labelling


@dataclass(frozen=True, slots=True)
class Group:
    """Put clusters under a parent: a new one with a name, or one that is there.

    Attributes:
        cluster_ids: The clusters.
        name: Of the new parent; ignored when there is one.
        parent: The id of the parent; None makes a new one.
    """

    kind: ClassVar[str] = "group"
    cluster_ids: Sequence[int]
    name: str = ""
    parent: int | None = None

    def apply(self, labelling: Labelling) -> Labelling:
        """Return the labelling with the clusters under their parent; parents stand under none themselves.

        Raises:
            UserError: NAME_BLANK, CLUSTER_MISSING, NOTHING_SELECTED, or GROUP_NESTED.
        """
        clusters = checked_clusters(labelling, self.cluster_ids)
        parents = {cluster.parent for cluster in labelling.clusters.values()}
        parent = self._new_parent(labelling) if self.parent is None else labelling.cluster(self.parent)
        if parent.parent is not None or any(cluster.id in parents or cluster.id == parent.id for cluster in clusters):
            raise UserError(Problem.GROUP_NESTED)
        grouped = changed(labelling, parent, *(replace(cluster, parent=parent.id) for cluster in clusters))
        return replace(grouped, next_id=max(labelling.next_id, parent.id + 1))

    def facts(self, before: Labelling) -> dict[str, Any]:
        """Return the clusters' names and their parent's."""
        parent = cleaned(self.name) if self.parent is None else before.clusters[self.parent].name
        return {"names": names_of(before, self.cluster_ids), "name": parent}

    def _new_parent(self, labelling: Labelling) -> Cluster:
        taken = {id_: cluster.colour for id_, cluster in labelling.clusters.items()}
        slot = choose_slots([labelling.next_id], taken, {})[labelling.next_id]
        return Cluster(labelling.next_id, cleaned(self.name), named_by_hand=True, colour=slot)


@dataclass(frozen=True, slots=True)
class Ungroup:
    """Take all clusters out from under a parent; one without documents of its own is gone then."""

    kind: ClassVar[str] = "ungroup"
    parent: int

    def apply(self, labelling: Labelling) -> Labelling:
        """Return the labelling without the group.

        Raises:
            UserError: CLUSTER_MISSING, or NOTHING_SELECTED when nothing stands under the cluster.
        """
        parent = labelling.cluster(self.parent)
        children = [cluster for cluster in labelling.clusters.values() if cluster.parent == parent.id]
        if not children:
            raise UserError(Problem.NOTHING_SELECTED)
        if labelling.sizes()[parent.id] == 0:
            return replace(labelling, clusters=without(labelling.clusters, [parent.id]))
        return changed(labelling, *(replace(cluster, parent=None) for cluster in children))

    def facts(self, before: Labelling) -> dict[str, Any]:
        """Return the parent's name."""
        return {"names": names_of(before, [self.parent])}
