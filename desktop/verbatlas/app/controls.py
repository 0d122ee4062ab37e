"""How the comments are to be clustered, in plain words."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QByteArray, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSlider,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from verbatlas.analysis import Method
from verbatlas.app.leave_out_words import leave_out_tip, leave_out_title
from verbatlas.app.models.encoder_picker import EncoderPicker
from verbatlas.app.number_box import indent_words
from verbatlas.study import LeaveOut, Settings
from verbatlas.words import gettext as _

_MOST_CLUSTERS = 1000
_AS_MANY_AS_FIT = 0
_FOLDED, _UNFOLDED = b"folded", b"unfolded"
_DETAIL_STEPS = 3  # to either side


class Controls(QWidget):
    """Edit the part of the settings that a person chooses; folded up they leave their room to the list above.

    Attributes:
        changed: The controls ask for these Settings now.
        run_asked: Cluster with these Settings.
        encoder: What reads the comments.
    """

    changed = Signal(object)
    run_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("controls")
        self._settings = Settings()
        self._encoders: tuple[tuple[str, str], ...] = ()
        self.encoder = EncoderPicker()
        self._method = QComboBox()
        for method, words in _methods().items():
            self._method.addItem(words, method.value)
        self._number = QSpinBox()
        self._number.setRange(_AS_MANY_AS_FIT, _MOST_CLUSTERS)
        self._number.setSpecialValueText(_("as many as fit"))
        indent_words(self._number)
        self._detail = QSlider(Qt.Orientation.Horizontal)
        self._detail.setRange(-_DETAIL_STEPS, _DETAIL_STEPS)
        self._detail.setPageStep(1)
        self._detail.setTickPosition(QSlider.TickPosition.TicksBelow)
        self._detail.setTickInterval(1)
        self._every_row = QCheckBox(_("Every comment gets a cluster"))
        self._left_out = QPushButton()
        menu = QMenu(self._left_out)
        menu.setToolTipsVisible(True)
        self._leave_out = {kind: menu.addAction(leave_out_title(kind)) for kind in LeaveOut}
        self._left_out.setMenu(menu)
        self._run = QPushButton(_("Update"))
        self._run.setProperty("kind", "primary")
        self._fold = QToolButton()
        self._fold.setObjectName("fold_controls")
        self._fold.setText(_("How clusters are made"))
        self._fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._body = QWidget()
        self._name_for_screen_readers()
        self._build()

    @property
    def settings(self) -> Settings:
        """What the controls ask for."""
        return self._settings

    def show_settings(self, settings: Settings) -> None:
        """Show ``settings`` without announcing a change."""
        parts = (self._method, self._number, self._detail, self._every_row, *self._leave_out.values())
        blockers = [QSignalBlocker(part) for part in parts]
        self._settings = settings
        self.encoder.offer(self._encoders, wanted=settings.encoder)
        self._method.setCurrentIndex(self._method.findData(settings.method))
        self._number.setValue(settings.n_clusters or _AS_MANY_AS_FIT)
        self._detail.setValue(round(settings.detail))
        self._every_row.setChecked(settings.every_row)
        for kind, switch in self._leave_out.items():
            switch.setChecked(kind in settings.leave_out)
        del blockers
        self._enable_what_counts()
        self._name_left_out()

    @property
    def is_folded(self) -> bool:
        """Whether only the button that unfolds them is there, and that for Update when it can be pressed."""
        return self._body.isHidden()

    def fold(self, is_folded: bool) -> None:  # noqa: FBT001 - the one thing that it can be told
        """Fold the controls up, or unfold them."""
        self._body.setHidden(is_folded)
        self._fold.setArrowType(Qt.ArrowType.RightArrow if is_folded else Qt.ArrowType.DownArrow)
        self._fold.setToolTip(_("Show the controls") if is_folded else _("Leave more room to the list"))
        self._fold.setAccessibleDescription(_("folded up") if is_folded else _("unfolded"))
        self._show_run()

    def save_shape(self) -> QByteArray:
        """Return whether they are folded up."""
        return QByteArray(_FOLDED if self.is_folded else _UNFOLDED)

    def restore_shape(self, shape: QByteArray) -> None:
        """Fold them up if they were; anything that was not saved by this unfolds them."""
        self.fold(shape == _FOLDED)

    def offer_encoders(self, encoders: Sequence[tuple[str, str]]) -> None:
        """Offer what can read the comments, each by its name and its words."""
        self._encoders = tuple(encoders)
        self.encoder.offer(self._encoders, wanted=self._settings.encoder)

    def use_encoder(self, name: str, precision: str) -> None:
        """Ask for another encoder, as if the person had picked it here, and for how exact it has to be."""
        self._settings = replace(self._settings, encoder=name, precision=precision)
        self.encoder.offer(self._encoders, wanted=name)
        self.changed.emit(self._settings)

    def offer_run(self, *, title: str, is_possible: bool) -> None:
        """Set the words of the button and whether it can be pressed."""
        self._run.setText(title)
        self._run.setEnabled(is_possible)
        self._show_run()

    def _show_run(self) -> None:
        self._run.setVisible(self._run.isEnabled() or not self.is_folded)

    def _on_change(self) -> None:
        method = Method(self._method.currentData())
        number = self._number.value()
        self._settings = replace(
            self._settings,
            method=method.value,
            n_clusters=None if number == _AS_MANY_AS_FIT or method is Method.HDBSCAN else number,
            detail=float(self._detail.value()),
            every_row=self._every_row.isChecked(),
            leave_out=tuple(kind for kind, switch in self._leave_out.items() if switch.isChecked()),
        )
        self._enable_what_counts()
        self._name_left_out()
        self.changed.emit(self._settings)

    def _on_run(self) -> None:
        self.run_asked.emit(self._settings)

    def _enable_what_counts(self) -> None:
        method = Method(self._method.currentData())
        # Dense groups find their own number; a number that is given leaves nothing to the slider; and the
        # even groups and the communities never leave a comment over.
        self._number.setEnabled(method is not Method.HDBSCAN)
        self._detail.setEnabled(method is Method.HDBSCAN or self._number.value() == _AS_MANY_AS_FIT)

    def _name_left_out(self) -> None:
        kinds = self._settings.leave_out
        self._left_out.setText(_("Leave out ({count})").format(count=len(kinds)) if kinds else _("Leave out"))
        self._left_out.setToolTip("\n".join(leave_out_title(kind) for kind in kinds))

    def _name_for_screen_readers(self) -> None:
        self._method.setAccessibleName(_("Method"))
        self._number.setAccessibleName(_("Number of clusters"))
        self._detail.setAccessibleName(_("Fewer or more clusters"))
        self._detail.setToolTip(_("Fewer, larger clusters to the left; more, finer ones to the right"))
        for kind, switch in self._leave_out.items():
            switch.setCheckable(True)
            switch.setToolTip(leave_out_tip(kind))
        self._name_left_out()
        self._method.setToolTip(_("How comments that belong together are found"))

    def _build(self) -> None:
        form = QGridLayout()
        form.setHorizontalSpacing(10)
        form.setColumnStretch(1, 1)
        rows = ((_("Read by"), self.encoder), (_("Method"), self._method), (_("Number"), self._number))
        for row, (words, part) in enumerate(rows):
            label = QLabel(words)
            label.setBuddy(part)
            form.addWidget(label, row, 0)
            form.addWidget(part, row, 1)
        scale = QHBoxLayout()
        scale.addWidget(_quiet(_("Fewer")))
        scale.addWidget(self._detail, 1)
        scale.addWidget(_quiet(_("More")))
        inner = QVBoxLayout(self._body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addLayout(form)
        inner.addLayout(scale)
        inner.addWidget(self._every_row)
        inner.addWidget(self._left_out)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 12, 10)
        column.setSpacing(6)
        column.addWidget(self._fold)
        column.addWidget(self._body)
        column.addWidget(self._run)
        self._fold.clicked.connect(lambda: self.fold(not self.is_folded))
        self.fold(False)  # noqa: FBT003
        signals = (
            self._method.currentIndexChanged,
            self._number.valueChanged,
            self._detail.valueChanged,
            self._every_row.toggled,
            *(switch.toggled for switch in self._leave_out.values()),
        )
        for signal in signals:
            signal.connect(self._on_change)
        self.encoder.picked.connect(lambda name: self.use_encoder(name, self._settings.precision))
        self._run.clicked.connect(self._on_run)


def _methods() -> dict[Method, str]:
    words: dict[Method, Callable[[], str]] = {
        Method.AUTO: lambda: _("Automatic"),
        Method.KMEANS: lambda: _("Even groups (KMeans)"),
        Method.HDBSCAN: lambda: _("Dense groups, rest left over (HDBSCAN)"),
        Method.COMMUNITIES: lambda: _("Communities"),
    }
    return {method: words[method]() for method in Method}


def _quiet(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "secondary")
    return label
