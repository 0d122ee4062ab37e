"""Which cluster comes next when a person goes through all of them."""

from dataclasses import dataclass

from verbatlas.study import Labelling


@dataclass(frozen=True, slots=True)
class ReviewState:
    """How far a person has come.

    Attributes:
        order: All clusters with comments, the largest first.
        reviewed: Those whose names a person has accepted or typed.
    """

    order: tuple[int, ...]
    reviewed: frozenset[int]

    @classmethod
    def of(cls, labelling: Labelling) -> "ReviewState":
        """Return how far the clusters of ``labelling`` have been gone through."""
        sizes = labelling.sizes()
        order = sorted((id_ for id_ in labelling.clusters if sizes[id_]), key=lambda id_: (-sizes[id_], id_))
        named = frozenset(id_ for id_ in order if labelling.clusters[id_].named_by_hand)
        return cls(tuple(order), named)

    @property
    def is_done(self) -> bool:
        """Whether there is nothing left."""
        return len(self.reviewed) == len(self.order)

    def first(self) -> int | None:
        """Return where to begin: the largest cluster that is left, or the largest of all."""
        return next((id_ for id_ in self.order if id_ not in self.reviewed), self.order[0] if self.order else None)

    def after(self, cluster: int | None) -> int | None:
        """Return the next cluster that is left, round the end; ``cluster`` itself where it is the last."""
        if cluster not in self.order:
            return self.first()
        place = self.order.index(cluster)
        round_ = (*self.order[place + 1 :], *self.order[:place])
        return next((id_ for id_ in round_ if id_ not in self.reviewed), cluster)

    def before(self, cluster: int | None) -> int | None:
        """Return the cluster before, reviewed or not, round the beginning."""
        if cluster not in self.order:
            return self.first()
        return self.order[self.order.index(cluster) - 1]
