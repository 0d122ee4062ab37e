"""The stages of the main job as requests to the engine's process: what goes in and comes out lies in files."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from verbatlas.analysis import Clustering, Description, Method, NeighbourGraph
from verbatlas.encoders import Choice, Embedding, EncoderIdentity
from verbatlas.engine import jobs
from verbatlas.engine.embedding import EmbeddedRows
from verbatlas.engine.exchange import ArrayReference, DocumentsReference, write_array
from verbatlas.engine.jobs import Arrangement, Clustered, Run
from verbatlas.engine.messages import Tell
from verbatlas.engine.stages import StageReport


@dataclass(frozen=True, slots=True)
class GraphReference:
    """A neighbour graph that lies in two files."""

    indices: ArrayReference
    similarities: ArrayReference

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files behind it."""
        return *self.indices.paths, *self.similarities.paths

    def load(self) -> NeighbourGraph:
        """Return the graph, its arrays mapped from their files."""
        return NeighbourGraph(indices=self.indices.load(), similarities=self.similarities.load())


@dataclass(frozen=True, slots=True)
class EmbedResult:
    """An embedding whose vectors lie in a file."""

    vectors: ArrayReference
    identity: EncoderIdentity
    n_cut: int
    run: Run = field(default_factory=Run)

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files behind it."""
        return self.vectors.paths

    def load(self) -> Embedding:
        """Return the embedding, its vectors mapped from their file."""
        return Embedding(vectors=self.vectors.load(), identity=self.identity, n_cut=self.n_cut)


@dataclass(frozen=True, slots=True)
class EmbedPart:
    """The vectors of the next rows, in a file; whoever hears of it may remove the file.

    Attributes:
        start: The first of the rows.
        result: Their vectors, and what made them.
    """

    start: int
    result: EmbedResult

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files behind it."""
        return self.result.paths


@dataclass(frozen=True, slots=True)
class LeaveOutRequest:
    """Find out which documents are left out of the clustering, as ``jobs.leave_out`` does."""

    documents: DocumentsReference
    kinds: tuple[str, ...]
    seed: int

    def run(self, report: StageReport, folder: Path, tell: Tell) -> ArrayReference:  # noqa: ARG002 - whole or not
        """Do the work in the engine's process."""
        found = jobs.leave_out(self.documents.load(), kinds=self.kinds, seed=self.seed, report=report)
        return write_array(folder, "stand-ins", found)


@dataclass(frozen=True, slots=True)
class EmbedRequest:
    """Turn documents into vectors, as ``jobs.embed`` does; tell a server's Agreement, and every EmbedPart.

    Attributes:
        documents: The text of every row.
        choice: The encoder.
        seed: Where its random steps begin.
        begun: What an earlier request told of the same documents, joined.
        stand_ins: What a :class:`LeaveOutRequest` found; None where only blank documents are left out.
        cache_bytes: How large the vector cache may become, 0 for none; None for what is set.
        model_folders: Where models of the person's own lie, to compare a server with its copy.
    """

    documents: DocumentsReference
    choice: Choice
    seed: int
    begun: EmbedResult | None = None
    stand_ins: ArrayReference | None = None
    cache_bytes: int | None = None
    model_folders: tuple[Path, ...] = ()

    def run(self, report: StageReport, folder: Path, tell: Tell) -> EmbedResult:
        """Do the work in the engine's process."""
        runs = [Run()]

        def keep(part: EmbeddedRows) -> None:
            tell(EmbedPart(part.start, _written(folder, f"part-{part.start}", part.embedding)))

        embedding = jobs.embed(
            self.documents.load(),
            choice=self.choice,
            seed=self.seed,
            report=report,
            stand_ins=None if self.stand_ins is None else self.stand_ins.load(),
            begun=None if self.begun is None else self.begun.load(),
            keep=keep,
            cache_bytes=self.cache_bytes,
            model_folders=self.model_folders,
            compared=tell,
            ran=runs.append,
        )
        return replace(_written(folder, "vectors", embedding), run=runs[-1])


def _written(folder: Path, name: str, embedding: Embedding) -> EmbedResult:
    return EmbedResult(write_array(folder, name, embedding.vectors), embedding.identity, embedding.n_cut)


@dataclass(frozen=True, slots=True)
class ArrangeResult:
    """An arrangement whose arrays lie in files."""

    graph: GraphReference
    layout: ArrayReference

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files behind it."""
        return *self.graph.paths, *self.layout.paths

    def load(self) -> Arrangement:
        """Return the arrangement, its arrays mapped from their files."""
        return Arrangement(graph=self.graph.load(), layout=self.layout.load())


@dataclass(frozen=True, slots=True)
class ArrangeRequest:
    """Find neighbours and lay the map out, as ``jobs.arrange`` does."""

    documents: DocumentsReference
    vectors: ArrayReference
    identity: EncoderIdentity
    seed: int

    def run(self, report: StageReport, folder: Path, tell: Tell) -> ArrangeResult:  # noqa: ARG002 - whole or not
        """Do the work in the engine's process."""
        arrangement = jobs.arrange(
            self.documents.load(), self.vectors.load(), identity=self.identity, seed=self.seed, report=report
        )
        graph = GraphReference(
            indices=write_array(folder, "indices", arrangement.graph.indices),
            similarities=write_array(folder, "similarities", arrangement.graph.similarities),
        )
        return ArrangeResult(graph, write_array(folder, "layout", arrangement.layout))


@dataclass(frozen=True, slots=True)
class ClusterResult:
    """A clustering whose arrays lie in files."""

    ids: ArrayReference
    strengths: ArrayReference
    descriptions: dict[int, Description]

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files behind it."""
        return *self.ids.paths, *self.strengths.paths

    def load(self) -> Clustered:
        """Return the clustering, its arrays mapped from their files."""
        clustering = Clustering(ids=self.ids.load(), strengths=self.strengths.load())
        return Clustered(clustering=clustering, descriptions=self.descriptions)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterRequest:
    """Cluster documents and describe the clusters, as ``jobs.cluster`` does."""

    documents: DocumentsReference
    vectors: ArrayReference
    graph: GraphReference
    method: Method | str
    n_clusters: int | None
    detail: float
    every_row: bool
    seed: int

    def run(self, report: StageReport, folder: Path, tell: Tell) -> ClusterResult:  # noqa: ARG002 - whole or not
        """Do the work in the engine's process."""
        clustered = jobs.cluster(
            self.documents.load(),
            self.vectors.load(),
            self.graph.load(),
            method=self.method,
            n_clusters=self.n_clusters,
            detail=self.detail,
            every_row=self.every_row,
            seed=self.seed,
            report=report,
        )
        ids = write_array(folder, "ids", clustered.clustering.ids)
        strengths = write_array(folder, "strengths", clustered.clustering.strengths)
        return ClusterResult(ids, strengths, clustered.descriptions)
