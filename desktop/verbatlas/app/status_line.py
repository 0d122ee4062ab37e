"""The line at the foot of the window: how much there is, and which encoder was taken and why."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QStatusBar, QWidget

from verbatlas.amounts import share_in_words
from verbatlas.encoders import Choice
from verbatlas.sentences import TextCounts, choice_sentence
from verbatlas.study import Labelling
from verbatlas.words import gettext as _
from verbatlas.words import ngettext


class StatusLine(QStatusBar):
    """Show facts about the open study; empty when there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._counts = _label()
        self._choice = _label()
        self._choice.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        # A long sentence gives way to a narrow window; its whole text is in the tooltip.
        self._choice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.addWidget(self._counts)
        self.addPermanentWidget(self._choice, 1)

    @property
    def text(self) -> str:
        """All that the line says."""
        return f"{self._counts.text()} {self._choice.text()}".strip()

    def show_study(self, counts: TextCounts, choice: Choice, labelling: Labelling | None) -> None:
        """Show how many comments and clusters there are, and the encoder."""
        self._counts.setText(facts(counts, labelling))
        self._counts.setAccessibleName(self._counts.text())
        self._choice.setText(choice_sentence(choice))
        self._choice.setToolTip(self._choice.text())
        self._choice.setAccessibleName(self._choice.text())

    def clear(self) -> None:
        """Show nothing."""
        self._counts.clear()
        self._choice.clear()


def facts(counts: TextCounts, labelling: Labelling | None) -> str:
    """Return the counts that a person should have in view: nothing left out is left unsaid."""
    with_text = counts.n_documents - counts.n_blank
    said = [ngettext("{count} comment", "{count} comments", with_text).format(count=f"{with_text:,}")]
    n_left_out = 0
    if labelling is not None:
        n_clusters = len(labelling.clusters)
        said.append(ngettext("{count} cluster", "{count} clusters", n_clusters).format(count=f"{n_clusters:,}"))
        n_left_out = len(labelling.members) - labelling.n_counted
        left_over = labelling.n_noise - counts.n_blank
        if left_over > 0:
            share = share_in_words(left_over, labelling.n_counted - counts.n_blank)
            said.append(_("{share} in no cluster").format(share=share))
        if n_left_out:
            said.append(_("{count} left out").format(count=f"{n_left_out:,}"))
    if counts.n_blank:
        said.append(
            ngettext("{count} blank row", "{count} blank rows", counts.n_blank).format(count=f"{counts.n_blank:,}")
        )
    repeated = with_text - counts.n_distinct
    if repeated and not n_left_out:
        said.append(ngettext("{count} repeat", "{count} repeats", repeated).format(count=f"{repeated:,}"))
    return "  ·  ".join(said)


def _label() -> QLabel:
    label = QLabel()
    label.setProperty("role", "secondary")
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
