"""What every edit is, and what several of them do."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

from verbatlas.errors import Problem, UserError
from verbatlas.study.labelling import Cluster, Labelling


class Edit(Protocol):
    """One change by the analyst."""

    kind: ClassVar[str]

    def apply(self, labelling: Labelling) -> Labelling:
        """Return the labelling after the edit; the given one stays as it is.

        Raises:
            UserError: The edit makes no sense on this labelling; nothing has happened.
        """

    def facts(self, before: Labelling) -> dict[str, Any]:
        """Return what the history says of the edit in words, as values that JSON knows.

        Args:
            before: The labelling that the edit was applied to.
        """


def cleaned(name: str) -> str:
    """Return a name without blanks around it and runs of them inside.

    Raises:
        UserError: NAME_BLANK, when nothing that can be seen is left.
    """
    words = " ".join(name.split())
    if not any(char.isprintable() and not char.isspace() for char in words):
        raise UserError(Problem.NAME_BLANK)
    return words


def names_of(labelling: Labelling, ids: Iterable[int]) -> list[str]:
    """Return the names of clusters, each once, in the given order."""
    return [labelling.clusters[id_].name for id_ in dict.fromkeys(ids) if id_ in labelling.clusters]


def changed(labelling: Labelling, *clusters: Cluster) -> Labelling:
    """Return the labelling with these clusters in the place of those with their ids."""
    return replace(labelling, clusters={**labelling.clusters, **{cluster.id: cluster for cluster in clusters}})


def moved(
    labelling: Labelling,
    rows: NDArray[np.int64],
    *,
    members: NDArray[np.int32] | int,
    strengths: NDArray[np.float32] | float,
    by_hand: bool | None,
) -> Labelling:
    """Return the labelling with documents in other clusters.

    Args:
        labelling: Before.
        rows: int64, shape (n_moved,).
        members: Their clusters then, one for all or one each.
        strengths: Likewise.
        by_hand: Whether a person put them there; None leaves what was.
    """
    after_members, after_strengths = labelling.members.copy(), labelling.strengths.copy()
    after_by_hand = labelling.by_hand.copy()
    after_members[rows], after_strengths[rows] = members, strengths
    if by_hand is not None:
        after_by_hand[rows] = by_hand
    return replace(labelling, members=after_members, strengths=after_strengths, by_hand=after_by_hand)


def without(clusters: Mapping[int, Cluster], gone: Iterable[int]) -> dict[int, Cluster]:
    """Return the clusters that stay; those that stood under one that goes stand under none then."""
    lost = set(gone)
    return {
        id_: replace(cluster, parent=None) if cluster.parent in lost else cluster
        for id_, cluster in clusters.items()
        if id_ not in lost
    }


def checked_rows(labelling: Labelling, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return which documents are meant, rising and each once.

    Raises:
        UserError: NOTHING_SELECTED.
        ValueError: A row is not there.
    """
    if not len(rows):
        raise UserError(Problem.NOTHING_SELECTED)
    if rows.min() < 0 or rows.max() >= len(labelling.members):
        raise ValueError("a row is not in the table")
    # Not np.unique: of a million rows it holds the interpreter's lock for a tenth of a second.
    is_meant = np.zeros(len(labelling.members), np.bool_)
    is_meant[rows] = True
    return np.flatnonzero(is_meant)


def checked_clusters(labelling: Labelling, ids: Iterable[int], *, at_least: int = 1) -> tuple[Cluster, ...]:
    """Return the clusters that are meant, each once, in the given order.

    Raises:
        UserError: CLUSTER_MISSING, or NOTHING_SELECTED when they are fewer than ``at_least``.
    """
    found = tuple(labelling.cluster(id_) for id_ in dict.fromkeys(ids))
    if len(found) < at_least:
        raise UserError(Problem.NOTHING_SELECTED)
    return found
