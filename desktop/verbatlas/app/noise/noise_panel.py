"""The tray of the comments in no cluster: how many, where they would go, and three ways to deal with them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSlider, QVBoxLayout, QWidget

from verbatlas.amounts import share_in_words
from verbatlas.app.words_label import words_label
from verbatlas.words import gettext as _
from verbatlas.words import ngettext

_STEPS = 100
_FIRST = 55  # per cent: a little more than on the edge between two clusters


class NoisePanel(QWidget):
    """Show what is in no cluster.

    Attributes:
        opened: The person looks at the panel.
        closed: The person looks elsewhere.
        moved: The slider stands elsewhere.
        assign_asked: Put the sure ones into their clusters.
        assign_all_asked: Put all of them into their likeliest clusters.
        find_asked: Look for new clusters among them.
        select_asked: Select them.
        is_seen: Whether the person looks at the panel.
    """

    opened = Signal()
    closed = Signal()
    moved = Signal()
    assign_asked = Signal()
    assign_all_asked = Signal()
    find_asked = Signal()
    select_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("noise_panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.is_seen = False
        self._count = words_label("heading")
        self._advice = words_label("secondary")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, _STEPS)
        self.slider.setValue(_FIRST)
        self.slider.setAccessibleName(_("How sure it must be"))
        self.result = words_label("cell")
        self.assign = QPushButton(_("Assign these"))
        self.assign.setProperty("kind", "primary")
        self.assign_all = QPushButton(_("Every comment gets a cluster"))
        self.find_clusters = QPushButton(_("Find clusters in these"))
        self.select_all = QPushButton(_("Select them"))
        self._build()
        self.show_noise(0, 0)

    @property
    def least(self) -> float:
        """How clearly a comment must belong to a cluster, 0..1."""
        return self.slider.value() / _STEPS

    def show_noise(self, n_noise: int, n_documents: int) -> None:
        """Say how many comments are in no cluster; where they would go is not known yet."""
        count = ngettext("{count} comment in no cluster", "{count} comments in no cluster", n_noise)
        share = share_in_words(n_noise, n_documents)
        self._count.setText(f"{count.format(count=f'{n_noise:,}')} ({share})" if n_noise else _("None left over"))
        self._advice.setText(
            _("The map shows where they would go. Move the slider to the left to be less strict.")
            if n_noise
            else _("Every comment is in a cluster.")
        )
        for part in (self.slider, self.find_clusters, self.select_all):
            part.setEnabled(n_noise > 0)
        self.result.setText(_("Looking where they belong…") if n_noise else "")
        self._allow(n_sure=0, n_placed=0)

    def show_placed(self, n_sure: int, n_placed: int) -> None:
        """Say how many would go where, and of how many that is known at all."""
        words = ngettext("{count} would get a cluster", "{count} would get a cluster", n_sure)
        sureness = _("sure to {share}").format(share=f"{self.least:.0%}")
        self.result.setText(f"{words.format(count=f'{n_sure:,}')}  ({sureness})")
        self._allow(n_sure=n_sure, n_placed=n_placed)

    def show_problem(self, sentence: str) -> None:
        """Say why it is not known where they belong."""
        self.result.setText(sentence)
        self._allow(n_sure=0, n_placed=0)

    def set_seen(self, is_seen: bool) -> None:  # noqa: FBT001 - a signal's argument
        """Begin or end the preview; a panel behind another tab counts as shown for Qt, and is told by this alone."""
        if is_seen != self.is_seen:
            self.is_seen = is_seen
            (self.opened if is_seen else self.closed).emit()

    def _allow(self, *, n_sure: int, n_placed: int) -> None:
        self.assign.setEnabled(n_sure > 0)
        self.assign_all.setEnabled(n_placed > 0)

    def _build(self) -> None:
        ends = QHBoxLayout()
        ends.addWidget(words_label("secondary", text=_("Likely")))
        ends.addWidget(self.slider, 1)
        ends.addWidget(words_label("secondary", text=_("Sure")))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(self._count)
        column.addWidget(self._advice)
        column.addLayout(ends)
        column.addWidget(self.result)
        for part in (self.assign, self.assign_all, self.find_clusters, self.select_all):
            column.addWidget(part)
        column.addStretch(1)
        self.slider.valueChanged.connect(self.moved)
        self.assign.clicked.connect(self.assign_asked)
        self.assign_all.clicked.connect(self.assign_all_asked)
        self.find_clusters.clicked.connect(self.find_asked)
        self.select_all.clicked.connect(self.select_asked)
