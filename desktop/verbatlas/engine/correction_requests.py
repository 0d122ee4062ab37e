"""What helps an analyst to correct clusters, as requests to the engine's process: arrays go in and out as files."""

from dataclasses import dataclass
from pathlib import Path

from verbatlas.analysis import Description
from verbatlas.analysis.corrections import Proposal
from verbatlas.analysis.splitting import SplitMethod
from verbatlas.analysis.strands import Fineness, Strands
from verbatlas.engine import corrections
from verbatlas.engine.corrections import Assigned, Doubtful, Overview, Parts
from verbatlas.engine.exchange import ArrayReference, DocumentsReference, write_array
from verbatlas.engine.messages import Tell
from verbatlas.engine.requests import GraphReference
from verbatlas.engine.stages import StageReport


@dataclass(frozen=True, slots=True)
class SplitResult:
    """The parts of a cluster, their arrays in files."""

    cluster_id: int
    rows: ArrayReference
    parts: ArrayReference
    strengths: ArrayReference
    descriptions: tuple[Description, ...]

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files behind it."""
        return *self.rows.paths, *self.parts.paths, *self.strengths.paths

    def load(self) -> Parts:
        """Return the parts, their arrays mapped from their files."""
        return Parts(self.cluster_id, self.rows.load(), self.parts.load(), self.strengths.load(), self.descriptions)


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitRequest:
    """Find the parts of one cluster and describe them, as ``corrections.split`` does."""

    documents: DocumentsReference
    vectors: ArrayReference
    members: ArrayReference
    cluster_id: int
    method: SplitMethod = "auto"
    n_parts: int | None = None
    seed: int

    def run(self, report: StageReport, folder: Path, tell: Tell) -> SplitResult:  # noqa: ARG002 - whole or not
        """Do the work in the engine's process."""
        found = corrections.split(
            self.documents,
            self.vectors.load(),
            self.members.load(),
            cluster_id=self.cluster_id,
            method=self.method,
            n_parts=self.n_parts,
            seed=self.seed,
            report=report,
        )
        rows, parts = write_array(folder, "rows", found.rows), write_array(folder, "parts", found.parts)
        strengths = write_array(folder, "strengths", found.strengths)
        return SplitResult(self.cluster_id, rows, parts, strengths, found.descriptions)


@dataclass(frozen=True, slots=True)
class AssignResult:
    """Where noise belongs, in files."""

    rows: ArrayReference
    clusters: ArrayReference
    strengths: ArrayReference

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files behind it."""
        return *self.rows.paths, *self.clusters.paths, *self.strengths.paths

    def load(self) -> Assigned:
        """Return the arrays, mapped from their files."""
        return Assigned(self.rows.load(), self.clusters.load(), self.strengths.load())


@dataclass(frozen=True, slots=True)
class AssignRequest:
    """Find the likeliest cluster of all noise, as ``corrections.assign`` does."""

    vectors: ArrayReference
    members: ArrayReference

    def run(self, report: StageReport, folder: Path, tell: Tell) -> AssignResult:  # noqa: ARG002 - whole or not
        """Do the work in the engine's process."""
        found = corrections.assign(self.vectors.load(), self.members.load(), report=report)
        return AssignResult(
            write_array(folder, "rows", found.rows),
            write_array(folder, "clusters", found.clusters),
            write_array(folder, "strengths", found.strengths),
        )


@dataclass(frozen=True, slots=True)
class OverviewRequest:
    """Look every cluster over, as ``corrections.look_over`` does; the result is small and comes through the pipe."""

    vectors: ArrayReference
    members: ArrayReference
    n_borderline: int = corrections.N_BORDERLINE

    def run(self, report: StageReport, folder: Path, tell: Tell) -> Overview:  # noqa: ARG002 - small
        """Do the work in the engine's process."""
        return corrections.look_over(
            self.vectors.load(), self.members.load(), n_borderline=self.n_borderline, report=report
        )


@dataclass(frozen=True, slots=True)
class ProposalResult:
    """Proposed moves, in files."""

    rows: ArrayReference
    sources: ArrayReference
    clusters: ArrayReference
    scores: ArrayReference

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files behind it."""
        return *self.rows.paths, *self.sources.paths, *self.clusters.paths, *self.scores.paths

    def load(self) -> Proposal:
        """Return the proposal, its arrays mapped from their files."""
        return Proposal(self.rows.load(), self.sources.load(), self.clusters.load(), self.scores.load())

    @classmethod
    def written(cls, folder: Path, found: Proposal) -> "ProposalResult":
        """Write a proposal into ``folder``."""
        return cls(
            write_array(folder, "rows", found.rows),
            write_array(folder, "sources", found.sources),
            write_array(folder, "clusters", found.clusters),
            write_array(folder, "scores", found.scores),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeRequest:
    """Propose further documents for a move by hand, as ``corrections.propose`` does."""

    vectors: ArrayReference
    members: ArrayReference
    by_hand: ArrayReference
    target: int
    limit: int

    def run(self, report: StageReport, folder: Path, tell: Tell) -> ProposalResult:  # noqa: ARG002 - whole or not
        """Do the work in the engine's process."""
        found = corrections.propose(
            self.vectors.load(),
            self.members.load(),
            self.by_hand.load(),
            target=self.target,
            limit=self.limit,
            report=report,
        )
        return ProposalResult.written(folder, found)


@dataclass(frozen=True, slots=True)
class LearnRequest:
    """Propose what all examples together teach, as ``corrections.learn`` does."""

    vectors: ArrayReference
    graph: GraphReference
    members: ArrayReference
    examples: ArrayReference
    named: tuple[int, ...] = ()
    unread: bool = False

    def run(self, report: StageReport, folder: Path, tell: Tell) -> ProposalResult:  # noqa: ARG002 - whole or not
        """Do the work in the engine's process."""
        found = corrections.learn(
            self.vectors.load(),
            self.graph.load(),
            self.members.load(),
            self.examples.load(),
            named=self.named,
            unread=self.unread,
            report=report,
        )
        return ProposalResult.written(folder, found)


@dataclass(frozen=True, slots=True)
class StrandsResult:
    """What clusters consist of, in files."""

    ids: ArrayReference
    clusters: ArrayReference
    follows: ArrayReference
    votes: ArrayReference
    middles: ArrayReference
    shown: ArrayReference

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files behind it."""
        arrays = (self.ids, self.clusters, self.follows, self.votes, self.middles, self.shown)
        return tuple(path for array in arrays for path in array.paths)

    def load(self) -> Strands:
        """Return the strands, their arrays mapped from their files."""
        return Strands(
            self.ids.load(),
            self.clusters.load(),
            self.follows.load(),
            self.votes.load(),
            self.middles.load(),
            self.shown.load(),
        )

    @classmethod
    def written(cls, folder: Path, found: Strands) -> "StrandsResult":
        """Write strands into ``folder``."""
        return cls(
            write_array(folder, "ids", found.ids),
            write_array(folder, "clusters", found.clusters),
            write_array(folder, "follows", found.follows),
            write_array(folder, "votes", found.votes),
            write_array(folder, "middles", found.middles),
            write_array(folder, "shown", found.shown),
        )


@dataclass(frozen=True, slots=True)
class StrandsRequest:
    """Find what every cluster consists of, as ``corrections.strands`` does."""

    vectors: ArrayReference
    graph: GraphReference
    members: ArrayReference
    seed: int
    fineness: Fineness = "few"

    def run(self, report: StageReport, folder: Path, tell: Tell) -> StrandsResult:  # noqa: ARG002 - whole or not
        """Do the work in the engine's process."""
        found = corrections.strands(
            self.vectors.load(),
            self.graph.load(),
            self.members.load(),
            seed=self.seed,
            fineness=self.fineness,
            report=report,
        )
        return StrandsResult.written(folder, found)


@dataclass(frozen=True, slots=True)
class DoubtfulResult:
    """What is worth a second look, in files."""

    strands: StrandsResult
    order: ArrayReference

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files behind it."""
        return *self.strands.paths, *self.order.paths

    def load(self) -> Doubtful:
        """Return the answer, its arrays mapped from their files."""
        return Doubtful(self.strands.load(), self.order.load())


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondLookRequest:
    """Find the small groups whose name is most doubtful, as ``corrections.second_look`` does."""

    vectors: ArrayReference
    graph: GraphReference
    members: ArrayReference
    named: tuple[int, ...]
    asked: tuple[int, ...]
    seed: int

    def run(self, report: StageReport, folder: Path, tell: Tell) -> DoubtfulResult:  # noqa: ARG002 - whole or not
        """Do the work in the engine's process."""
        found = corrections.second_look(
            self.vectors.load(),
            self.graph.load(),
            self.members.load(),
            named=self.named,
            asked=self.asked,
            seed=self.seed,
            report=report,
        )
        return DoubtfulResult(StrandsResult.written(folder, found.strands), write_array(folder, "order", found.order))
