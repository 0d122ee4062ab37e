"""What happens on the page of models: they are listed, brought, checked and removed."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox

from verbatlas.amounts import bytes_in_words
from verbatlas.app.background import Background, Task
from verbatlas.app.live_preferences import LivePreferences
from verbatlas.app.models.engine_lane import EngineLane
from verbatlas.app.models.model_details import ModelDetails
from verbatlas.app.models.models_window import ModelsWindow
from verbatlas.app.models.shelf import ShelfModel, shelf
from verbatlas.encoders.hub.checking import CheckedModel
from verbatlas.encoders.hub.download import DownloadedModel
from verbatlas.encoders.hub.installed import InstalledModel, Origin, begun_size, list_installed
from verbatlas.encoders.hub.network import Network
from verbatlas.encoders.hub.places import begun_folder
from verbatlas.encoders.hub.plan import CONVERTER
from verbatlas.encoders.reference import is_hub_id, parse
from verbatlas.engine.model_requests import CheckModelRequest, DownloadModelRequest, RemoveModelRequest
from verbatlas.engine.stages import Stage
from verbatlas.errors import Problem, UserError
from verbatlas.model_words import conversion_sentence, encoder_title
from verbatlas.problem_words import sentence
from verbatlas.progress import Cancelled
from verbatlas.second_look import second_look
from verbatlas.words import gettext as _

_DOWNLOAD, _CHECK, _REMOVE, _DISCARD = "download", "check", "remove", "discard"

# What removing says where nothing had arrived yet.
_NOTHING_THERE = frozenset({Problem.MODEL_NOT_INSTALLED, Problem.MODEL_NOT_OURS})


class ShelfKeeper(QObject):
    """Keep the shelf of models, with or without a window that shows it.

    Attributes:
        changed: Other models are on this computer now.
        bug: Something failed that is our mistake: the exception.

    Args:
        background: Looks at the disk.
        own: What the person prefers.
        network: How the hub is reached at this moment.
        parent: The owner.
    """

    changed = Signal()
    bug = Signal(object)

    def __init__(
        self, background: Background, own: LivePreferences, *, network: Callable[[], Network], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._own = own
        self._network = network
        self._lane = EngineLane(self)
        self._looking: Task | None = None
        self._view: ModelsWindow | None = None
        self._models: list[ShelfModel] = []  # until the disk has been looked at
        self._wanted: list[str] = []
        self._lane.progressed.connect(self._on_progress)
        self._lane.answered.connect(self._on_answer)
        self._lane.failed.connect(self._on_failed)

    @property
    def models(self) -> list[ShelfModel]:
        """The shelf as it was found last; nothing before the first look."""
        return self._models

    def look(self) -> None:
        """Look at the disk; ``changed`` tells when the shelf is known."""
        if self._looking is not None:
            self._looking.cancel()
        folders = self._own.preferences.model_places
        self._looking = Task(lambda _task: list_installed(folders=folders))
        self._looking.finished.connect(self._on_listed)
        self._looking.failed.connect(self.bug)
        self._background.add(self._looking)

    def show_in(self, view: ModelsWindow) -> None:
        """Keep ``view`` up to date, and do what is asked for in it, until it is closed."""
        self._view = view
        details = view.details
        view.models.chosen.connect(self._show_model)
        view.other_asked.connect(self._add_other)
        view.folder_asked.connect(self._add_folder)
        details.download_asked.connect(self._download)
        details.pause_asked.connect(self._stop)
        details.check_asked.connect(self._check)
        details.remove_asked.connect(self._remove)
        details.discard_asked.connect(self._discard)
        view.closed.connect(self._on_view_closed)
        self._show()
        self.look()

    def close(self) -> None:
        """Stop everything; what has arrived of a model is kept."""
        self._lane.close()

    def _on_view_closed(self, _result: int) -> None:
        self._view = None

    def _on_listed(self, installed: list[InstalledModel]) -> None:
        self._looking = None
        self._models = shelf(installed, wanted=self._wanted)
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        if self._view is not None:
            self._view.models.show_models(self._models, busy=self._busy())

    def _busy(self) -> dict[str, str]:
        doing = {
            _DOWNLOAD: _("downloading…"),
            _CHECK: _("checking…"),
            _REMOVE: _("removing…"),
            _DISCARD: _("removing…"),
        }
        jobs = [job.partition(" ") for job in self._lane.running]
        return {name: doing[kind] for kind, _space, name in jobs}

    def _show_model(self, name: str) -> None:
        model = next((model for model in self._models if model.name == name), None)
        if self._view is None or model is None:
            return
        details = self._view.details
        if details.model is None or details.model.name != name:
            details.say("")
        details.show_model(model, is_begun=_is_begun(model))
        self._look_into(model)
        if name in self._busy():
            details.begin(_("Working…"), is_pausable=_job(_DOWNLOAD, name) in self._lane.running)

    def _look_into(self, model: ShelfModel) -> None:
        """Show what the model's own files say of it, once they are read."""
        installed = model.installed
        if installed is None:
            return
        task = Task(lambda _task: (model, second_look(installed, model.offered)))
        task.finished.connect(self._on_news)
        task.failed.connect(self.bug)
        self._background.add(task)

    def _on_news(self, news: tuple[ShelfModel, str]) -> None:
        model, words = news
        if self._view is not None and self._view.details.model == model:
            self._view.details.tell_news(words)

    def _add_other(self, typed: str) -> None:
        assert self._view is not None
        try:
            reference = parse(typed)
            if not (is_hub_id(reference.name) or reference.hub_id):
                raise UserError(Problem.MODEL_HAS_NO_FILES, model=typed)
        except UserError as error:
            self._view.details.say(sentence(error), is_problem=True)
            return
        name = reference.name
        if name not in {model.name for model in self._models}:
            self._wanted.append(name)
            self._models = [*self._models, ShelfModel(name)]
            self._show()
        self._view.other.clear()
        self._view.models.choose(name)

    def _add_folder(self) -> None:
        assert self._view is not None
        chosen = QFileDialog.getExistingDirectory(self._view, _("A folder with one or more models"))
        if chosen:
            self._own.remember_model_folder(Path(chosen))
            self.look()

    def _download(self, name: str) -> None:
        assert self._view is not None
        try:
            request = DownloadModelRequest(name, self._network())
        except UserError as error:
            self._view.details.say(sentence(error), is_problem=True)
            return
        self._begin(_DOWNLOAD, name, request)

    def _check(self, name: str) -> None:
        self._begin(_CHECK, name, CheckModelRequest(name, self._own.preferences.model_places))

    def _remove(self, name: str) -> None:
        assert self._view is not None
        model = self._view.details.model
        assert model is not None
        assert model.installed is not None
        question = QMessageBox(self._view)
        question.setIcon(QMessageBox.Icon.Question)
        question.setWindowTitle(_("Remove a model"))
        words = _("Remove {model} from this computer? {size} become free. It can be downloaded again.")
        question.setText(words.format(model=encoder_title(name), size=bytes_in_words(model.installed.size)))
        remove = question.addButton(_("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        question.addButton(QMessageBox.StandardButton.Cancel)
        remove.clicked.connect(partial(self._begin, _REMOVE, name, RemoveModelRequest(name)))
        question.open()

    def _discard(self, name: str) -> None:
        """Ask, and then end the download and delete what has arrived of it."""
        assert self._view is not None
        model = self._view.details.model
        assert model is not None
        words = _("Stop downloading {model} and delete what has arrived? {size} become free.")
        question = QMessageBox(self._view)
        question.setIcon(QMessageBox.Icon.Question)
        question.setWindowTitle(_("Cancel a download"))
        size = bytes_in_words(begun_size(_hub_id(model)))
        question.setText(words.format(model=encoder_title(name), size=size))
        delete = question.addButton(_("Cancel and delete"), QMessageBox.ButtonRole.DestructiveRole)
        keep = question.addButton(_("Keep"), QMessageBox.ButtonRole.RejectRole)
        question.setDefaultButton(keep)
        question.setEscapeButton(keep)
        delete.clicked.connect(partial(self._end_and_delete, name))
        question.open()

    def _end_and_delete(self, name: str, *_: object) -> None:
        self._lane.stop(_job(_DOWNLOAD, name))  # the lane does the next when this has ended
        self._begin(_DISCARD, name, RemoveModelRequest(name, (Origin.DOWNLOADED,)))

    def _begin(
        self, kind: str, name: str, request: DownloadModelRequest | CheckModelRequest | RemoveModelRequest, *_: object
    ) -> None:
        self._lane.ask(_job(kind, name), request)
        self._show()

    def _stop(self, name: str) -> None:
        for kind in (_DOWNLOAD, _CHECK):
            self._lane.stop(_job(kind, name))

    def _on_progress(self, job: str, stage: Stage, done: int, total: int) -> None:
        if (details := self._details_of(job)) is not None:
            details.advance(stage, done, total)

    def _on_answer(self, job: str, answer: object) -> None:
        kind, _space, name = job.partition(" ")
        if kind == _DOWNLOAD:
            number = cast(DownloadedModel, answer).record.pull_request
            said = _("It is on this computer now.")
            self._end(job, f"{said} {conversion_sentence(CONVERTER, number)}" if number else said)
        elif kind == _CHECK:
            checked = cast(list[CheckedModel], answer)
            wrong = [file for model in checked for file in model.wrong]
            self._end(job, _checked_in_words(checked), is_problem=bool(wrong))
        elif kind == _REMOVE:
            self._end(job, _("{model} was removed.").format(model=encoder_title(name)))
        else:
            self._end(job, _("The download was cancelled, and what had arrived is deleted."))
        self.look()

    def _on_failed(self, job: str, error: Exception) -> None:
        if isinstance(error, UserError) and job.startswith(_DISCARD) and error.problem in _NOTHING_THERE:
            self._on_answer(job, [])
        elif isinstance(error, UserError):
            self._end(job, sentence(error), is_problem=True)
        elif isinstance(error, Cancelled):
            is_download = job.startswith(_DOWNLOAD)
            self._end(job, _("Paused. What has arrived is kept.") if is_download else _("Stopped."))
        else:
            self._end(job, "")
            self.bug.emit(error)

    def _end(self, job: str, words: str, *, is_problem: bool = False) -> None:
        self._show()
        if (details := self._details_of(job)) is not None:
            details.say(words, is_problem=is_problem)

    def _details_of(self, job: str) -> ModelDetails | None:
        """Return where the model that a job is about is shown, if it is."""
        if self._view is None or job.partition(" ")[2] != self._view.models.current_name:
            return None
        return self._view.details


def _job(kind: str, name: str) -> str:
    return f"{kind} {name}"


def _is_begun(model: ShelfModel) -> bool:
    """Return whether a part of a model has arrived earlier."""
    if not model.is_downloadable:
        return False
    return begun_folder(_hub_id(model)).exists()


def _hub_id(model: ShelfModel) -> str:
    return model.name if model.offered is None else model.offered.hub_id


def _checked_in_words(checked: list[CheckedModel]) -> str:
    wrong = [file for model in checked for file in model.wrong]
    if wrong:
        words = _("Damaged or missing: {files}. Remove the model and download it again.")
        return words.format(files=_(", ").join(wrong))
    if not any(model.n_checked for model in checked):
        return _("Nothing is known of what its files should be, so they cannot be compared.")
    return _("All its files are as they were published.")
