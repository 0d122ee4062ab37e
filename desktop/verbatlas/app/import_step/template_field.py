"""The field for the template that joins several columns, with a sentence where it is wrong."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from verbatlas.app.words_label import words_label
from verbatlas.errors import UserError
from verbatlas.problem_words import sentence
from verbatlas.tables import Template
from verbatlas.words import gettext as _
from verbatlas.words import ngettext

_LINES = 3


class TemplateField(QWidget):
    """Edit a template; it is shown while there is more than one column to join.

    Attributes:
        edited: The person wrote another template, right or wrong.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: Sequence[str] = ()
        self._ticked: Sequence[int] = ()
        self._own: Template | None = None
        self._text = QPlainTextEdit()
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName(_("How the columns are joined"))
        self._text.setToolTip(
            _(
                "Names of columns stand in braces, such as {title}: {body}. Where a cell is blank, what stands around "
                "it goes with it."
            )
        )
        self._problem = words_label("problem")
        self._note = words_label("secondary")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        heading = words_label("secondary", text=_("Joined like this:"))
        for part in (heading, self._text, self._problem, self._note):
            column.addWidget(part)
        self._text.setFixedHeight(self._text.fontMetrics().lineSpacing() * _LINES + 24)
        self._text.textChanged.connect(self._on_text)
        self.hide()

    @property
    def template(self) -> Template | None:
        """What is written; None where there is nothing to join, or it is wrong."""
        return self._own

    @property
    def is_wrong(self) -> bool:
        """Whether what is written cannot be understood."""
        return not self.isHidden() and self._own is None

    def clear(self, labels: Sequence[str]) -> None:
        """Forget the template; the columns are called ``labels``."""
        self._labels = labels
        self._ticked, self._own = (), None
        self.hide()

    def follow(self, columns: Sequence[int]) -> None:
        """Join ``columns``: what the person has written stays, without those that are gone and with the new ones."""
        if len(columns) < 2:
            self.clear(self._labels)
            return
        template = self._own
        for column in sorted(set(self._ticked) - set(columns)):
            template = None if template is None else template.without(column)
        for column in sorted(set(columns) - set(self._ticked)):
            if template is not None and column not in template.columns:
                template = template.and_line(column)
        self._ticked = columns
        self._write(template or Template.in_lines(columns))
        self.show()

    def take_up(self, columns: Sequence[int]) -> None:
        """Know that ``columns`` are ticked now, because they are in the template."""
        self._ticked = columns
        self._show_note()

    def _write(self, template: Template) -> None:
        self._own = template
        self._show_note()
        if self._text.toPlainText() != template.written(self._labels):
            blocker = QSignalBlocker(self._text)
            self._text.setPlainText(template.written(self._labels))
            del blocker

    def _on_text(self) -> None:
        try:
            self._own = Template.parse(self._text.toPlainText(), self._labels)
        except UserError as error:
            self._own = None
            self._problem.setText(sentence(error))
        self.edited.emit()
        self._show_note()

    def _show_note(self) -> None:
        """Say which ticked columns are not in the template, unless it is wrong."""
        named = () if self._own is None else self._own.columns
        unnamed = [self._labels[column] for column in self._ticked if column not in named]
        self._problem.setVisible(self._own is None)
        self._note.setVisible(self._own is not None and bool(unnamed))
        words = ngettext(
            "Ticked, but not in it, so it is not read: {columns}.",
            "Ticked, but not in it, so they are not read: {columns}.",
            len(unnamed),
        )
        self._note.setText(words.format(columns=_(", ").join(unnamed)))
