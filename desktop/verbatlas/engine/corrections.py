"""What helps an analyst to correct clusters, as pure functions on documents and arrays: split, assign, look over."""

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from verbatlas import analysis
from verbatlas.analysis import Clustering, Description, NeighbourGraph
from verbatlas.analysis.assignment import Centres, borderline_of_all, centres, likeliest_clusters, nearest_of
from verbatlas.analysis.clustering import strengths_of
from verbatlas.analysis.corrections import Proposal, propose_moves
from verbatlas.analysis.doubt import doubts_of, most_doubtful
from verbatlas.analysis.learning import learn_moves
from verbatlas.analysis.splitting import SplitMethod, split_cluster
from verbatlas.analysis.strands import Fineness, Strands, find_strands
from verbatlas.engine import blank
from verbatlas.engine.exchange import DocumentsReference
from verbatlas.engine.stages import Stage, StageReport, begin

N_BORDERLINE = 3


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """What a cluster falls into.

    Attributes:
        cluster_id: The cluster.
        rows: int64, shape (n_rows,), rising: its documents.
        parts: int32, shape (n_rows,): each one's part, from 0 by falling size, -1 for noise.
        strengths: float32, shape (n_rows,): how clearly each belongs to its part, as in ``Clustering.strengths``.
        descriptions: Of each part; typical documents are rows of the table.
    """

    cluster_id: int
    rows: NDArray[np.int64]
    parts: NDArray[np.int32]
    strengths: NDArray[np.float32]
    descriptions: tuple[Description, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Assigned:
    """Where documents of no cluster belong most likely.

    Attributes:
        rows: int64, shape (n_rows,), rising: noise documents with text.
        clusters: int32, the same shape.
        strengths: float32, the same shape: how clearly each belongs there, as in ``Clustering.strengths``.
    """

    rows: NDArray[np.int64]
    clusters: NDArray[np.int32]
    strengths: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Insight:
    """What an analyst should know of a cluster before trusting it.

    Attributes:
        nearest: The cluster that is most like it; None where it is the only one.
        similarity: The cosine of the two middles, -1..1; 0 where it is the only one.
        cohesion: The mean cosine of its documents to its middle: 1 when they are all alike.
        borderline: Rows of its documents that are closest to belonging elsewhere, the closest first.
    """

    nearest: int | None
    similarity: float
    cohesion: float
    borderline: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Overview:
    """All clusters looked over.

    Attributes:
        insights: By the id of every cluster that has text.
        centres: The clusters' middles, which tell at once where else a comment may belong.
    """

    insights: dict[int, Insight]
    centres: Centres


@dataclass(frozen=True, slots=True, eq=False)
class Doubtful:
    """The small groups of comments whose name is most doubtful.

    Attributes:
        strands: Of all clusters that a person named.
        order: int64, shape (n_doubtful,): those that are worth a second look, the most doubtful first.
    """

    strands: Strands
    order: NDArray[np.int64]


def split(
    documents: DocumentsReference,
    vectors: NDArray[np.float32],
    members: NDArray[np.int32],
    *,
    cluster_id: int,
    method: SplitMethod,
    n_parts: int | None,
    seed: int,
    report: StageReport,
) -> Parts:
    """Find the parts of one cluster and describe them.

    Args:
        documents: The text of every row; only that of the cluster is read.
        vectors: As ``jobs.embed`` returns them.
        members: int32, shape (n_documents,): the cluster of every row, -1 for noise.
        cluster_id: The cluster; a Labelling's id or -1, to find clusters in the noise.
        method: How to find parts.
        n_parts: How many; None for as many as fit.
        seed: Where random steps begin.
        report: Hears of the stages CLUSTER and NAME.

    Raises:
        UserError: TOO_FEW_DOCUMENTS, when more parts are asked for than there are documents with text.
        Cancelled: The reporter no longer wants the result.
    """
    rows = np.flatnonzero(members == cluster_id)
    if cluster_id < 0:  # blank documents are no cluster's, and there is nothing to find in them
        rows = rows[vectors[rows].any(axis=1)]
    inside = np.ascontiguousarray(vectors[rows])
    everything = np.arange(len(rows))
    parts = split_cluster(
        inside, everything, method=method, n_parts=n_parts, seed=seed, report=begin(report, Stage.CLUSTER, 1)
    )
    found = Clustering(parts, strengths_of(inside, parts))
    described = analysis.describe(documents.take(rows), inside, found, report=begin(report, Stage.NAME, 1))
    in_table = [
        Description(about.keywords, about.name, tuple(rows[list(about.typical)].tolist()))
        for _, about in sorted(described.items())
    ]
    return Parts(cluster_id, rows, parts, found.strengths, tuple(in_table))


def assign(vectors: NDArray[np.float32], members: NDArray[np.int32], *, report: StageReport) -> Assigned:
    """Find the likeliest cluster of every noise document that has text.

    Args:
        vectors: As ``jobs.embed`` returns them.
        members: int32, shape (n_documents,): the cluster of every row, -1 for noise.
        report: Hears of the stage CLUSTER.

    Raises:
        Cancelled: The reporter no longer wants the result.
    """
    rows = np.flatnonzero(members < 0)
    clusters, strengths = likeliest_clusters(vectors, members, rows=rows, report=begin(report, Stage.CLUSTER, 1))
    known = clusters >= 0
    return Assigned(rows[known], clusters[known], strengths[known])


def look_over(
    vectors: NDArray[np.float32], members: NDArray[np.int32], *, report: StageReport, n_borderline: int = N_BORDERLINE
) -> Overview:
    """Return an insight into every cluster that has text.

    Args:
        vectors: As ``jobs.embed`` returns them.
        members: int32, shape (n_documents,): the cluster of every row, -1 for noise.
        report: Hears of the stage CLUSTER.
        n_borderline: How many borderline documents per cluster, at most.

    Raises:
        Cancelled: The reporter no longer wants the result.
    """
    counted = begin(report, Stage.CLUSTER, len(members))
    middles = centres(vectors, members, report=counted)
    nearest = nearest_of(middles)
    doubtful = borderline_of_all(vectors, members, middles, n_borderline, report=counted)
    insights = {}
    for cluster, tightness in zip(middles.ids.tolist(), middles.cohesions.tolist(), strict=True):
        other, similarity = nearest.get(cluster, (None, 0.0))
        insights[cluster] = Insight(other, similarity, tightness, tuple(doubtful[cluster].tolist()))
    return Overview(insights, middles)


def propose(
    vectors: NDArray[np.float32],
    members: NDArray[np.int32],
    by_hand: NDArray[np.bool_],
    *,
    target: int,
    limit: int,
    report: StageReport,
) -> Proposal:
    """Propose further documents for a cluster into which some were moved by hand, as ``propose_moves`` does.

    Args:
        vectors: As ``jobs.embed`` returns them.
        members: int32, shape (n_documents,): the cluster of every row after the move, -1 for noise.
        by_hand: bool, shape (n_documents,): which rows a person placed.
        target: The cluster.
        limit: How many at most.
        report: Hears of the stage CLUSTER.

    Raises:
        Cancelled: The reporter no longer wants the result.
    """
    counted = begin(report, Stage.CLUSTER, len(members))
    rows, scores = propose_moves(vectors, members, by_hand, target=target, limit=limit, report=counted)
    return Proposal(rows, members[rows], np.full(len(rows), target, np.int32), scores)


def learn(
    vectors: NDArray[np.float32],
    graph: NeighbourGraph,
    members: NDArray[np.int32],
    examples: NDArray[np.int64],
    *,
    named: Collection[int],
    unread: bool,
    report: StageReport,
) -> Proposal:
    """Propose what all examples together teach, as ``learn_moves`` does, for rows with text.

    Args:
        vectors: As ``jobs.embed`` returns them.
        graph: As ``jobs.arrange`` returns it.
        members: int32, shape (n_documents,): the cluster of every row, -1 for noise.
        examples: int64, shape (n_examples,): rows that are where they belong.
        named: Clusters that a person named.
        unread: Whether clusters without an example may be emptied too.
        report: Hears of the stage CLUSTER.

    Raises:
        Cancelled: The reporter no longer wants the result.
    """
    counted = begin(report, Stage.CLUSTER, 1)
    rows = blank.rows_with_vector(vectors)
    is_example = np.zeros(len(members), np.bool_)
    is_example[examples] = True
    found = learn_moves(
        blank.take(vectors, rows),
        blank.take_graph(graph, rows),
        members[rows],
        np.flatnonzero(is_example[rows]),
        named=named,
        unread=unread,
        report=counted,
    )
    return replace(found, rows=rows[found.rows])


def strands(
    vectors: NDArray[np.float32],
    graph: NeighbourGraph,
    members: NDArray[np.int32],
    *,
    seed: int,
    fineness: Fineness = "few",
    report: StageReport,
) -> Strands:
    """Find what every cluster consists of, as ``find_strands`` does.

    Args:
        vectors: As ``jobs.embed`` returns them.
        graph: As ``jobs.arrange`` returns it.
        members: int32, shape (n_documents,): the cluster of every row, -1 for noise.
        seed: Where the random choices begin.
        fineness: How small they are.
        report: Hears of the stage CLUSTER.

    Raises:
        Cancelled: The reporter no longer wants the result.
    """
    counted = begin(report, Stage.CLUSTER, 1)
    rows = blank.rows_with_vector(vectors)
    inside, small = blank.take(vectors, rows), blank.take_graph(graph, rows)
    found = find_strands(inside, small, members[rows], seed=seed, fineness=fineness, report=counted)
    ids = np.full(len(members), -1, np.int32)
    ids[rows] = found.ids
    return replace(found, ids=ids, shown=np.where(found.shown >= 0, np.append(rows, -1)[found.shown], -1))


def second_look(
    vectors: NDArray[np.float32],
    graph: NeighbourGraph,
    members: NDArray[np.int32],
    *,
    named: Collection[int],
    asked: Collection[int],
    seed: int,
    report: StageReport,
) -> Doubtful:
    """Find which small groups of comments carry a name that is doubtful by all other names, as ``doubts_of`` does.

    Args:
        vectors: As ``jobs.embed`` returns them.
        graph: As ``jobs.arrange`` returns it.
        members: int32, shape (n_documents,): the cluster of every row, -1 for noise.
        named: Clusters that a person named: they teach.
        asked: Those of them that may be doubted.
        seed: Where the random choices begin.
        report: Hears of the stage CLUSTER; the strands are the first half of it.

    Raises:
        Cancelled: The reporter no longer wants the result.
    """
    inside = np.where(np.isin(members, list(named)), members, -1).astype(np.int32)
    found = strands(vectors, graph, inside, seed=seed, fineness="finest", report=_half(report, after=0))
    counted = begin(_half(report, after=1), Stage.CLUSTER, 1)
    doubts = doubts_of(vectors, found.ids, found.clusters, seed=seed, report=counted)
    return Doubtful(found, most_doubtful(found, doubts, among=asked))


def _half(report: StageReport, *, after: int) -> StageReport:
    """Return a reporter for one of two halves of a stage, of which ``after`` are over."""

    def report_half(stage: Stage, done: int, total: int) -> None:
        report(stage, done + after * total, 2 * total)

    return report_half
