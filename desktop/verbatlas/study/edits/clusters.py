"""Edits of what a cluster is called, looks like and allows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from verbatlas.study.colours import N_SLOTS
from verbatlas.study.edits.edit import changed, checked_clusters, cleaned, names_of
from verbatlas.study.labelling import Labelling


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
        cluster = labelling.cluster(self.cluster_id)
        return changed(labelling, replace(cluster, name=cleaned(self.name), named_by_hand=True))

    def facts(self, before: Labelling) -> dict[str, Any]:
        """Return the old and the new name."""
        return {"names": names_of(before, [self.cluster_id]), "name": cleaned(self.name)}


@dataclass(frozen=True, slots=True)
class SetNote:
    """Write the analyst's own words about a cluster; blank ones remove them."""

    kind: ClassVar[str] = "set_note"
    cluster_id: int
    note: str

    def apply(self, labelling: Labelling) -> Labelling:
        """Return the labelling with the note.

        Raises:
            UserError: CLUSTER_MISSING.
        """
        return changed(labelling, replace(labelling.cluster(self.cluster_id), note=self.note.strip()))

    def facts(self, before: Labelling) -> dict[str, Any]:
        """Return the cluster's name."""
        return {"names": names_of(before, [self.cluster_id])}


@dataclass(frozen=True, slots=True)
class Recolour:
    """Give a cluster another colour of the palette."""

    kind: ClassVar[str] = "recolour"
    cluster_id: int
    colour: int

    def apply(self, labelling: Labelling) -> Labelling:
        """Return the labelling with the colour.

        Raises:
            UserError: CLUSTER_MISSING.
            ValueError: The palette has no such slot.
        """
        if not 0 <= self.colour < N_SLOTS:
            raise ValueError(f"the palette has slots 0 to {N_SLOTS - 1}")
        return changed(labelling, replace(labelling.cluster(self.cluster_id), colour=self.colour))

    def facts(self, before: Labelling) -> dict[str, Any]:
        """Return the cluster's name."""
        return {"names": names_of(before, [self.cluster_id])}


@dataclass(frozen=True, slots=True)
class SetLocked:
    """Let clusters refuse all other edits, or allow them again."""

    kind: ClassVar[str] = "set_locked"
    cluster_ids: Sequence[int]
    locked: bool

    def apply(self, labelling: Labelling) -> Labelling:
        """Return the labelling with the clusters locked or not.

        Raises:
            UserError: CLUSTER_MISSING or NOTHING_SELECTED.
        """
        clusters = checked_clusters(labelling, self.cluster_ids)
        return changed(labelling, *(replace(cluster, locked=self.locked) for cluster in clusters))

    def facts(self, before: Labelling) -> dict[str, Any]:
        """Return the clusters' names, and whether they are locked now."""
        return {"names": names_of(before, self.cluster_ids), "locked": self.locked}
