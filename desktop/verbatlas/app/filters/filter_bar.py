"""The filters in use, and a menu to add one for any column."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from verbatlas.app.filters.column_summary import ColumnSummary
from verbatlas.app.filters.filter import Filter, subject
from verbatlas.app.filters.filter_chip import FilterChip
from verbatlas.app.filters.filter_dialog import FilterDialog
from verbatlas.app.flow_layout import FlowLayout
from verbatlas.app.words_label import words_label
from verbatlas.study import Labelling, Study
from verbatlas.words import gettext as _
from verbatlas.words import ngettext

_LONGEST = 40  # characters of a column's name in the menu


class FilterBar(QWidget):
    """Show the filters as chips; each column, and the clusters, can have one.

    Attributes:
        changed: Only the comments that pass all of these filters are wanted: a tuple of Filter.
        summary_asked: Find out what is in this column (its position, or None for the clusters) and call
            :meth:`ask` with the ColumnSummary, or :meth:`stop_waiting` when that failed.
    """

    changed = Signal(object)
    summary_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filter_bar")
        self.filters: tuple[Filter, ...] = ()
        self._study: Study | None = None
        self._labelling: Labelling | None = None
        self._chips: list[FilterChip] = []
        self.dialog: FilterDialog | None = None
        self.menu = QMenu(self)
        self.add = QPushButton(_("Filter…"))
        self.add.setAccessibleName(_("Add a filter"))
        self.add.setToolTip(_("Show only the comments with certain values in a column"))
        self.add.setMenu(self.menu)
        self.clear = QPushButton(_("Clear all"))
        self.clear.setAccessibleName(_("Clear all filters"))
        self.clear.setProperty("kind", "link")
        self.result = words_label("secondary")
        self.result.setWordWrap(False)
        self._flow = FlowLayout(self)
        for part in (self.add, self.clear, self.result):
            self._flow.addWidget(part)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.clear.clicked.connect(self._on_clear)
        self._show_chips()

    def show_study(self, study: Study | None) -> None:
        """Offer the columns of a study, without any filter; None for no study."""
        self._study = study
        self._labelling = None if study is None else study.labelling
        self.filters = ()
        self.stop_waiting()
        self._close_dialog()
        self._show_chips()

    def show_labelling(self, labelling: Labelling | None) -> None:
        """Say the names of the clusters as they are now."""
        self._labelling = labelling
        if self._study is not None:
            for chip, one in zip(self._chips, self.filters, strict=True):
                chip.show_words(one.describe(self._study, labelling))

    def show_filters(self, filters: tuple[Filter, ...]) -> None:
        """Show ``filters`` instead of those in use, without announcing them."""
        self.filters = filters
        self._show_chips()

    def show_result(self, n_passing: int) -> None:
        """Say how many comments pass."""
        self.result.setText(
            ngettext("{count} comment passes", "{count} comments pass", n_passing).format(count=f"{n_passing:,}")
        )

    def ask(self, summary: ColumnSummary) -> None:
        """Ask the person what of a column is wanted; nothing changes until that is answered."""
        self.stop_waiting()
        self._close_dialog()
        before = next((one for one in self.filters if subject(one) == summary.column), None)
        self.dialog = FilterDialog(summary, before, self.window())
        self.dialog.chosen.connect(self._on_chosen)
        self.dialog.finished.connect(self._on_dialog_closed)
        # Where a menu goes over into a dialog, Qt does not tell the button that the pointer has left it.
        self.add.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)  # noqa: FBT003 - Qt has no name for it
        self.dialog.open()

    def stop_waiting(self) -> None:
        """Let another column be chosen."""
        self.add.setEnabled(self._study is not None)
        self.add.setText(_("Filter…"))

    def _fill_menu(self) -> None:
        self.menu.clear()
        if self._study is None:
            return
        if self._labelling is not None:
            self.menu.addAction(_("Cluster")).triggered.connect(partial(self.ask_about, None))
            self.menu.addSeparator()
        for column, label in enumerate(self._study.table.labels()):
            if column not in self._study.text_columns:
                self.menu.addAction(_menu_words(label)).triggered.connect(partial(self.ask_about, column))

    def ask_about(self, column: int | None, *_checked: object) -> None:
        """Find out what is in a column, by its position in the file, or in the clusters (None), to filter by it."""
        self.add.setEnabled(False)
        self.add.setText(_("Looking…"))
        self.summary_asked.emit(column)

    def _on_chosen(self, chosen: Filter) -> None:
        others = [one for one in self.filters if subject(one) != subject(chosen)]
        before = next((place for place, one in enumerate(self.filters) if subject(one) == subject(chosen)), len(others))
        self._use((*others[:before], chosen, *others[before:]))

    def _on_dialog_closed(self) -> None:
        self._close_dialog()
        self.add.setFocus()

    def _on_remove(self, place: int) -> None:
        self._use(self.filters[:place] + self.filters[place + 1 :])
        # The next one, or else where a new one begins.
        (self._chips[place].words if place < len(self._chips) else self.add).setFocus()

    def _on_clear(self) -> None:
        self._use(())
        self.add.setFocus()

    def _use(self, filters: tuple[Filter, ...]) -> None:
        if filters != self.filters:
            self.filters = filters
            self._show_chips()
            self.changed.emit(filters)

    def _show_chips(self) -> None:
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        filters = self.filters if self._study is not None else ()
        for place, one in enumerate(filters):
            assert self._study is not None
            chip = FilterChip(one.describe(self._study, self._labelling), self)
            chip.change_asked.connect(partial(self.ask_about, subject(one)))
            chip.remove_asked.connect(partial(self._on_remove, place))
            self._flow.insert(1 + place, chip)
            chip.show()
            self._chips.append(chip)
        self._place_in_tab_order()
        for part in (self.clear, self.result):
            part.setVisible(bool(filters))
        self.result.clear()
        self.add.setEnabled(self._study is not None)
        self.updateGeometry()

    def _place_in_tab_order(self) -> None:
        before: QWidget = self.add
        for chip in self._chips:
            for part in (chip.words, chip.remove):
                QWidget.setTabOrder(before, part)
                before = part
        QWidget.setTabOrder(before, self.clear)

    def _close_dialog(self) -> None:
        if self.dialog is not None:
            dialog, self.dialog = self.dialog, None
            dialog.close()
            dialog.deleteLater()


def _menu_words(label: str) -> str:
    line = " ".join(label.split())
    short = line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
    return short.replace("&", "&&")
