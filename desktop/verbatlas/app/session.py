"""What the window works on now: the study, the one running job, and what comes of it."""

import threading
import traceback
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEventLoop, QObject, Signal, SignalInstance

from verbatlas import sentences
from verbatlas.app.background import Background, Task
from verbatlas.app.engine_thread import EngineBug, EngineThread
from verbatlas.app.export_choice import ExportChoice
from verbatlas.app.export_files import export_table
from verbatlas.app.map_colours import colouring_of
from verbatlas.app.map_job import MadeMap, make_map
from verbatlas.app.steps import Step, all_steps, steps_needed
from verbatlas.app.work import (
    Counted,
    OpenedStudy,
    ReadTable,
    TextChoice,
    count_near,
    count_texts,
    create_study,
    open_study,
    read_table,
)
from verbatlas.encoders import Choice
from verbatlas.encoders.server import Agreement
from verbatlas.engine import Engine
from verbatlas.errors import Problem, UserError
from verbatlas.local_words import run_sentences
from verbatlas.sentences import TextCounts
from verbatlas.study import (
    Change,
    Edit,
    HistoryEntry,
    LeaveOut,
    Rename,
    ReplaceClustering,
    Settings,
    Study,
    steps_beside,
)
from verbatlas.tables import TableFormat
from verbatlas.words import gettext as _

# What may well be gone when the same job is started again.
_PASSING = {Problem.ENGINE_DIED, Problem.OUT_OF_MEMORY, Problem.DISK_FULL}

# The session's own questions, beside those that others ask by name.
_COUNTING, _COLOURING = "count", "colour"


class Session(QObject):
    """Run one job at a time for one study at a time.

    Attributes:
        study_changed: Another study is open, or none.
        labelling_changed: An edit, an undo or a redo changed the open study; a Change.
        situation_changed: Something that decides which actions make sense has changed.
        table_read: A file has been read; a ReadTable.
        counted: The documents of some columns have been counted, first without near duplicates; a Counted.
        near_progress: How far the search for near duplicates has come: None, done, total.
        job_began: A job began: its title and its Steps.
        progress: How far it has come: the engine's Stage or None, done, total.
        cancelling: The wish to cancel it was heard; it may take a moment.
        job_ended: It is over, in whatever way.
        problem: Something failed that a person can mend: a UserError, and whether trying again makes sense.
        bug: Something failed that is our mistake: its traceback.
        told: What a person should know; a list of sentences.
        edited: An edit was made; what it did, in words.
        exported: A file has been written; its path.
        answered: A question asked quietly has its answer: the question's name, and the answer, or the UserError.
        sending_asked: Comments would leave this computer, and the person must know first: the encoder.
        choice_changed: Another encoder has read the comments.
        coloured: The colouring that was asked for is there; a Colouring, or None for the clusters' colours.
    """

    study_changed = Signal()
    labelling_changed = Signal(object)
    situation_changed = Signal()
    table_read = Signal(object)
    counted = Signal(object)
    near_progress = Signal(object, object, object)
    job_began = Signal(str, object)
    progress = Signal(object, object, object)
    cancelling = Signal()
    job_ended = Signal()
    problem = Signal(object, bool)
    bug = Signal(str)
    told = Signal(object)
    edited = Signal(str)
    exported = Signal(object)
    coloured = Signal(object)
    answered = Signal(str, object)
    choice_changed = Signal()
    sending_asked = Signal(str)

    def __init__(self, background: Background, engine: EngineThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._engine = engine
        self._task: Task | None = None
        self._can_retry = False
        self._is_stale = False
        self._edits = threading.Lock()
        self._waiting: list[Edit] = []
        self._is_editing = False
        self._then: Callable[[Any], None] | SignalInstance | None = None
        self._questions: dict[str, tuple[Task, Background]] = {}
        self.study: Study | None = None
        self.wanted = Settings()
        self.choice: Choice | None = None
        self.counts: TextCounts | None = None
        self.may_send: Callable[[str], bool] = lambda _encoder: True
        self.model_folders: Callable[[], Sequence[Path]] = lambda: ()

    @property
    def background(self) -> Background:
        """The thread for what would stop the window but needs no engine."""
        return self._background

    @property
    def is_busy(self) -> bool:
        """Whether a job is running."""
        return self._task is not None

    @property
    def has_map(self) -> bool:
        """Whether the open study has clusters to show."""
        return self.study is not None and self.study.labelling is not None

    @property
    def is_outdated(self) -> bool:
        """Whether the controls ask for something else than the study shows; not asked while a job runs."""
        if self.study is None or self.is_busy or self.study.is_read_only:
            return False
        return bool(steps_needed(self.study, self.wanted, is_stale=self._is_stale))

    def read(self, path: Path, table_format: TableFormat | None = None) -> None:
        """Read a table, written as ``table_format`` or as found by its content."""
        task = Task(lambda task: read_table(path, table_format, task.report))
        self._begin(task, _("Reading {name}").format(name=path.name), [Step.READ], then=self.table_read)

    def read_and_map(self, path: Path) -> None:
        """Read a table whose text columns need no person to find them, and make its map at once."""
        task = Task(lambda task: read_table(path, None, task.report))
        self._begin(task, _("Reading {name}").format(name=path.name), [Step.READ], then=self._on_sample_read)

    def count(self, read: ReadTable, choice: TextChoice) -> None:
        """Count the documents of ``choice``; an earlier question is forgotten."""
        task = Task(lambda task: count_texts(read.table, choice, task.report))
        self._put(_COUNTING, task, self._background, then=self.counted)

    def count_near(self, counted: Counted) -> None:
        """Count near duplicates too, which takes longer."""
        task = Task(lambda task: count_near(counted, task.report))
        task.progress.connect(self.near_progress)
        self._put(_COUNTING, task, self._background, then=self.counted)

    def stop_counting(self) -> None:
        """Want no more to be counted."""
        self.forget(_COUNTING)

    def colour(self, key: str) -> None:
        """Find out how the map is coloured by the choice of this key; an earlier question is forgotten."""
        study = self.study
        if study is not None:
            task = Task(lambda _task: colouring_of(study, key))
            self._put(_COLOURING, task, self._background, then=self.coloured)

    def ask(self, name: str, work: Callable[[], object]) -> None:
        """Let the background answer a question; an earlier one of the same name is forgotten."""
        self._put(name, Task(lambda _task: (name, _or_error(work))), self._background, then=self._on_answer)

    def ask_engine(
        self, name: str, work: Callable[[Engine, Task], object], *, progress: SignalInstance | None = None
    ) -> None:
        """Let the engine answer a question; it is forgotten when a job needs the engine, or for a later one.

        Args:
            name: Of the question.
            work: Answers it, in the engine's thread.
            progress: Hears how far it has come: the engine's Stage or None, done, total.
        """
        engine = self._engine.engine
        task = Task(lambda task: (name, _or_error(lambda: work(engine, task))))
        if progress is not None:
            task.progress.connect(progress)
        self._put(name, task, self._engine, then=self._on_answer)

    def forget(self, name: str) -> None:
        """Want no answer to the question of this name any more."""
        before = self._questions.pop(name, None)
        if before is not None:
            before[0].cancel()

    def _put(
        self,
        name: str,
        task: Task,
        thread: Background,
        *,
        then: Callable[[Any], None] | SignalInstance,
    ) -> None:
        """Let a thread answer a question that is no job of its own, instead of an earlier one of the same name."""
        self.forget(name)
        task.finished.connect(then)
        task.failed.connect(self._on_failed_quietly)
        self._questions[name] = (task, thread)
        thread.add(task)

    def create(self, read: ReadTable, choice: TextChoice, leave_out: tuple[LeaveOut, ...] = ()) -> None:
        """Make a study of the text of ``choice`` and its map."""
        settings = Settings(leave_out=leave_out)
        task = Task(lambda task: create_study(read, choice, settings, go_on=task.stop_if_unwanted))
        self._begin(task, _("Making the map"), all_steps(settings), then=self._on_opened)

    def open(self, path: Path) -> None:
        """Open a study again; one that is open already is announced again."""
        if self.study is not None and path.resolve() == self.study.path.resolve():
            self.study_changed.emit()
            return
        task = Task(lambda _task: open_study(path))
        self._begin(task, _("Opening {name}").format(name=path.stem), [], then=self._on_opened)

    def want(self, settings: Settings) -> None:
        """Remember what the controls ask for; nothing is computed yet."""
        self.wanted = settings
        self.situation_changed.emit()

    def run(self) -> None:
        """Compute what the open study lacks for what is wanted."""
        study = self.study
        if study is None or self.is_busy or study.is_read_only:
            return
        steps = steps_needed(study, self.wanted, is_stale=self._is_stale)
        if not steps:
            return
        if Step.EMBED in steps and not self.may_send(self.wanted.encoder):
            self.sending_asked.emit(self.wanted.encoder)
            return
        title = _("Updating the clusters") if self.has_map else _("Making the map")
        work = partial(
            _make_map,
            study,
            self.wanted,
            steps=steps,
            engine=self._engine.engine,
            edits=self._edits,
            model_folders=self.model_folders(),
            compared=self._tell_agreement,
        )
        self._begin(Task(work), title, steps, thread=self._engine, then=self._on_map_made)

    def cancel(self) -> None:
        """Ask the running job to stop."""
        if self._task is not None and not self._is_editing:  # an edit is over in a moment, and is never lost
            self._task.cancel()
            self.cancelling.emit()

    def rename(self, cluster: int, name: str) -> bool:
        """Give a cluster a name by hand, and return whether it has it."""
        is_done = self.do(Rename(cluster, name))
        if is_done:
            self._tell_twins(cluster)
        return is_done

    def do(self, edit: Edit) -> bool:
        """Make an edit that moves no comment, at once, also beside a running job, and return whether it is made."""
        assert self.study is not None
        try:
            with self._edits:
                self.study.do(edit)
        except UserError as error:
            self.problem.emit(error, False)  # noqa: FBT003 - a signal has no keywords
            return False
        finally:
            self.situation_changed.emit()
        return True

    def _tell_twins(self, cluster: int) -> None:
        """Say that another cluster has the same name: often both are one."""
        assert self.study is not None
        labelling = self.study.labelling
        assert labelling is not None
        name = labelling.clusters[cluster].name
        same = [other for other in labelling.clusters.values() if other.name.casefold() == name.casefold()]
        if len(same) > 1:
            words = _(
                "{count} clusters are called '{name}' now. If they are one, select them and press Ctrl+M to merge."
            )
            self.told.emit([words.format(count=len(same), name=name)])

    def edit(self, edit: Edit) -> None:
        """Make an edit and say in words what it did; while a job is running it waits, and is not lost."""
        study = self.study
        assert study is not None
        if self.is_busy:
            self._waiting.append(edit)
            return

        def work(_task: Task) -> str:
            with self._edits:
                study.do(edit)
                return sentences.edit_sentence(study.history[-1])

        self._begin(Task(work), _("Changing the clusters"), [], then=self._on_edited)
        self._is_editing = True

    def undo(self) -> None:
        """Take the last edit back, and say which."""
        assert self.study is not None
        back, _forth = steps_beside(self.study.history)
        self._step(Study.undo, _("Undoing"), _said(_("Undone: {edit}"), back))

    def redo(self) -> None:
        """Bring the last undone edit back, and say which."""
        assert self.study is not None
        _back, forth = steps_beside(self.study.history)
        self._step(Study.redo, _("Redoing"), _said(_("Done again: {edit}"), forth))

    def go_to(self, number: int) -> None:
        """Go to the moment after an edit of the history."""
        self._step(lambda study: study.go_to(number), _("Going through the history"), [])

    def export(self, choice: ExportChoice, rows: NDArray[np.int64] | None = None) -> None:
        """Write the labelled table, or some rows of it: int64, shape (n_wanted,)."""
        study = self.study
        assert study is not None
        task = Task(lambda task: export_table(study, choice, task.report, rows=rows))
        self._begin(task, _("Writing {name}").format(name=choice.path.name), [], then=self.exported)

    def write(self, path: Path, write: Callable[[Study, Path], Path]) -> None:
        """Let ``write`` make a file of the open study: a picture, a copy."""
        study = self.study
        assert study is not None
        task = Task(lambda _task: write(study, path))
        self._begin(task, _("Writing {name}").format(name=path.name), [], then=self.exported)

    def close_study(self) -> None:
        """Close the open study; its file has everything already."""
        if self.study is None or self.is_busy:
            return
        self._let_go()
        self.study_changed.emit()
        self.situation_changed.emit()

    def start(self) -> None:
        """Start the threads; the engine begins to load its libraries."""
        self._background.start()
        self._engine.start()

    def close(self) -> None:
        """Stop what is running and let go of everything; edits are made before."""
        self.cancel()
        while self._is_editing:
            loop = QEventLoop()
            self.job_ended.connect(loop.quit)
            loop.exec()
        self._engine.close()
        self._background.close()
        self._let_go()

    def _begin(
        self,
        task: Task,
        title: str,
        steps: Sequence[Step],
        *,
        then: Callable[[Any], None] | SignalInstance,
        thread: Background | None = None,
    ) -> None:
        if self._task is not None:  # a second press on the same button
            return
        for name in [name for name, (_task, used) in self._questions.items() if used is self._engine is thread]:
            self.forget(name)
        self.stop_counting()  # it may take a minute, and what begins now waits for the same thread
        self._task = task
        self._can_retry = thread is self._engine
        task.progress.connect(self.progress)
        self._then = then
        task.finished.connect(self._on_finished)
        task.failed.connect(self._on_failed)
        task.cancelled.connect(self._on_cancelled)
        self.job_began.emit(title, tuple(steps))
        self.situation_changed.emit()
        (thread or self._background).add(task)

    def _on_end(self) -> None:
        self._task = None
        self._is_editing = False
        self.job_ended.emit()
        self.situation_changed.emit()

    def _on_finished(self, result: object) -> None:
        """End the job before anyone hears what came of it: the next one may begin at once."""
        then, self._then = self._then, None
        self._on_end()
        if isinstance(then, SignalInstance):
            then.emit(result)
        elif then is not None:
            then(result)
        self._go_on()

    def _go_on(self) -> None:
        """Make an edit that was made meanwhile; after what the job has brought, which may be another study."""
        if self._waiting and self.study is not None and not self.is_busy:
            self.edit(self._waiting.pop(0))

    def _on_failed(self, error: Exception) -> None:
        self._on_end()
        if isinstance(error, UserError):
            self.problem.emit(error, self._can_retry and error.problem in _PASSING)
        else:
            self.bug.emit(detail_of(error))
        self._go_on()

    def _on_cancelled(self) -> None:
        self._on_end()
        self._go_on()

    def _on_failed_quietly(self, error: Exception) -> None:
        self.bug.emit(detail_of(error))

    def _on_answer(self, answer: tuple[str, object]) -> None:
        name, found = answer
        self._questions.pop(name, None)
        self.answered.emit(name, found)

    def _on_sample_read(self, read: ReadTable) -> None:
        self.create(read, TextChoice(read.guess))

    def _on_opened(self, opened: OpenedStudy) -> None:
        self._let_go()
        self.study, self.choice, self.counts = opened.study, opened.choice, opened.counts
        self.wanted = opened.study.settings
        opened.study.changed.connect(self._on_changed)
        self.study_changed.emit()
        self.situation_changed.emit()
        if opened.notice:
            self.told.emit([opened.notice])
        if not self.has_map:
            self.run()

    def _on_map_made(self, made: MadeMap) -> None:
        assert self.study is not None
        assert self.counts is not None
        self._is_stale = False
        if made.choice is not None:
            self.choice = made.choice
            self.choice_changed.emit()
        embedding = self.study.embedding
        labelling = self.study.labelling
        agreement = made.run.agreement
        warning = "" if agreement is None else sentences.agreement_sentence(agreement)
        said = [warning] if warning else []  # once more: the message that stays is the last one
        said += run_sentences([made.run])
        said += sentences.notices(self.counts, n_cut=embedding.n_cut if embedding else 0)
        said += sentences.left_out_sentences(labelling)
        self.told.emit([*said, *sentences.names_carried(made.change, labelling)])
        self.situation_changed.emit()

    def _tell_agreement(self, agreement: Agreement) -> None:
        """Warn before the work, from whichever thread does it: comments that are read badly are read for nothing."""
        if warning := sentences.agreement_sentence(agreement):
            self.told.emit([warning])

    def _on_stepped(self, passed: Sequence[HistoryEntry]) -> None:
        # The clusters are another run's now, while the settings are still the last run's.
        self._is_stale = self._is_stale or any(entry.kind == ReplaceClustering.kind for entry in passed)
        self.situation_changed.emit()

    def _on_edited(self, said: str) -> None:
        self.edited.emit(said)
        self.situation_changed.emit()

    def _on_changed(self, change: Change) -> None:
        """Pass the study's news on, from whichever thread made the edit."""
        self.labelling_changed.emit(change)

    def _step(self, step: Callable[[Study], Change | None], title: str, said: list[str]) -> None:
        study = self.study
        assert study is not None

        def work(_task: Task) -> list[HistoryEntry]:
            with self._edits:
                before = study.history
                step(study)
                return [old for old, new in zip(before, study.history, strict=True) if old != new]

        def then(passed: list[HistoryEntry]) -> None:
            self._on_stepped(passed)
            self.told.emit(said)

        self._begin(Task(work), title, [], thread=self._engine, then=then)

    def _let_go(self) -> None:
        while self._waiting and self.study is not None:  # made while another study was being opened
            self.do(self._waiting.pop(0))
        for name in list(self._questions):
            self.forget(name)
        if self.study is not None:
            self.study.changed.disconnect(self._on_changed)
            self.study.close()
        self.study = self.choice = self.counts = None
        self._is_stale = False


def _or_error(work: Callable[[], object]) -> object:
    """Return the answer, or what a person is to be told instead."""
    try:
        return work()
    except UserError as error:
        return error


def _make_map(study: Study, wanted: Settings, task: Task, **given: Any) -> MadeMap:
    return make_map(study, wanted, task=task, **given)


def detail_of(error: Exception) -> str:
    """Return what a report of a bug needs to know."""
    if isinstance(error, EngineBug):
        return str(error)
    return "".join(traceback.format_exception(error))


def _said(words: str, entry: HistoryEntry | None) -> list[str]:
    """Return what is told of a step that undo or redo makes."""
    return [] if entry is None else [words.format(edit=sentences.edit_sentence(entry))]
