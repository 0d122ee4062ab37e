"""The main job as pure functions on documents and arrays, with no process: leave out, embed, arrange, cluster."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from verbatlas import analysis
from verbatlas.analysis import Clustering, Description, Method, NeighbourGraph
from verbatlas.encoders import Choice, Embedding, EncoderIdentity
from verbatlas.encoders.cached import CachedEncoder
from verbatlas.encoders.local import Trouble, Way
from verbatlas.encoders.server import Agreement
from verbatlas.encoders.server.encoder import ServerEncoder
from verbatlas.encoders.vector_cache import vector_cache
from verbatlas.engine import blank
from verbatlas.engine.embedding import Keep, embed_rows, forget
from verbatlas.engine.kept_encoder import load_encoder
from verbatlas.engine.leaving_out import sift, sift_near
from verbatlas.engine.local_copy import agreement_with_copy
from verbatlas.engine.stages import Stage, StageReport, begin
from verbatlas.engine.wording import wording_beside
from verbatlas.errors import Problem, UserError
from verbatlas.study import LeaveOut


@dataclass(frozen=True, slots=True)
class Run:
    """How a model on this computer was run.

    Attributes:
        way: By what, how fast and how exactly; None where no model was needed, or it is elsewhere.
        trouble: Why the processor ran it although there is a graphics card; None where all was well.
        agreement: How far a server answers as the local copy of its model; None where there is none to compare with.
    """

    way: Way | None = None
    trouble: Trouble | None = None
    agreement: Agreement | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Arrangement:
    """Who is close to whom, and the map.

    Attributes:
        graph: Over all rows; rows without text or left out have neighbours -1 of similarity 0.
        layout: float32, shape (n_documents, 2); NaN for rows without text or left out.
    """

    graph: NeighbourGraph
    layout: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Clustered:
    """A clustering of all rows and what its clusters are about.

    Attributes:
        clustering: Rows without text or left out have id -1 and strength 0.
        descriptions: By cluster id; typical documents are rows of the table.
    """

    clustering: Clustering
    descriptions: dict[int, Description]


def leave_out(documents: Sequence[str], *, kinds: Collection[str], seed: int, report: StageReport) -> NDArray[np.int32]:
    """Find out which documents are left out of the clustering, and which one stands for each.

    Args:
        documents: The text of every row.
        kinds: What is left out, as ``LeaveOut`` has it.
        seed: Where random steps begin.
        report: Hears of the stage LEAVE_OUT, in documents.

    Returns:
        int32, shape (n_documents,), as in ``Labelling.stand_ins``.

    Raises:
        UserError: Nothing is left (ALL_LEFT_OUT).
        Cancelled: The reporter no longer wants the result.
    """
    counted = begin(report, Stage.LEAVE_OUT, len(documents))
    found = sift(documents, report=counted)
    if LeaveOut.NEAR_DUPLICATES in kinds:
        found = sift_near(documents, found, seed=seed, report=counted)
    if not found.is_blank.all() and not found.amounts(kinds).n_left:
        raise UserError(Problem.ALL_LEFT_OUT)
    return found.stand_ins(kinds)


def embed(
    documents: Sequence[str],
    *,
    choice: Choice,
    seed: int,
    report: StageReport,
    stand_ins: NDArray[np.int32] | None = None,
    begun: Embedding | None = None,
    keep: Keep = forget,
    cache_bytes: int | None = None,
    model_folders: Sequence[Path] = (),
    compared: Callable[[Agreement], None] = lambda _agreement: None,
    ran: Callable[[Run], None] = lambda _run: None,
) -> Embedding:
    """Turn documents into vectors; equal documents get equal vectors.

    What an encoder that does not learn has once made of a text comes from the vector cache; its model is loaded only
    where texts are not there.

    Args:
        documents: The text of every row; blank ones are not shown to the encoder.
        choice: The encoder, as ``encoders.choose`` has it.
        seed: Where random steps begin.
        report: Hears of the stages PREPARE and EMBED, the latter in documents with text, and of WAIT where a server
            is waited for.
        stand_ins: int32, shape (n_documents,): as ``leave_out`` returns it; those that are left out are not shown to
            the encoder either. None where only blank ones are.
        begun: The vectors of the first rows, as an earlier run of the same job handed them to ``keep``.
        keep: Is handed the vectors part by part, as soon as they are there.
        cache_bytes: How large the vector cache may become, 0 for none; None for what is set.
        model_folders: Where else a copy of a server's model may be, to compare it with.
        compared: Is told before the first document is sent how far a server answers as the local copy of its model.
        ran: Is told at the end how the model was run.

    Returns:
        One row per document, of length 1, or zero where the document is blank or left out.

    Raises:
        UserError: All documents are blank (TABLE_ALL_BLANK), or the model is missing or damaged.
        Cancelled: The reporter no longer wants the result.
    """
    rows = _some(blank.rows_with_text(documents, stand_ins))

    def waits(done: int, total: int) -> None:
        report(Stage.WAIT, done, total)

    encoder = load_encoder(choice.encoder, seed=seed, precision=choice.precision, waiting=waits)
    prepared = begin(report, Stage.PREPARE, 1)
    if encoder.learns:
        encoder.prepare(report=prepared)
        counted = begin(report, Stage.EMBED, len(rows))
        return embed_rows(encoder, documents, rows, begun=begun, keep=keep, report=counted)
    with vector_cache(cache_bytes) as cache:
        cached = CachedEncoder(encoder, cache)
        known = cached.prepare_for([documents[row] for row in rows], report=prepared)
        agreement = None
        if isinstance(encoder, ServerEncoder):
            agreement = agreement_with_copy(encoder, folders=model_folders, report=prepared)
        if agreement is not None:
            compared(agreement)
        counted = begin(report, Stage.EMBED, len(rows))
        embedding = embed_rows(cached, documents, rows, begun=begun, keep=keep, report=counted, known=known)
    way, trouble = getattr(encoder, "way", None), getattr(encoder, "trouble", None)
    ran(Run(way, trouble, agreement) if cached.is_prepared else Run())
    return embedding


def arrange(
    documents: Sequence[str],
    vectors: NDArray[np.float32],
    *,
    identity: EncoderIdentity,
    seed: int,
    report: StageReport,
) -> Arrangement:
    """Find every document's neighbours, by meaning and mostly by wording too, and lay the map out by them.

    Args:
        documents: The text of every row.
        vectors: As ``embed`` returns them, shape (n_documents, n_dimensions).
        identity: What made them.
        seed: Where random steps begin.
        report: Hears of the stages WORDING, where it counts, NEIGHBOURS and ARRANGE.

    Raises:
        UserError: All vectors are zero (TABLE_ALL_BLANK).
        Cancelled: The reporter no longer wants the result.
    """
    rows = _some(blank.rows_with_vector(vectors))
    placed = blank.take(vectors, rows)
    n = len(vectors)
    compared = documents if len(rows) == n else [documents[row] for row in rows.tolist()]
    wording = wording_beside(compared, identity=identity, seed=seed, report=report)
    counted = begin(report, Stage.NEIGHBOURS, len(rows))
    graph = analysis.nearest_neighbours(placed, wording=wording, seed=seed, report=counted)
    layout = analysis.arrange(placed, graph, seed=seed, report=begin(report, Stage.ARRANGE, 1))
    return Arrangement(graph=blank.spread_graph(graph, rows, n=n), layout=blank.spread_layout(layout, rows, n=n))


def cluster(
    documents: Sequence[str],
    vectors: NDArray[np.float32],
    graph: NeighbourGraph,
    *,
    method: Method | str,
    n_clusters: int | None,
    detail: float,
    every_row: bool,
    seed: int,
    report: StageReport,
) -> Clustered:
    """Cluster documents and describe the clusters.

    Args:
        documents: The text of every row.
        vectors: As ``embed`` returns them.
        graph: As ``arrange`` returns it.
        method: How to cluster.
        n_clusters: How many clusters; None for as many as fit.
        detail: Fewer (down to -3) or more (up to 3) clusters when ``n_clusters`` is None.
        every_row: Whether every row with text gets a cluster.
        seed: Where random steps begin.
        report: Hears of the stages CLUSTER and NAME.

    Raises:
        UserError: There are fewer documents with text than ``n_clusters`` (TOO_FEW_DOCUMENTS) or none at all
            (TABLE_ALL_BLANK).
        Cancelled: The reporter no longer wants the result.
    """
    rows = _some(blank.rows_with_vector(vectors))
    if n_clusters is not None and n_clusters > len(rows):
        raise UserError(Problem.TOO_FEW_DOCUMENTS, documents=len(rows), clusters=n_clusters)
    placed = blank.take(vectors, rows)
    clustering = analysis.cluster(
        placed,
        blank.take_graph(graph, rows),
        method=Method(method),
        n_clusters=n_clusters,
        detail=detail,
        every_row=every_row,
        seed=seed,
        report=begin(report, Stage.CLUSTER, 1),
    )
    texts = [documents[row] for row in rows]
    descriptions = analysis.describe(texts, placed, clustering, report=begin(report, Stage.NAME, 1))
    return Clustered(
        clustering=blank.spread_clustering(clustering, rows, n=len(vectors)),
        descriptions=blank.spread_descriptions(descriptions, rows),
    )


def _some(rows: blank.Rows) -> blank.Rows:
    if len(rows) == 0:
        raise UserError(Problem.TABLE_ALL_BLANK, columns=())
    return rows
