"""One model in full: what it is good for, its facts, where it lies, and what can be done with it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from verbatlas.amounts import bytes_in_words
from verbatlas.app.models.shelf import ShelfModel
from verbatlas.app.models.transfer_line import TransferLine
from verbatlas.app.words_label import words_label
from verbatlas.encoders import Precision
from verbatlas.encoders.batching import READ_CHARACTERS
from verbatlas.encoders.catalogue import CatalogueModel
from verbatlas.encoders.hub.installed import InstalledModel
from verbatlas.engine.stages import Stage
from verbatlas.model_words import encoder_title, model_description, origin_in_words
from verbatlas.words import gettext as _


class ModelDetails(QWidget):
    """Show one model of the shelf.

    Attributes:
        use_asked: Read the comments with this model, and how exactly: a Precision's value.
        download_asked: Bring this model, or go on bringing it.
        pause_asked: Stop bringing this model for now.
        remove_asked: Delete this model from this computer.
        discard_asked: Stop bringing this model for good, and delete what has arrived of it.
        check_asked: Compare this model's files with what they should be.
    """

    use_asked = Signal(str, str)
    download_asked = Signal(str)
    pause_asked = Signal(str)
    remove_asked = Signal(str)
    discard_asked = Signal(str)
    check_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model: ShelfModel | None = None
        self._may_use = False
        self._is_downloading = False
        self.title = words_label("heading", selectable=True)
        self.about = words_label("lead")
        self._facts = QFormLayout()
        self._facts.setHorizontalSpacing(16)
        self._facts.setVerticalSpacing(6)
        self._facts.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.precision = QComboBox()
        self.precision.setAccessibleName(_("How exact"))
        for precision, words in _precisions().items():
            self.precision.addItem(words, precision.value)
        self._exactness = QWidget()
        self.news = words_label("notice", selectable=True)
        self.said = words_label("cell", selectable=True)
        self.transfer = TransferLine()
        self.use = QPushButton(_("Use for this table"))
        self.use.setProperty("kind", "primary")
        self.download = QPushButton()
        self.download.setProperty("kind", "primary")
        self.check = QPushButton(_("Check its files"))
        self.remove = QPushButton(_("Remove…"))
        self.discard = QPushButton(_("Cancel and delete…"))
        self._build()

    @property
    def model(self) -> ShelfModel | None:
        """The model that is shown."""
        return self._model

    def show_model(self, model: ShelfModel, *, is_begun: bool = False) -> None:
        """Show ``model``.

        Args:
            model: The model.
            is_begun: Whether a part of it has arrived earlier.
        """
        if self._model is None or self._model.installed != model.installed:
            self.tell_news("")
        self._model = model
        self.show()
        self.title.setText(encoder_title(model.name))
        about = _("A model that Verbatlas knows nothing about; what its own files say counts.")
        self.about.setText(about if model.offered is None else _sentence(model_description(model.offered)))
        self._show_facts(model.offered, model.installed)
        self.use.setVisible(model.is_here)
        self._exactness.setVisible(model.is_transformer)
        self.download.setVisible(model.is_downloadable)
        size = 0 if model.offered is None else model.offered.download_bytes
        words = _("Go on downloading") if is_begun else _("Download")
        self.download.setText(f"{words} ({bytes_in_words(size)})" if size else words)
        self.check.setVisible(model.installed is not None)
        self.remove.setVisible(model.installed is not None and model.installed.is_removable)
        self.discard.setVisible(model.is_downloadable and is_begun)
        self._is_downloading = False
        self._enable(is_busy=False)

    def tell_news(self, words: str) -> None:
        """Show what the model's own files say of it; nothing when blank."""
        self.news.setText(words)
        self.news.setVisible(bool(words))

    def allow_use(self, *, is_possible: bool) -> None:
        """Say whether there is a table that could be read."""
        self._may_use = is_possible
        self.use.setToolTip("" if is_possible else _("Open a table first."))
        self._enable(is_busy=self.transfer.isVisibleTo(self))

    def begin(self, words: str, *, is_pausable: bool) -> None:
        """Show that something is being done to the model."""
        self.transfer.pause.setText(_("Pause") if is_pausable else _("Cancel"))
        self.transfer.begin(words)
        self._is_downloading = is_pausable
        self.discard.setVisible(is_pausable or not self.discard.isHidden())
        self.say("")
        self._enable(is_busy=True)

    def advance(self, stage: Stage, done: int, total: int) -> None:
        """Show how far it has come."""
        self.transfer.advance(stage, done, total)

    def say(self, words: str, *, is_problem: bool = False) -> None:
        """Show what came of it."""
        self.said.setProperty("role", "problem" if is_problem else "cell")
        self.said.style().unpolish(self.said)
        self.said.style().polish(self.said)
        self.said.setText(words)
        self.said.setVisible(bool(words))

    def _enable(self, *, is_busy: bool) -> None:
        self.transfer.setVisible(is_busy)
        self.use.setEnabled(self._may_use and not is_busy)
        for part in (self.download, self.check, self.remove):
            part.setEnabled(not is_busy)
        self.discard.setEnabled(self._is_downloading or not is_busy)

    def _show_facts(self, offered: CatalogueModel | None, installed: InstalledModel | None) -> None:
        while self._facts.rowCount():
            self._facts.removeRow(0)
        for words, value in (*_offered_facts(offered), *_installed_facts(installed)):
            label = QLabel(words)
            label.setProperty("role", "secondary")
            self._facts.addRow(label, words_label("cell", text=value, selectable=True))

    def _name(self) -> str:
        assert self._model is not None
        return self._model.name

    def _build(self) -> None:
        exactness = QHBoxLayout(self._exactness)
        exactness.setContentsMargins(0, 0, 0, 0)
        exactness.setSpacing(16)
        exactness.addWidget(words_label("secondary", text=self.precision.accessibleName()))
        exactness.addWidget(self.precision, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.use, self.download, self.check, self.remove, self.discard):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(12)
        for part in (self.title, self.about):
            column.addWidget(part)
        column.addLayout(self._facts)
        column.addWidget(self.news)
        column.addWidget(self._exactness)
        column.addSpacing(4)
        column.addLayout(buttons)
        column.addWidget(self.transfer)
        column.addWidget(self.said)
        column.addStretch(1)
        self.use.clicked.connect(lambda: self.use_asked.emit(self._name(), self.precision.currentData()))
        self.download.clicked.connect(lambda: self.download_asked.emit(self._name()))
        self.transfer.pause_asked.connect(lambda: self.pause_asked.emit(self._name()))
        self.check.clicked.connect(lambda: self.check_asked.emit(self._name()))
        self.remove.clicked.connect(lambda: self.remove_asked.emit(self._name()))
        self.discard.clicked.connect(lambda: self.discard_asked.emit(self._name()))
        self.news.hide()
        self.transfer.hide()
        self.said.hide()
        self.hide()  # until there is a model to show


def _precisions() -> dict[Precision, str]:
    return {
        Precision.AUTO: _("Automatic: the fastest way that changes nothing to speak of"),
        Precision.EXACT: _("Exact: as its makers run it"),
        Precision.FAST: _("Fast: about twice as fast, hardly less exact"),
    }


def _sentence(words: str) -> str:
    """Return words as a sentence, in English and in Chinese."""
    return words[:1].upper() + words[1:] + _(".")


def _offered_facts(model: CatalogueModel | None) -> list[tuple[str, str]]:
    if model is None or not model.n_parameters:
        return []
    if model.max_tokens:
        whole = _("texts of up to {count} tokens, longer ones in parts").format(count=f"{model.max_tokens:,}")
    else:
        whole = _("texts of up to {count} characters").format(count=f"{READ_CHARACTERS:,}")
    return [
        *([(_("On the hub"), model.hub_id)] if model.hub_id else []),
        (_("Dimensions"), f"{model.n_dimensions:,}"),
        (_("Reads whole"), whole),
        (_("Licence"), model.licence),
    ]


def _installed_facts(model: InstalledModel | None) -> list[tuple[str, str]]:
    if model is None:
        return []
    where = f"{origin_in_words(model.origin)}, {bytes_in_words(model.size)}"
    return [
        (_("Here"), where),
        (_("Folder"), str(model.folder)),
        *([(_("Version"), model.revision)] if model.revision else []),
    ]
