"""Advice about the open study: computed while the person works, never in the way, forgotten when it no longer fits."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

from verbatlas.analysis.corrections import Proposal
from verbatlas.analysis.splitting import SplitMethod
from verbatlas.analysis.strands import Fineness, Strands
from verbatlas.app.advice.advice_jobs import AdviceJobs
from verbatlas.app.background import Task
from verbatlas.app.session import Session
from verbatlas.engine import Engine
from verbatlas.engine.corrections import Assigned, Doubtful, Overview, Parts
from verbatlas.errors import UserError
from verbatlas.study import Change, Labelling, Study

_OVERVIEW, _PARTS, _NOISE, _MORE = "overview", "parts", "noise", "more"
_STRANDS, _LEARNED, _DOUBTFUL = "strands", "learned", "doubtful"
_BREATH = 400  # ms after the last change: several edits in a row need one look


class Advice(QObject):
    """Ask the engine, and announce its answers as long as they are about the clusters there are now.

    Attributes:
        overview_changed: All clusters have been looked over, or that is no longer true (None); an Overview.
        parts_found: The parts that were asked for; a Parts, or a UserError.
        noise_placed: Where the comments of no cluster belong; an Assigned, or a UserError.
        more_found: Comments that may follow those that were moved: a Proposal and the cluster.
        strands_found: What all clusters consist of; Strands.
        learned: What all names and comments placed by hand say of the others; a Proposal.
        doubtful_found: Which small groups of comments have a doubtful name; a Doubtful, or a UserError.
        doubtful_progress: How far the search for them has come: the engine's Stage, done, total.
    """

    overview_changed = Signal(object)
    parts_found = Signal(object)
    noise_placed = Signal(object)
    more_found = Signal(object, int)
    strands_found = Signal(object)
    learned = Signal(object)
    doubtful_found = Signal(object)
    doubtful_progress = Signal(object, object, object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = AdviceJobs()
        self.overview: Overview | None = None
        self._breath = QTimer(self)
        self._breath.setSingleShot(True)
        self._breath.setInterval(_BREATH)
        self._breath.timeout.connect(self._look_over)
        session.study_changed.connect(self._on_study)
        session.labelling_changed.connect(self._on_labelling)
        session.job_ended.connect(self._on_job_ended)
        session.answered.connect(self._on_answer)

    def find_parts(self, cluster: int, *, method: SplitMethod, n_parts: int | None) -> None:
        """Find the parts of a cluster, or clusters in the noise for -1; ``parts_found`` tells them."""
        self._ask(
            _PARTS,
            lambda study, labelling, engine, task: self._jobs.parts(
                study, labelling, cluster, method=method, n_parts=n_parts, engine=engine, task=task
            ),
        )

    def place_noise(self) -> None:
        """Find where the comments of no cluster belong; ``noise_placed`` tells it."""
        self._ask(
            _NOISE,
            lambda study, labelling, engine, task: self._jobs.noise(study, labelling, engine=engine, task=task),
        )

    def find_more(self, target: int) -> None:
        """Find comments that may follow those that were moved to ``target``; ``more_found`` tells them."""
        self._ask(
            _MORE,
            lambda study, labelling, engine, task: (
                self._jobs.more(study, labelling, target, engine=engine, task=task),
                target,
            ),
        )

    def find_strands(self, *, fineness: Fineness = "few") -> None:
        """Find what all clusters consist of, in few parts or many; ``strands_found`` tells it."""
        self._ask(
            _STRANDS,
            lambda study, labelling, engine, task: self._jobs.strands(
                study, labelling, fineness=fineness, engine=engine, task=task
            ),
        )

    def learn(self) -> None:
        """Find which comments belong elsewhere by all that a person has named and placed; ``learned`` tells it."""
        self._ask(
            _LEARNED,
            lambda study, labelling, engine, task: self._jobs.learned(study, labelling, engine=engine, task=task),
        )

    def find_doubtful(self) -> None:
        """Find the small groups of comments whose name is most doubtful; ``doubtful_found`` tells them."""
        self._ask(
            _DOUBTFUL,
            lambda study, labelling, engine, task: self._jobs.doubtful(study, labelling, engine=engine, task=task),
            progress=self.doubtful_progress,
        )

    def _ask(
        self,
        name: str,
        work: Callable[[Study, Labelling, Engine, Task], object],
        *,
        progress: SignalInstance | None = None,
    ) -> None:
        study = self._session.study
        labelling = None if study is None else study.labelling
        if study is None or labelling is None or not study.has_embedding:
            return
        known, asked = study, labelling  # the values of this moment, for the engine's thread
        self._session.ask_engine(
            name, lambda engine, task: (asked, work(known, asked, engine, task)), progress=progress
        )

    def _on_study(self) -> None:
        self._forget()
        self._breath.start()

    def _on_labelling(self, change: Change) -> None:
        if len(change.rows):
            self._forget()
            self._breath.start()

    def _on_job_ended(self) -> None:
        if self.overview is None:
            self._breath.start()

    def _forget(self) -> None:
        if self.overview is not None:
            self.overview = None
            self.overview_changed.emit(None)

    def _look_over(self) -> None:
        if not self._session.is_busy and self.overview is None:
            self._ask(
                _OVERVIEW,
                lambda study, labelling, engine, task: self._jobs.overview(study, labelling, engine=engine, task=task),
            )

    def _on_answer(self, name: str, answer: object) -> None:
        """Pass an answer on if the comments are where they were when it was asked for."""
        study = self._session.study
        match name, answer:
            case "parts", UserError():
                self.parts_found.emit(answer)
            case "noise", UserError():
                self.noise_placed.emit(answer)
            case "doubtful", UserError():
                self.doubtful_found.emit(answer)
            case _, (Labelling() as asked, found):
                if study is None or study.labelling is None or study.labelling.members is not asked.members:
                    return
                self._tell(found)

    def _tell(self, found: object) -> None:
        match found:
            case Overview():
                self.overview = found
                self.overview_changed.emit(found)
            case Parts():
                self.parts_found.emit(found)
            case Assigned():
                self.noise_placed.emit(found)
            case Doubtful():
                self.doubtful_found.emit(found)
            case Strands():
                self.strands_found.emit(found)
            case Proposal():
                self.learned.emit(found)
            case (Proposal() as proposal, int() as target):
                self.more_found.emit(proposal, target)
