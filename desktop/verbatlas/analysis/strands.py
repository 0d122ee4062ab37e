"""The strands of clusters: small groups of like comments inside each, every one of which can be named at a glance."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from verbatlas.analysis.communities import communities_inside
from verbatlas.analysis.graph_weights import symmetric_weights
from verbatlas.analysis.neighbours import NeighbourGraph
from verbatlas.analysis.reading_order import N_BEFORE, reading_order
from verbatlas.progress import Report, no_report

N_SHOWN = 5
Fineness = Literal["few", "many", "finest"]
# The detail of the communities, and of how many comments the smallest strand may be: fewer join the nearest one of
# their cluster. On banking77 four or eight strands to a cluster; 88 or 90 % of the rows have the label of their strand.
# The finest are for a second look, where only the doubtful ones are read: many, but not so small that few rows gain.
_FINENESS: dict[Fineness, tuple[int, int]] = {"few": (5, 8), "many": (7, 8), "finest": (8, 8)}
_COMMUNITY = 3  # fewer comments are no community but stand alone
_EDGE = 0.9  # what lies farther out than this share of a strand is not shown: it may belong to the next one


@dataclass(frozen=True, slots=True, eq=False)
class Strands:
    """What clusters consist of.

    The numbers of those of one cluster rise in the order in which they are best read: the largest first, then always
    the one most closely joined to any before it.

    Attributes:
        ids: int32, shape (n_documents,): the strand of every document, -1 for those of no cluster.
        clusters: int32, shape (n_strands,): the cluster that each was found in.
        follows: int32, shape (n_strands, N_BEFORE): the strands before it in its cluster that have a vote in what it
            is, the strongest first; -1 where there are fewer, none for the first.
        votes: float32, the same shape: how strong each vote is.
        middles: float32, shape (n_strands, n_dimensions), rows of unit length.
        shown: int64, shape (n_strands, N_SHOWN): documents from the most typical to near the edge, -1 where a strand
            has fewer.
    """

    ids: NDArray[np.int32]
    clusters: NDArray[np.int32]
    follows: NDArray[np.int32]
    votes: NDArray[np.float32]
    middles: NDArray[np.float32]
    shown: NDArray[np.int64]

    def inside(self, cluster_id: int, members: NDArray[np.int32]) -> tuple[int, ...]:
        """Return the strands of a cluster in the order to read; none where other documents are in it now.

        Args:
            cluster_id: The cluster.
            members: int32, shape (n_documents,): the clusters now.
        """
        # By looking up instead of searching: the window asks while somebody waits.
        is_own = np.append(self.clusters == cluster_id, False)
        found = self.ids[members == cluster_id]
        n_found = np.count_nonzero(is_own[found])
        if n_found != np.count_nonzero(found >= 0) or n_found != np.count_nonzero(is_own[self.ids]):
            return ()
        return tuple(np.flatnonzero(is_own).tolist())

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
    fineness: Fineness = "few",
    report: Report = no_report,
) -> Strands:
    """Return the strands of every cluster: fine communities of the neighbour graph, no edge of which leaves a cluster.

    Args:
        vectors: float32, shape (n_documents, n_dimensions), rows of unit length.
        graph: Their neighbours.
        members: int32, shape (n_documents,): any ids, -1 for noise.
        seed: Where the random choices begin.
        fineness: How small the strands are: of ``many`` there are about twice as many as of ``few``.
        report: Told how many steps of all are done.

    Raises:
        Cancelled: The reporter no longer wants the strands.
    """
    detail, smallest = _FINENESS[fineness]
    clusters = np.unique(members[members >= 0])
    ids = np.full(len(members), -1, np.int32)
    parts: list[NDArray[np.float32]] = []
    n_steps = 2 * len(clusters) + 2
    report(0, n_steps)
    fine = _communities(graph, members, detail=detail, smallest=smallest, seed=seed)
    order = np.argsort(members, kind="stable")
    bounds = np.searchsorted(members[order], [*clusters.tolist(), clusters[-1] + 1 if len(clusters) else 0])
    inside = [np.sort(order[start:stop]) for start, stop in pairwise(bounds)]
    n = 0
    for place, rows in enumerate(inside):
        report(place + 1, n_steps)
        codes, middles = _without_crumbs(vectors[rows], fine[rows], smallest=smallest)
        ids[rows] = codes + n
        n += len(middles)
        parts.append(middles)
    ties = _ties(graph, ids, n)
    homes = np.repeat(clusters, [len(middles) for middles in parts])
    follows, votes = np.empty((n, N_BEFORE), np.int32), np.empty((n, N_BEFORE), np.float32)
    shown = np.full((n, N_SHOWN), -1, np.int64)
    first = 0
    for place, rows in enumerate(inside):
        report(len(inside) + place + 1, n_steps)
        own = slice(first, first + len(parts[place]))
        codes, parts[place], follows[own], votes[own] = _to_be_read(
            ids[rows] - first, parts[place], ties[own, own].toarray()
        )
        follows[own] += np.where(follows[own] >= 0, first, 0)
        ids[rows] = codes + first
        for code, middle in enumerate(parts[place]):
            shown[first + code] = _spread(rows[codes == code], vectors, middle)
        first = own.stop
    report(n_steps, n_steps)
    middles = np.vstack([np.zeros((0, vectors.shape[1]), np.float32), *parts])
    return Strands(ids, homes.astype(np.int32), follows, votes, middles, shown)


def _ties(graph: NeighbourGraph, ids: NDArray[np.int32], n: int) -> Any:
    """Return how much all neighbour edges between two strands weigh: a scipy CSR matrix, shape (n, n)."""
    import scipy.sparse  # noqa: PLC0415 - heavy

    weights = symmetric_weights(graph).tocoo()
    is_between = (ids[weights.row] >= 0) & (ids[weights.col] >= 0)
    places = (ids[weights.row[is_between]], ids[weights.col[is_between]])
    return scipy.sparse.coo_matrix((weights.data[is_between], places), shape=(n, n)).tocsr()


def _to_be_read(
    codes: NDArray[np.int32], middles: NDArray[np.float32], ties: NDArray[np.float32]
) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.int64], NDArray[np.float32]]:
    """Return the codes and middles of one cluster's strands in the order to read, and whose votes each has."""
    order, before, votes = reading_order(ties, middles @ middles.T, np.bincount(codes, minlength=len(middles)))
    places = np.empty(len(order) + 1, np.int64)
    places[order], places[-1] = np.arange(len(order)), -1
    return places[codes].astype(np.int32), middles[order], places[before], votes


def _communities(
    graph: NeighbourGraph, members: NDArray[np.int32], *, detail: int, smallest: int, seed: int
) -> NDArray[np.int32]:
    """Return the finest communities that are large enough in the mean: a small table falls to pieces sooner."""
    inside = members >= 0
    for step in range(detail, -1, -1):
        fine = communities_inside(graph, members, detail=step, seed=seed)
        if inside.sum() >= smallest * len(np.unique(fine[inside])):
            break
    return fine


def _without_crumbs(
    inside: NDArray[np.float32], fine: NDArray[np.int32], *, smallest: int
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Return codes from 0 and the middles of the strands of one cluster, the smallest joined to the nearest.

    Where there are communities at all, documents beside them go there one by one, which keeps the rest few.
    """
    found = np.unique(fine, return_inverse=True)[1]
    sizes = np.bincount(found)
    kept = np.flatnonzero(sizes >= min(_COMMUNITY, int(sizes.max())))
    codes = np.full(len(sizes), -1, np.int32)
    codes[kept] = np.arange(len(kept), dtype=np.int32)
    codes = codes[found]
    sums = np.zeros((len(kept), inside.shape[1]))
    np.add.at(sums, codes[codes >= 0], inside[codes >= 0])
    beside = np.flatnonzero(codes < 0)
    codes[beside] = (inside[beside] @ _unit(sums).T).argmax(axis=1)
    np.add.at(sums, codes[beside], inside[beside])
    counts = np.bincount(codes, minlength=len(kept)).astype(np.float64)
    into = np.arange(len(kept))
    middles = _unit(sums)
    while np.isfinite(counts).sum() > 1 and counts[small := int(counts.argmin())] < smallest:
        likeness = middles @ middles[small]
        likeness[~np.isfinite(counts)] = -np.inf
        likeness[small] = -np.inf
        target = int(likeness.argmax())
        sums[target] += sums[small]
        middles[target] = _unit(sums[target : target + 1])[0]
        counts[target] += counts[small]
        counts[small] = np.inf  # joined
        into[into == small] = target
    left, codes_left = np.unique(into, return_inverse=True)
    return codes_left[codes].astype(np.int32), middles[left]


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
