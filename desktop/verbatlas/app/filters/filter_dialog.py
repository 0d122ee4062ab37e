"""Ask what of a column is wanted, in the way that suits what is in it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from verbatlas.app.filters.checklist import Checklist
from verbatlas.app.filters.column_summary import Categories, ColumnSummary, Dates, Numbers
from verbatlas.app.filters.date_range import DateRange
from verbatlas.app.filters.filter import CategoryFilter, ClusterFilter, DateFilter, Filter, RangeFilter
from verbatlas.app.filters.number_range import NumberRange
from verbatlas.app.words_label import words_label
from verbatlas.words import gettext as _
from verbatlas.words import ngettext


class FilterDialog(QDialog):
    """Ask about one column, or about the clusters.

    Args:
        summary: What is there.
        wanted: What was wanted before.
        parent: The window or a part of it.

    Attributes:
        chosen: Only the comments of this Filter are wanted.
    """

    chosen = Signal(object)

    def __init__(self, summary: ColumnSummary, wanted: Filter | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filter_dialog")
        self.setWindowTitle(_("Filter by {column}").format(column=" ".join(summary.title.split())[:60]))
        self.setMinimumWidth(420)
        self._summary = summary
        self.question = self._question(wanted)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._ok.setText(_("Filter"))
        self._ok.setProperty("kind", "primary")
        self._ok.setDefault(True)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(_("Cancel"))
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(12)
        column.addWidget(words_label("heading", text=" ".join(summary.title.split())[:200]))
        column.addWidget(self.question, 1)
        if missing := _missing(summary):
            column.addWidget(words_label("secondary", text=missing))
        column.addWidget(self.buttons)
        self.buttons.accepted.connect(self._on_accepted)
        self.buttons.rejected.connect(self.reject)
        self._enable()
        self.question.setFocus()

    def _question(self, wanted: Filter | None) -> Checklist | NumberRange | DateRange:
        summary = self._summary
        match summary.content:
            case Numbers() as numbers:
                assert summary.column is not None
                return NumberRange(summary.column, numbers, wanted if isinstance(wanted, RangeFilter) else None, self)
            case Dates() as dates:
                assert summary.column is not None
                return DateRange(summary.column, dates, wanted if isinstance(wanted, DateFilter) else None, self)
            case Categories() as categories:
                ticked: tuple[str | int, ...] = ()
                if isinstance(wanted, CategoryFilter):
                    ticked = wanted.values
                elif isinstance(wanted, ClusterFilter):
                    ticked = wanted.ids
                checklist = Checklist(categories, ticked, self)
                checklist.changed.connect(self._enable)
                return checklist

    def _enable(self) -> None:
        """Let a list of values be agreed to only when something is ticked in it."""
        self._ok.setEnabled(not isinstance(self.question, Checklist) or bool(self.question.values()))

    def _on_accepted(self) -> None:
        self.chosen.emit(self._filter())
        self.accept()

    def _filter(self) -> Filter:
        if not isinstance(self.question, Checklist):
            return self.question.filter()
        values = self.question.values()
        if self._summary.column is None:
            return ClusterFilter(tuple(int(value) for value in values))
        return CategoryFilter(self._summary.column, tuple(str(value) for value in values))


def _missing(summary: ColumnSummary) -> str:
    match summary.content:
        case Numbers(n_missing=count) if count:
            return ngettext(
                "{count} comment has no number here: it is left out.",
                "{count} comments have no number here: they are left out.",
                count,
            ).format(count=f"{count:,}")
        case Dates(n_missing=count) if count:
            return ngettext(
                "{count} comment has no date here: it is left out.",
                "{count} comments have no date here: they are left out.",
                count,
            ).format(count=f"{count:,}")
        case _:
            return ""
