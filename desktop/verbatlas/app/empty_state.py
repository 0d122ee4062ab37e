"""What a person sees first: what the program does, and three ways to begin."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from verbatlas.app.preferences import Recent
from verbatlas.app.samples import Sample, samples
from verbatlas.app.star_map import StarMap
from verbatlas.words import gettext as _

_WIDTH = 680


class EmptyState(QScrollArea):
    """The page of the window while no study is open.

    Attributes:
        open_asked: Choose a file.
        sample_asked: Open the sample of this name.
        recent_asked: Open the study at this path.
    """

    open_asked = Signal()
    sample_asked = Signal(str)
    recent_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("empty_state")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._open = QPushButton(_("Open a file…"))
        self._open.setObjectName("empty_open")
        self._open.setProperty("kind", "primary")
        self._recent = QVBoxLayout()
        self._recent.setSpacing(4)
        self._recent_heading = _words(_("Recent"), role="section")
        page = QWidget()
        page.setObjectName("empty_page")
        middle = QVBoxLayout(page)
        middle.setContentsMargins(24, 16, 24, 16)
        middle.addStretch(2)
        middle.addWidget(self._content(), 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch(3)
        self.setWidget(page)
        self._open.clicked.connect(self.open_asked)
        self.setFocusProxy(self._open)

    def show_recent(self, entries: Sequence[Recent]) -> None:
        """List the studies opened before, the latest first."""
        while (item := self._recent.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for entry in entries[:4]:
            button = QPushButton(entry.title)
            button.setProperty("kind", "link")
            button.setToolTip(entry.study)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(partial(self.recent_asked.emit, Path(entry.study)))
            self._recent.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._recent_heading.setVisible(bool(entries))

    def _content(self) -> QWidget:
        content = QWidget()
        content.setFixedWidth(_WIDTH)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(StarMap(), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(_words(_("See what your customers are saying"), role="display", centred=True))
        column.addWidget(
            _words(
                _(
                    "Open a table of comments. Each becomes a point on a map, and comments that say the same "
                    "stand together. Name the groups, and save your table with a label on every row."
                ),
                role="lead",
                centred=True,
            )
        )
        column.addSpacing(8)
        column.addWidget(self._drop_zone())
        column.addSpacing(8)
        column.addWidget(_words(_("Or try it with a sample"), role="section"))
        column.addLayout(self._samples())
        column.addWidget(self._recent_heading)
        column.addLayout(self._recent)
        column.addSpacing(4)
        column.addWidget(_words(_("Your comments stay on this computer."), role="secondary", centred=True))
        return content

    def _drop_zone(self) -> QWidget:
        zone = QFrame()
        zone.setObjectName("drop_zone")
        column = QVBoxLayout(zone)
        column.setContentsMargins(20, 22, 20, 22)
        column.setSpacing(12)
        column.addWidget(_words(_("Drop a CSV or TSV file here"), role="heading", centred=True))
        column.addWidget(self._open, 0, Qt.AlignmentFlag.AlignHCenter)
        return zone

    def _samples(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        for sample in samples():
            card = _sample_card(sample)
            card.clicked.connect(partial(self.sample_asked.emit, sample.name))
            row.addWidget(card, 1)
        return row


def _sample_card(sample: Sample) -> QPushButton:
    card = QPushButton()
    card.setObjectName(f"sample_{sample.name}")
    card.setProperty("kind", "card")
    card.setAccessibleName(sample.title)
    card.setAccessibleDescription(sample.about)
    column = QVBoxLayout(card)
    column.setContentsMargins(18, 12, 18, 12)
    column.setSpacing(4)
    for text, role in ((sample.title, "heading"), (sample.about, "secondary")):
        words = _words(text, role=role)
        words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column.addWidget(words)
    card.setMinimumHeight(column.sizeHint().height())
    return card


def _words(text: str, *, role: str, centred: bool = False) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    label.setWordWrap(True)
    label.setIndent(0)
    if centred:
        label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return label
