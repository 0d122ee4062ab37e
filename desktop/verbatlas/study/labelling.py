"""The labelling: who belongs where and what the clusters are called, as one frozen value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from verbatlas.errors import Problem, UserError

NOISE = -1


@dataclass(frozen=True, slots=True)
class Cluster:
    """What the analyst sees and edits.

    Attributes:
        id: Its number for good; never used again, even when the cluster is gone.
        name: Readable.
        named_by_hand: Whether a person typed the name; a program never overwrites it then.
        colour: The slot of its colour in the palette, from 0.
        note: The analyst's own words about it.
        parent: The id of the cluster it stands under, if any.
        locked: Whether it refuses changes.
        keywords: What it is about, the most telling first.
        typical: Rows of its most typical documents.
    """

    id: int
    name: str
    named_by_hand: bool = False
    colour: int = 0
    note: str = ""
    parent: int | None = None
    locked: bool = False
    keywords: tuple[str, ...] = ()
    typical: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Labelling:
    """Every document's cluster, and the clusters.

    Attributes:
        members: int32, shape (n_documents,), read-only: a cluster's id, or -1 for noise.
        strengths: float32, shape (n_documents,), read-only, 0..1.
        clusters: By id, in ascending order.
        next_id: The id that the next new cluster gets.
        by_hand: bool, shape (n_documents,), read-only: whether a person put the document where it is; all False if
            not given.
        stand_ins: int32, shape (n_documents,), read-only: the document that stands for each in the clustering: itself,
            the one whose text it repeats, or -1 for none where it is left out; itself for all if not given.
    """

    members: NDArray[np.int32]
    strengths: NDArray[np.float32]
    clusters: Mapping[int, Cluster]
    next_id: int
    by_hand: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, np.bool_))
    stand_ins: NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, np.int32))
    # What is counted over all documents, once: the window asks for it at every step.
    _sizes: dict[int, int] = field(default_factory=dict, init=False, repr=False)
    _left_out: list[NDArray[np.bool_]] = field(default_factory=list, init=False, repr=False)
    _n_noise: list[int] = field(default_factory=list, init=False, repr=False)

    def __post_init__(self) -> None:
        if len(self.by_hand) != len(self.members):
            object.__setattr__(self, "by_hand", np.zeros(len(self.members), np.bool_))
        if len(self.stand_ins) != len(self.members):
            object.__setattr__(self, "stand_ins", np.arange(len(self.members), dtype=np.int32))
        for array in (self.members, self.strengths, self.by_hand, self.stand_ins):
            array.setflags(write=False)
        object.__setattr__(self, "clusters", MappingProxyType(dict(sorted(self.clusters.items()))))

    @classmethod
    def empty(cls, n_documents: int) -> "Labelling":
        """Return the labelling before the first clustering: all noise, no clusters."""
        return cls(np.full(n_documents, NOISE, np.int32), np.zeros(n_documents, np.float32), {}, 0)

    def cluster(self, cluster_id: int) -> Cluster:
        """Return one cluster.

        Raises:
            UserError: CLUSTER_MISSING.
        """
        try:
            return self.clusters[cluster_id]
        except KeyError:
            raise UserError(Problem.CLUSTER_MISSING, cluster=cluster_id) from None

    def sizes(self) -> dict[int, int]:
        """Return the number of documents per cluster id."""
        if not self._sizes:
            # Noise is counted too, in the first place, which is quicker than to leave it out.
            counts = np.bincount(self.members - NOISE, minlength=self.next_id - NOISE)
            self._sizes.update({cluster_id: int(counts[cluster_id - NOISE]) for cluster_id in self.clusters})
        return dict(self._sizes)

    @property
    def in_none(self) -> NDArray[np.bool_]:
        """Which documents are in no cluster although they were not left out: bool, shape (n_documents,)."""
        return (self.members < 0) & ~self.left_out

    @property
    def n_noise(self) -> int:
        """The number of documents in no cluster, without those that were left out."""
        if not self._n_noise:
            self._n_noise.append(int(np.count_nonzero(self.in_none)))
        return self._n_noise[0]

    @property
    def n_counted(self) -> int:
        """The number of documents that are in a cluster or could be: all but those that were left out."""
        return len(self.members) - int(np.count_nonzero(self.left_out))

    @property
    def left_out(self) -> NDArray[np.bool_]:
        """Which documents were left out of the clustering and of every cluster since.

        bool, shape (n_documents,), read-only.
        """
        if not self._left_out:
            left_out = self.members < 0
            in_none = np.flatnonzero(left_out)
            left_out[in_none] = self.stand_ins[in_none] != in_none
            left_out.setflags(write=False)
            self._left_out.append(left_out)
        return self._left_out[0]

    @property
    def shown_rows(self) -> NDArray[np.int64]:
        """The document whose cluster each one shows: int64, shape (n_documents,).

        Its own, or that of the one whose text it repeats, wherever that was put since. One that is left out without a
        stand-in shows its own, which is none.
        """
        own = np.arange(len(self.members))
        return np.where(self.left_out & (self.stand_ins >= 0), self.stand_ins, own)

    @property
    def shown_members(self) -> NDArray[np.int32]:
        """The cluster that each document shows: int32, shape (n_documents,), -1 for none."""
        return self.members[self.shown_rows]

    def shown_row(self, document: int) -> int:
        """Return the document whose cluster this one shows, as in ``shown_rows``."""
        stand_in = int(self.stand_ins[document])
        return stand_in if self.members[document] < 0 and stand_in >= 0 else document
