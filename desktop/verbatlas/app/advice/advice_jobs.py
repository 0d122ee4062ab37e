"""The engine's answers about the open study; the vectors, which may be gigabytes, are shared with it once."""

import contextlib
from collections.abc import Iterator
from typing import cast

import numpy as np

from verbatlas.analysis.corrections import Proposal
from verbatlas.analysis.splitting import SplitMethod
from verbatlas.analysis.strands import Fineness, Strands
from verbatlas.app.background import Task
from verbatlas.app.engine_thread import ask
from verbatlas.engine import Engine
from verbatlas.engine.correction_requests import (
    AssignRequest,
    AssignResult,
    DoubtfulResult,
    LearnRequest,
    OverviewRequest,
    ProposalResult,
    ProposeRequest,
    SecondLookRequest,
    SplitRequest,
    SplitResult,
    StrandsRequest,
    StrandsResult,
)
from verbatlas.engine.corrections import Assigned, Doubtful, Overview, Parts
from verbatlas.engine.exchange import ArrayReference, Reference
from verbatlas.engine.requests import GraphReference
from verbatlas.study import Labelling, Study, named_by_hand

MOST_PROPOSED = 500


class AdviceJobs:
    """Ask the engine about a study; every method runs in the engine's thread.

    All of them raise UserError or EngineBug when the job fails, and Cancelled when it is no longer wanted.
    """

    def __init__(self) -> None:
        self._shared: tuple[int, ArrayReference] | None = None

    def overview(self, study: Study, labelling: Labelling, *, engine: Engine, task: Task) -> Overview:
        """Look all clusters over."""
        with _lent(engine) as lend:
            members = lend(engine.share_array(labelling.members))
            request = OverviewRequest(self._vectors(study, engine), members)
            return cast(Overview, ask(engine, request, task))

    def parts(
        self,
        study: Study,
        labelling: Labelling,
        cluster: int,
        *,
        method: SplitMethod,
        n_parts: int | None,
        engine: Engine,
        task: Task,
    ) -> Parts:
        """Find the parts of a cluster, or clusters in the noise for -1."""
        with _lent(engine) as lend:
            documents = engine.share_documents(study.documents)
            try:
                request = SplitRequest(
                    documents=documents,
                    vectors=self._vectors(study, engine),
                    members=lend(engine.share_array(labelling.members)),
                    cluster_id=cluster,
                    method=method,
                    n_parts=n_parts,
                    seed=study.settings.seed,
                )
                result = cast(SplitResult, ask(engine, request, task))
            finally:
                engine.release(documents)
            found = result.load()
            parts = Parts(
                found.cluster_id,
                np.array(found.rows),
                np.array(found.parts),
                np.array(found.strengths),
                found.descriptions,
            )
            engine.release(result)
            return parts

    def noise(self, study: Study, labelling: Labelling, *, engine: Engine, task: Task) -> Assigned:
        """Find the likeliest cluster of every comment that is in none."""
        with _lent(engine) as lend:
            members = lend(engine.share_array(labelling.members))
            result = cast(AssignResult, ask(engine, AssignRequest(self._vectors(study, engine), members), task))
            found = result.load()
            assigned = Assigned(np.array(found.rows), np.array(found.clusters), np.array(found.strengths))
            engine.release(result)
            return assigned

    def more(self, study: Study, labelling: Labelling, target: int, *, engine: Engine, task: Task) -> Proposal:
        """Find further comments for a cluster into which a person has put some; locked clusters are left alone."""
        with _lent(engine) as lend:
            request = ProposeRequest(
                vectors=self._vectors(study, engine),
                members=lend(engine.share_array(labelling.members)),
                by_hand=lend(engine.share_array(labelling.by_hand)),
                target=target,
                limit=MOST_PROPOSED,
            )
            return _proposed(cast(ProposalResult, ask(engine, request, task)), labelling, engine)

    def strands(self, study: Study, labelling: Labelling, *, fineness: Fineness, engine: Engine, task: Task) -> Strands:
        """Find what every cluster consists of, in few parts or many."""
        with _lent(engine) as lend:
            request = StrandsRequest(
                self._vectors(study, engine),
                _shared_graph(study, engine, lend),
                lend(engine.share_array(labelling.members)),
                study.settings.seed,
                fineness,
            )
            result = cast(StrandsResult, ask(engine, request, task))
            strands = _kept(result.load())
            engine.release(result)
            return strands

    def doubtful(self, study: Study, labelling: Labelling, *, engine: Engine, task: Task) -> Doubtful:
        """Find the small groups of comments whose name is most doubtful by all names that a person gave.

        Locked clusters teach too, and are not doubted: nothing could be taken out of them.
        """
        named = [id_ for id_, cluster in labelling.clusters.items() if cluster.named_by_hand]
        with _lent(engine) as lend:
            request = SecondLookRequest(
                vectors=self._vectors(study, engine),
                graph=_shared_graph(study, engine, lend),
                members=lend(engine.share_array(labelling.members)),
                named=tuple(named),
                asked=tuple(id_ for id_ in named if not labelling.clusters[id_].locked),
                seed=study.settings.seed,
            )
            result = cast(DoubtfulResult, ask(engine, request, task))
            found = result.load()
            doubtful = Doubtful(_kept(found.strands), np.array(found.order))
            engine.release(result)
            return doubtful

    def learned(self, study: Study, labelling: Labelling, *, engine: Engine, task: Task) -> Proposal:
        """Find what all names and comments placed by hand teach, also of the comments of clusters without either.

        Locked clusters are left alone.
        """
        with _lent(engine) as lend:
            request = LearnRequest(
                self._vectors(study, engine),
                _shared_graph(study, engine, lend),
                lend(engine.share_array(labelling.members)),
                lend(engine.share_array(np.flatnonzero(labelling.by_hand))),
                tuple(named_by_hand(labelling).values()),
                unread=True,
            )
            return _proposed(cast(ProposalResult, ask(engine, request, task)), labelling, engine)

    def _vectors(self, study: Study, engine: Engine) -> ArrayReference:
        """Return the study's vectors where the engine can read them, put there at the first question."""
        embedding = study.embedding
        assert embedding is not None
        if self._shared is None or self._shared[0] != id(embedding):
            if self._shared is not None:
                engine.release(self._shared[1])
            self._shared = (id(embedding), engine.share_array(embedding.vectors))
        return self._shared[1]


def _kept(strands: Strands) -> Strands:
    """Return strands that stay when the files go that their arrays are mapped from."""
    return Strands(
        np.array(strands.ids),
        np.array(strands.clusters),
        np.array(strands.follows),
        np.array(strands.votes),
        np.array(strands.middles),
        np.array(strands.shown),
    )


def _proposed(result: ProposalResult, labelling: Labelling, engine: Engine) -> Proposal:
    """Return the moves of an answer that take nothing out of a locked cluster or into one."""
    locked = [id_ for id_, cluster in labelling.clusters.items() if cluster.locked]
    proposal = result.load().leaving_out(locked)
    engine.release(result)
    return proposal


def _shared_graph(study: Study, engine: Engine, lend: "_Lend") -> GraphReference:
    graph = study.graph
    assert graph is not None
    return GraphReference(
        indices=lend(engine.share_array(graph.indices)), similarities=lend(engine.share_array(graph.similarities))
    )


class _Lend:
    def __init__(self) -> None:
        self.lent: list[Reference] = []

    def __call__(self, reference: ArrayReference) -> ArrayReference:
        self.lent.append(reference)
        return reference


@contextlib.contextmanager
def _lent(engine: Engine) -> Iterator[_Lend]:
    """Remove what was shared for one question after its answer."""
    lend = _Lend()
    try:
        yield lend
    finally:
        engine.release(*lend.lent)
