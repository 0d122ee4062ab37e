"""How far a download has come: a bar, amounts, speed, time left, and a way to pause it."""

import time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from verbatlas.amounts import bytes_in_words, duration_in_words
from verbatlas.app.words_label import words_label
from verbatlas.engine.stages import Stage
from verbatlas.engine.timing import Pace
from verbatlas.words import gettext as _

_COUNTED = (Stage.DOWNLOAD, Stage.CHECK)


class TransferLine(QWidget):
    """Show one transfer.

    Attributes:
        pause_asked: Stop for now; what has arrived is kept.
    """

    pause_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pace = Pace()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.bar.setAccessibleName(_("Progress of the download"))
        self.words = words_label("secondary")
        self.pause = QPushButton(_("Pause"))
        row = QHBoxLayout()
        row.addWidget(self.words, 1)
        row.addWidget(self.pause)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.bar)
        column.addLayout(row)
        self.pause.clicked.connect(self._on_pause)

    def begin(self, words: str) -> None:
        """Show that something has begun."""
        self._pace = Pace()
        self.bar.setRange(0, 0)
        self.words.setText(words)
        self.pause.setEnabled(True)

    def advance(self, stage: Stage, done: int, total: int) -> None:
        """Show how far it has come, in bytes."""
        if stage not in _COUNTED or not total:
            return
        timing = self._pace.update(stage, done, total, at=time.monotonic())
        self.bar.setRange(0, 1000)
        self.bar.setValue(round(1000 * done / total))
        said = [_("{done} of {total}").format(done=bytes_in_words(done), total=bytes_in_words(total))]
        if timing.rate is not None:
            said.append(_("{amount} per second").format(amount=bytes_in_words(round(timing.rate))))
        if timing.seconds_left:
            said.append(_("{duration} left").format(duration=duration_in_words(timing.seconds_left)))
        self.words.setText("  ·  ".join(said))

    def _on_pause(self) -> None:
        self.pause.setEnabled(False)
        self.words.setText(_("Stopping…"))
        self.pause_asked.emit()
