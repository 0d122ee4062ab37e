"""The edit that takes over a whole new clustering."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from verbatlas.analysis import Clustering, Description, neighbouring_clusters
from verbatlas.study.colours import choose_slots
from verbatlas.study.labelling import NOISE, Cluster, Labelling
from verbatlas.study.matching import match_clusters


@dataclass(frozen=True, slots=True, eq=False)
class ReplaceClustering:
    """Take over a whole new clustering, and with it what the analyst did to the clusters that are still there.

    Attributes:
        ids: int32, shape (n_documents,): clusters from 0 by falling size, -1 for noise.
        strengths: float32, shape (n_documents,).
        descriptions: By cluster id.
        neighbours: Which clusters lie beside which on the map: they get different colours.
        stand_ins: int32, shape (n_documents,): as in ``Labelling``; None where every document stands for itself.
    """

    kind: ClassVar[str] = "replace_clustering"
    ids: NDArray[np.int32]
    strengths: NDArray[np.float32]
    descriptions: Mapping[int, Description]
    neighbours: Mapping[int, Sequence[int]] = field(default_factory=dict)
    stand_ins: NDArray[np.int32] | None = None

    @classmethod
    def of(
        cls,
        clustering: Clustering,
        descriptions: Mapping[int, Description],
        layout: NDArray[np.float32],
        stand_ins: NDArray[np.int32] | None = None,
    ) -> "ReplaceClustering":
        """Return the edit that takes over ``clustering`` for the map of ``layout``."""
        neighbours = neighbouring_clusters(layout, clustering.ids)
        return cls(clustering.ids, clustering.strengths, descriptions, neighbours, stand_ins)

    def apply(self, labelling: Labelling) -> Labelling:
        """Return the new clusters.

        One that shares more than half of its documents with an old one, and the old one with it, goes on as that: same
        id, colour, note and, if a person typed it, name. Documents that a person put into such a cluster, or into
        none, stay there. Locked clusters stay whole, whatever was found. The others get new ids.
        """
        locked = {id_: cluster for id_, cluster in labelling.clusters.items() if cluster.locked}
        is_locked = np.isin(labelling.members, list(locked))
        found = np.where(is_locked, NOISE, self.ids).astype(np.int32)
        described = {id_: about for id_, about in self.descriptions.items() if (found == id_).any()}
        stand_ins = np.arange(len(found), dtype=np.int32) if self.stand_ins is None else self.stand_ins
        shown = np.where(stand_ins >= 0, found[stand_ins], NOISE).astype(np.int32)
        known = {new: old for new, old in match_clusters(labelling, shown).items() if old not in locked}
        new_ids = [cluster for cluster in described if cluster not in known]
        taken = {cluster: labelling.clusters[old].colour for cluster, old in known.items()}
        slots = choose_slots(new_ids, taken, self.neighbours)
        ids = known | {cluster: labelling.next_id + position for position, cluster in enumerate(new_ids)}
        clusters = dict(locked)
        for cluster, about in described.items():
            old = labelling.clusters.get(ids[cluster])
            clusters[ids[cluster]] = (
                Cluster(ids[cluster], about.name, colour=slots[cluster], keywords=about.keywords, typical=about.typical)
                if old is None
                else replace(
                    old,
                    name=old.name if old.named_by_hand else about.name,
                    keywords=about.keywords,
                    typical=about.typical,
                )
            )
        clusters = _with_parents(labelling, clusters)
        renumbered = np.full(max(ids, default=-1) + 2, NOISE, np.int32)
        for cluster, id_ in ids.items():
            renumbered[cluster] = id_
        members = renumbered[found]
        # What a person placed stays, as long as the place is there.
        placed = labelling.by_hand & np.isin(labelling.members, [NOISE, *clusters])
        kept = placed | is_locked
        members[kept] = labelling.members[kept]
        strengths = np.where(kept, labelling.strengths, self.strengths.astype(np.float32))
        by_hand = labelling.by_hand & kept
        return Labelling(members, strengths, clusters, labelling.next_id + len(new_ids), by_hand, stand_ins)

    def facts(self, before: Labelling) -> dict[str, Any]:  # noqa: ARG002 - as of every edit
        """Return how many clusters were found."""
        return {"count": len(self.descriptions)}


def _with_parents(labelling: Labelling, clusters: dict[int, Cluster]) -> dict[int, Cluster]:
    """Return the clusters with the groups that still have something in them, and without parents that are gone."""
    wanted = {cluster.parent for cluster in clusters.values()} - {None}
    groups = {
        id_: cluster
        for id_, cluster in labelling.clusters.items()
        if id_ in wanted and id_ not in clusters and labelling.sizes()[id_] == 0
    }
    whole = {**clusters, **groups}
    return {
        id_: cluster if cluster.parent is None or cluster.parent in whole else replace(cluster, parent=None)
        for id_, cluster in whole.items()
    }
