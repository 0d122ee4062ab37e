"""The job behind "Make the map" and "Update": what is missing is computed by the engine and kept by the study."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import TypeVar, cast

from verbatlas.app.background import Task
from verbatlas.app.engine_thread import ask
from verbatlas.app.steps import Step
from verbatlas.app.work import choice_of
from verbatlas.encoders import Choice
from verbatlas.encoders.server import Agreement
from verbatlas.engine import Engine
from verbatlas.engine.exchange import ArrayReference, DocumentsReference, Reference
from verbatlas.engine.jobs import Clustered, Run
from verbatlas.engine.requests import (
    ArrangeRequest,
    ArrangeResult,
    ClusterRequest,
    ClusterResult,
    EmbedPart,
    EmbedRequest,
    EmbedResult,
    GraphReference,
    LeaveOutRequest,
)
from verbatlas.study import Change, ReplaceClustering, Settings, Study

Shared = TypeVar("Shared", bound=Reference)


@dataclass(frozen=True, slots=True)
class MadeMap:
    """What came of a run.

    Attributes:
        change: What it changed in the clusters.
        choice: The encoder that read the comments; None where they were not read again.
        run: How its model was run.
    """

    change: Change
    choice: Choice | None
    run: Run


def make_map(
    study: Study,
    wanted: Settings,
    *,
    steps: Sequence[Step],
    engine: Engine,
    edits: Lock,
    task: Task,
    model_folders: Sequence[Path] = (),
    compared: Callable[[Agreement], None] = lambda _agreement: None,
) -> MadeMap:
    """Do ``steps`` and keep every result in ``study``.

    Args:
        study: The study.
        wanted: What its clusters should be.
        steps: What ``steps_needed`` said.
        engine: Does the work; started.
        edits: Held by whoever edits the study.
        task: Reported to.
        model_folders: Where models of the person's own lie, to compare a server with its copy.
        compared: Told, before comments are sent, how far a server answers as the copy of its model.

    Raises:
        UserError: A step failed in a way that a person can be told; what was stored before stays.
        EngineBug: A step failed in another way.
        Cancelled: The task is no longer wanted.
    """
    job = _Job(study, wanted, engine=engine, task=task, model_folders=tuple(model_folders), compared=compared)
    try:
        if Step.LEAVE_OUT in steps:
            job.leave_out()
        choice = job.embed() if Step.EMBED in steps else None
        if Step.ARRANGE in steps:
            job.arrange()
        clustered = job.cluster()
        task.stop_if_unwanted()
        with edits:
            change = study.do(job.edit(clustered))
            study.set_settings(wanted)
        return MadeMap(change, choice, job.run)
    finally:
        job.tidy_up()


class _Job:
    """The values that one run shares with the engine's process, put there once."""

    def __init__(
        self,
        study: Study,
        wanted: Settings,
        *,
        engine: Engine,
        task: Task,
        model_folders: tuple[Path, ...],
        compared: Callable[[Agreement], None],
    ) -> None:
        self._study = study
        self._wanted = wanted
        self._engine = engine
        self._task = task
        self._shared: list[Reference] = []
        self._documents: DocumentsReference = self._keep(engine.share_documents(study.documents))
        self._stand_ins: ArrayReference | None = None
        self._vectors: ArrayReference | None = None
        self._graph: GraphReference | None = None
        self._model_folders = model_folders
        self._compared = compared
        self.run = Run()

    def leave_out(self) -> None:
        """Find out which comments are left out, and which one stands for each."""
        request = LeaveOutRequest(self._documents, self._wanted.leave_out, self._wanted.seed)
        self._stand_ins = self._keep(cast(ArrayReference, ask(self._engine, request, self._task)))

    def embed(self) -> Choice:
        """Turn the documents into vectors, store them, and return which encoder did it."""
        choice = choice_of(self._study, self._wanted)
        request = EmbedRequest(
            self._documents,
            choice,
            self._wanted.seed,
            self._begun(),
            self._stand_ins,
            model_folders=self._model_folders,
        )
        result = self._keep(cast(EmbedResult, ask(self._engine, request, self._task, keep=self._hear)))
        self._vectors, self.run = result.vectors, result.run
        # At once: a run that is stopped later leaves vectors of which the settings must say how they were made.
        wanted = self._wanted
        made = replace(self._study.settings, encoder=wanted.encoder, precision=wanted.precision, seed=wanted.seed)
        self._study.set_settings(made)
        self._task.stop_if_unwanted()
        return choice

    def _begun(self) -> EmbedResult | None:
        """Return the vectors that an earlier run of this job has left behind."""
        begun = self._study.begun_embedding(self._wanted.sieve)
        if begun is None:
            return None
        vectors = self._keep(self._engine.share_array(begun.vectors))
        return EmbedResult(vectors, begun.identity, begun.n_cut)

    def _hear(self, told: object) -> None:
        if isinstance(told, Agreement):
            self._compared(told)
            return
        part = cast(EmbedPart, told)
        self._study.store_vectors(part.start, part.result.load(), sieve=self._wanted.sieve)
        self._engine.release(part)

    def arrange(self) -> None:
        """Find the neighbours and places of all comments and store them."""
        identity = self._study.encoder_identity
        assert identity is not None
        request = ArrangeRequest(self._documents, self._shared_vectors(), identity, self._wanted.seed)
        result = self._keep(cast(ArrangeResult, ask(self._engine, request, self._task)))
        self._task.stop_if_unwanted()
        arrangement = result.load()
        self._study.store_arrangement(arrangement.graph, arrangement.layout)
        self._graph = result.graph

    def cluster(self) -> Clustered:
        """Find clusters and describe them."""
        wanted = self._wanted
        request = ClusterRequest(
            documents=self._documents,
            vectors=self._shared_vectors(),
            graph=self._shared_graph(),
            method=wanted.method,
            n_clusters=wanted.n_clusters,
            detail=wanted.detail,
            every_row=wanted.every_row,
            seed=wanted.seed,
        )
        result = self._keep(cast(ClusterResult, ask(self._engine, request, self._task)))
        return result.load()

    def edit(self, clustered: Clustered) -> ReplaceClustering:
        """Return the edit that takes the clusters over."""
        layout = self._study.layout
        assert layout is not None
        stand_ins = None if self._stand_ins is None else self._stand_ins.load()
        return ReplaceClustering.of(clustered.clustering, clustered.descriptions, layout, stand_ins)

    def tidy_up(self) -> None:
        """Remove what was shared; arrays already loaded stay valid."""
        self._engine.release(*self._shared)

    def _shared_vectors(self) -> ArrayReference:
        if self._vectors is None:
            embedding = self._study.embedding
            assert embedding is not None
            self._vectors = self._keep(self._engine.share_array(embedding.vectors))
        return self._vectors

    def _shared_graph(self) -> GraphReference:
        if self._graph is None:
            graph = self._study.graph
            assert graph is not None
            self._graph = self._keep(
                GraphReference(
                    indices=self._engine.share_array(graph.indices),
                    similarities=self._engine.share_array(graph.similarities),
                )
            )
        return self._graph

    def _keep(self, reference: Shared) -> Shared:
        self._shared.append(reference)
        return reference
