"""The edits: small frozen values, each of which makes a new labelling of an old one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

from verbatlas.analysis import Clustering, Description, neighbouring_clusters
from verbatlas.errors import Problem, UserError
from verbatlas.study.colours import choose_slots
from verbatlas.study.labelling import Cluster, Labelling
from verbatlas.study.matching import match_clusters


class Edit(Protocol):
    """One change by the analyst."""

    kind: ClassVar[str]

    def apply(self, labelling: Labelling) -> Labelling:
        """Return the labelling after the edit; the given one stays as it is.

        Raises:
            UserError: The edit makes no sense on this labelling; nothing has happened.
        """

    def facts(self) -> dict[str, Any]:
        """Return what the history says of the edit in words, as values that JSON knows."""


@dataclass(frozen=True, slots=True)
class Rename:
    """Give a cluster a name by hand."""

    kind: ClassVar[str] = "rename"
    cluster_id: int
    name: str

    def apply(self, labelling: Labelling) -> Labelling:
        """Return the labelling with the name, blanks around it cut off.

        Raises:
            UserError: NAME_BLANK or CLUSTER_MISSING.
        """
        name = " ".join(self.name.split())
        if not name:
            raise UserError(Problem.NAME_BLANK)
        renamed = replace(labelling.cluster(self.cluster_id), name=name, named_by_hand=True)
        return replace(labelling, clusters={**labelling.clusters, self.cluster_id: renamed})

    def facts(self) -> dict[str, Any]:
        """Return the cluster and its new name."""
        return {"cluster": self.cluster_id, "name": self.name}


@dataclass(frozen=True, slots=True, eq=False)
class ReplaceClustering:
    """Take over a whole new clustering, and with it what the analyst did to the clusters that are still there.

    Attributes:
        ids: int32, shape (n_documents,): clusters from 0 by falling size, -1 for noise.
        strengths: float32, shape (n_documents,).
        descriptions: By cluster id.
        neighbours: Which clusters lie beside which on the map: they get different colours.
    """

    kind: ClassVar[str] = "replace_clustering"
    ids: NDArray[np.int32]
    strengths: NDArray[np.float32]
    descriptions: Mapping[int, Description]
    neighbours: Mapping[int, Sequence[int]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, clustering: Clustering, descriptions: Mapping[int, Description], layout: NDArray[np.float32]
    ) -> "ReplaceClustering":
        """Return the edit that takes over ``clustering`` for the map of ``layout``."""
        neighbours = neighbouring_clusters(layout, clustering.ids)
        return cls(clustering.ids, clustering.strengths, descriptions, neighbours)

    def apply(self, labelling: Labelling) -> Labelling:
        """Return the new clusters.

        One that shares more than half of its documents with an old one, and the old one with it, goes on as that: same
        id, colour, note and, if a person typed it, name. The others get new ids.
        """
        known = match_clusters(labelling, self.ids)
        new = [cluster for cluster in self.descriptions if cluster not in known]
        taken = {cluster: labelling.clusters[old].colour for cluster, old in known.items()}
        slots = choose_slots(new, taken, self.neighbours)
        ids = dict(known)
        clusters: dict[int, Cluster] = {}
        for cluster, described in self.descriptions.items():
            if cluster in known:
                clusters[known[cluster]] = _carried(labelling.clusters[known[cluster]], described)
                continue
            ids[cluster] = labelling.next_id + len(ids) - len(known)
            clusters[ids[cluster]] = Cluster(
                id=ids[cluster],
                name=described.name,
                colour=slots[cluster],
                keywords=described.keywords,
                typical=described.typical,
            )
        for id_, cluster_now in clusters.items():
            if cluster_now.parent not in clusters:
                clusters[id_] = replace(cluster_now, parent=None)
        renumbered = np.full(max(ids, default=-1) + 2, -1, np.int32)
        for cluster, id_ in ids.items():
            renumbered[cluster] = id_
        return Labelling(
            renumbered[self.ids], self.strengths.astype(np.float32), clusters, labelling.next_id + len(new)
        )

    def facts(self) -> dict[str, Any]:
        """Return how many clusters there are now."""
        return {"n_clusters": len(self.descriptions)}


def _carried(old: Cluster, described: Description) -> Cluster:
    name = old.name if old.named_by_hand else described.name
    return replace(old, name=name, keywords=described.keywords, typical=described.typical)
