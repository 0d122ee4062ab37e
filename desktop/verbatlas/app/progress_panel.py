"""The stages of a job as a list: what is done, what is running and how fast, what is still to come."""

import time
from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from verbatlas.amounts import bytes_in_words, duration_in_words
from verbatlas.app.steps import STEP_OF_STAGE, Step, step_title
from verbatlas.engine.stages import Stage
from verbatlas.engine.timing import Pace, Timing
from verbatlas.model_words import waiting_words
from verbatlas.words import gettext as _

_BREATH = 500  # ms between two looks at the clock while nothing is reported
_PATIENCE = 250  # ms; a job that is over before is not worth a flicker


class ProgressPanel(QWidget):
    """A card with the stages, the speed, the time left and Cancel.

    Attributes:
        cancel_asked: The person no longer wants the job.
    """

    cancel_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("progress_panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._steps: tuple[Step, ...] = ()
        self._running: Step | None = None
        self._pace = Pace()
        self._marks: dict[Step, QLabel] = {}
        self._titles: dict[Step, QLabel] = {}
        self._counts: dict[Step, QLabel] = {}
        self._title = QLabel()
        self._title.setProperty("role", "heading")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        self._bar.setAccessibleName(_("Progress of the current step"))
        self._speed = QLabel()
        self._speed.setProperty("role", "secondary")
        self._cancel = QPushButton(_("Cancel"))
        self._breath = QTimer(self)
        self._breath.setInterval(_BREATH)
        self._breath.timeout.connect(self._on_breath)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE)
        self._patience.timeout.connect(self._appear)
        self._grid = QGridLayout()
        self._build()
        self.hide()

    @property
    def running(self) -> Step | None:
        """The step that is running now."""
        return self._running

    def begin(self, title: str, steps: Sequence[Step]) -> None:
        """Show the card, if it takes long enough to be read, for a job that consists of ``steps``."""
        self._steps = tuple(steps)
        self._running = None
        self._pace = Pace()
        self._title.setText(title)
        self._cancel.setEnabled(True)
        self._cancel.setText(_("Cancel"))
        self._bar.setRange(0, 0)
        self._speed.setText(_("Starting…"))
        for step in Step:
            self._show_row(step)
        self._breath.start()
        self._patience.start()

    def advance(self, stage: Stage | None, done: int, total: int) -> None:
        """Show how far the job has come; without a stage it is the reading of a file, or has no steps at all."""
        if stage is Stage.WAIT:
            self._speed.setText(waiting_words(done, total))
            return
        step = STEP_OF_STAGE[stage] if stage is not None else Step.READ
        if step is not self._running:
            self._running = step
            for each in self._steps:
                self._show_row(each)
        self._bar.setRange(0, 1000 if total else 0)
        self._bar.setValue(round(1000 * done / total) if total else 0)
        timing = self._pace.update(stage or Stage.PREPARE, done, total, at=time.monotonic())
        # The other stages count parts of their own, which mean nothing to a person.
        is_counted = stage in {None, Stage.EMBED}
        self._counts[step].setText(self._amount(done, total) if is_counted else "")
        self._show_timing(timing if is_counted else Timing(seconds_left=timing.seconds_left))

    def cancelling(self) -> None:
        """Show that the wish to cancel was heard."""
        self._cancel.setEnabled(False)
        self._cancel.setText(_("Stopping…"))

    def end(self) -> None:
        """Hide the card: the job is over."""
        self._breath.stop()
        self._patience.stop()
        self._running = None
        self.hide()

    def _amount(self, done: int, total: int) -> str:
        if self._running is Step.READ and self._steps:
            return _("{done} of {total}").format(done=bytes_in_words(done), total=bytes_in_words(total))
        return _("{done} of {total}").format(done=f"{done:,}", total=f"{total:,}")

    def _show_timing(self, timing: Timing) -> None:
        parts = []
        if timing.rate is not None:
            parts.append(self._rate(timing.rate))
        if timing.seconds_left:
            parts.append(_("{duration} left").format(duration=duration_in_words(timing.seconds_left)))
        self._speed.setText("  ·  ".join(parts) or _("Working…"))

    def _rate(self, rate: float) -> str:
        if self._running is Step.READ and self._steps:
            return _("{amount} per second").format(amount=bytes_in_words(round(rate)))
        return _("{count} rows per second").format(count=f"{rate:,.0f}")

    def _show_row(self, step: Step) -> None:
        is_shown = step in self._steps
        for part in (self._marks[step], self._titles[step], self._counts[step]):
            part.setVisible(is_shown)
        if not is_shown:
            return
        state = self._state(step)
        self._marks[step].setText({"done": "✓", "running": "●", "waiting": "○"}[state])
        if state != "running":
            self._counts[step].clear()
        for part in (self._marks[step], self._titles[step]):
            part.setProperty("state", state)
            part.style().unpolish(part)
            part.style().polish(part)

    def _state(self, step: Step) -> str:
        if self._running is None:
            return "waiting"
        order = list(Step)
        if step is self._running:
            return "running"
        return "done" if order.index(step) < order.index(self._running) else "waiting"

    def _appear(self) -> None:
        self.adjustSize()
        self.show()
        self.raise_()

    def _on_breath(self) -> None:
        if self._running is None:
            return
        timing = self._pace.timing(at=time.monotonic())
        if timing.rate is not None and self._counts[self._running].text():
            self._show_timing(timing)

    def _build(self) -> None:
        for row, step in enumerate(Step):
            self._marks[step] = QLabel()
            self._marks[step].setProperty("role", "mark")
            self._titles[step] = QLabel(step_title(step))
            self._counts[step] = QLabel()
            self._counts[step].setProperty("role", "secondary")
            self._counts[step].setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            for column, part in enumerate((self._marks[step], self._titles[step], self._counts[step])):
                self._grid.addWidget(part, row, column)
        self._grid.setColumnStretch(1, 1)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        foot = QHBoxLayout()
        foot.addWidget(self._speed, 1)
        foot.addWidget(self._cancel)
        card = QVBoxLayout(self)
        card.setContentsMargins(20, 16, 20, 16)
        card.setSpacing(12)
        card.addWidget(self._title)
        card.addLayout(self._grid)
        card.addWidget(self._bar)
        card.addLayout(foot)
        self.setFixedWidth(420)
        self._cancel.clicked.connect(self.cancel_asked)
