"""The strands of clusters: small groups of like comments inside each, every one of which can be named at a glance."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verbatlas.analysis.communities import communities_inside
from verbatlas.analysis.neighbours import NeighbourGraph
from verbatlas.progress import Report, no_report

N_SHOWN = 5
_DETAIL = 5  # on banking77 four strands to a cluster, and 88 % of the rows have the commonest label of their strand
_SMALLEST = 8  # a strand of fewer comments joins the nearest one of its cluster
_COMMUNITY = 3  # fewer comments are no community but stand alone
_EDGE = 0.9  # what lies farther out than this share of a strand is not shown: it may belong to the next one


@dataclass(frozen=True, slots=True, eq=False)
class Strands:
    """What clusters consist of.

    Attributes:
        ids: int32, shape (n_documents,): the strand of every document, -1 for those of no cluster.
        clusters: int32, shape (n_strands,): the cluster that each was found in.
        middles: float32, shape (n_strands, n_dimensions), rows of unit length.
        shown: int64, shape (n_strands, N_SHOWN): documents from the most typical to near the edge, -1 where a strand
            has fewer.
    """

    ids: NDArray[np.int32]
    clusters: NDArray[np.int32]
    middles: NDArray[np.float32]
    shown: NDArray[np.int64]

    def inside(self, cluster_id: int, members: NDArray[np.int32]) -> tuple[int, ...]:
        """Return the strands of a cluster, the largest first; none where other documents are in it now.

        Args:
            cluster_id: The cluster.
            members: int32, shape (n_documents,): the clusters now.
        """
        own = np.flatnonzero(self.clusters == cluster_id)
        found = self.ids[members == cluster_id]
        found = found[found >= 0]  # a document without text is of no strand
        sizes = np.bincount(self.ids[np.isin(self.ids, own)], minlength=len(self.clusters))
        if not np.isin(found, own).all() or len(found) != sizes.sum():
            return ()
        return tuple(sorted(own.tolist(), key=lambda strand: (-sizes[strand], strand)))

    def rows_of(
        self, strands: Sequence[int], cluster_id: int, members: NDArray[np.int32]
    ) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """Return the documents of a cluster, rising, and the place in ``strands`` of each one's, 0 without text.

        Args:
            strands: What ``inside`` returned.
            cluster_id: The cluster.
            members: int32, shape (n_documents,): the clusters now.
        """
        rows = np.flatnonzero(members == cluster_id)
        places = np.zeros(len(self.clusters) + 1, np.int32)
        places[list(strands)] = np.arange(len(strands))
        return rows, places[self.ids[rows]]

    def likeliest(self, strand: int, members: NDArray[np.int32], *, among: Collection[int], n: int) -> tuple[int, ...]:
        """Return where else a strand may belong, the likeliest first: the clusters now of the strands most like it.

        Args:
            strand: The strand; its own cluster is left out.
            members: int32, shape (n_documents,): the clusters now.
            among: The clusters that are asked about.
            n: How many at most.
        """
        homes = members[self.shown[:, 0]]
        wanted = np.isin(homes, list(among)) & (homes != homes[strand])
        order = np.argsort(-(self.middles @ self.middles[strand]), kind="stable")
        return tuple(dict.fromkeys(homes[order[wanted[order]]].tolist()))[:n]


def find_strands(
    vectors: NDArray[np.float32],
    graph: NeighbourGraph,
    members: NDArray[np.int32],
    *,
    seed: int,
    report: Report = no_report,
) -> Strands:
    """Return the strands of every cluster: fine communities of the neighbour graph, no edge of which leaves a cluster.

    Args:
        vectors: float32, shape (n_documents, n_dimensions), rows of unit length.
        graph: Their neighbours.
        members: int32, shape (n_documents,): any ids, -1 for noise.
        seed: Where the random choices begin.
        report: Told how many steps of all are done.

    Raises:
        Cancelled: The reporter no longer wants the strands.
    """
    clusters = np.unique(members[members >= 0])
    ids = np.full(len(members), -1, np.int32)
    homes: list[int] = []
    shown: list[NDArray[np.int64]] = []
    middles = [np.zeros((0, vectors.shape[1]), np.float32)]
    report(0, len(clusters) + 1)
    fine = _communities(graph, members, seed=seed)
    order = np.argsort(members, kind="stable")
    bounds = np.searchsorted(members[order], [*clusters.tolist(), clusters[-1] + 1 if len(clusters) else 0])
    for place, cluster in enumerate(clusters.tolist()):
        report(place + 1, len(clusters) + 1)
        rows = np.sort(order[bounds[place] : bounds[place + 1]])
        codes, found = _without_crumbs(vectors[rows], fine[rows])
        ids[rows] = codes + len(homes)
        for code, middle in enumerate(found):
            shown.append(_spread(rows[codes == code], vectors, middle))
        homes += [cluster] * len(found)
        middles.append(found)
    report(len(clusters) + 1, len(clusters) + 1)
    table = np.stack(shown) if shown else np.zeros((0, N_SHOWN), np.int64)
    return Strands(ids, np.array(homes, np.int32), np.vstack(middles), table)


def _communities(graph: NeighbourGraph, members: NDArray[np.int32], *, seed: int) -> NDArray[np.int32]:
    """Return the finest communities that are large enough in the mean: a small table falls to pieces sooner."""
    inside = members >= 0
    for detail in range(_DETAIL, -1, -1):
        fine = communities_inside(graph, members, detail=detail, seed=seed)
        if inside.sum() >= _SMALLEST * len(np.unique(fine[inside])):
            break
    return fine


def _without_crumbs(
    inside: NDArray[np.float32], fine: NDArray[np.int32]
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Return codes from 0 and the middles of the strands of one cluster, the smallest joined to the nearest.

    Where there are communities at all, documents beside them go there one by one, which keeps the rest few.
    """
    found = np.unique(fine, return_inverse=True)[1]
    sizes = np.bincount(found)
    kept = np.flatnonzero(sizes >= min(_COMMUNITY, int(sizes.max())))
    sums = np.stack([inside[found == code].sum(axis=0, dtype=np.float64) for code in kept])
    codes = np.full(len(sizes), -1, np.int32)
    codes[kept] = np.arange(len(kept), dtype=np.int32)
    codes = codes[found]
    beside = np.flatnonzero(codes < 0)
    codes[beside] = (inside[beside] @ _unit(sums).T).argmax(axis=1)
    np.add.at(sums, codes[beside], inside[beside])
    counts = np.bincount(codes, minlength=len(kept)).astype(np.float64)
    into = np.arange(len(kept))
    while np.isfinite(counts).sum() > 1 and counts[small := int(counts.argmin())] < _SMALLEST:
        likeness = _unit(sums) @ _unit(sums[small : small + 1])[0]
        likeness[~np.isfinite(counts)] = -np.inf
        likeness[small] = -np.inf
        target = int(likeness.argmax())
        sums[target] += sums[small]
        counts[target] += counts[small]
        counts[small] = np.inf  # joined
        into[into == small] = target
    left, codes_left = np.unique(into, return_inverse=True)
    return codes_left[codes].astype(np.int32), _unit(sums[left])


def _unit(sums: NDArray[np.float64]) -> NDArray[np.float32]:
    lengths = np.maximum(np.linalg.norm(sums, axis=1), 1e-12)
    unit: NDArray[np.float32] = (sums / lengths[:, None]).astype(np.float32)
    return unit


def _spread(rows: NDArray[np.int64], vectors: NDArray[np.float32], middle: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return documents of a strand at even distances from its middle to near its edge, padded with -1."""
    order = rows[np.argsort(-(vectors[rows] @ middle), kind="stable")]
    places = np.unique(np.linspace(0, max(0, len(order) * _EDGE - 1), N_SHOWN).round().astype(np.int64))
    shown = np.full(N_SHOWN, -1, np.int64)
    shown[: len(places)] = order[places]
    return shown
