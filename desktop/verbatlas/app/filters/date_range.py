"""Ask which days of a column are wanted."""

from datetime import date, timedelta

from PySide6.QtCore import QDate, QSignalBlocker, Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QDateEdit,
    QSpinBox,
    QToolButton,
    QWidget,
)

from verbatlas.app.filters.column_summary import Dates
from verbatlas.app.filters.filter import DateFilter
from verbatlas.app.filters.histogram import Histogram
from verbatlas.app.filters.range_layout import lay_out_range
from verbatlas.app.icons import icon
from verbatlas.words import gettext as _


class DateRange(QWidget):
    """Two boxes for the first and the last day, each with a calendar, and a picture of all days.

    Args:
        column: The position of the column.
        dates: What is in it.
        wanted: What was wanted before.
        parent: The dialog.
    """

    def __init__(self, column: int, dates: Dates, wanted: DateFilter | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._column = column
        self._dates = dates
        self.histogram = Histogram(dates.counts)
        self.first = self._box(_("From"), dates.first if wanted is None else wanted.first)
        self.last = self._box(_("To"), dates.last if wanted is None else wanted.last)
        lay_out_range(self, self.histogram, ((_("&From"), self.first), (_("&To"), self.last)))
        self.first.dateChanged.connect(self._on_first)
        self.last.dateChanged.connect(self._on_last)
        self.histogram.range_dragged.connect(self._on_dragged)
        self._show_range()
        self.setFocusProxy(self.first)

    def filter(self) -> DateFilter:
        """Return what is wanted."""
        return DateFilter(self._column, _day(self.first), _day(self.last))

    def _box(self, name: str, day: date) -> QDateEdit:
        box = QDateEdit()
        box.setAccessibleName(name)
        box.setCalendarPopup(True)
        box.setDisplayFormat("yyyy-MM-dd")
        _dress(box.calendarWidget())
        box.setDateRange(_shown(self._dates.first), _shown(self._dates.last))
        box.setDate(_shown(day))
        return box

    @property
    def _n_days(self) -> int:
        return (self._dates.last - self._dates.first).days

    def _on_first(self, day: QDate) -> None:
        if day > self.last.date():
            self.last.setDate(day)
        self._show_range()

    def _on_last(self, day: QDate) -> None:
        if day < self.first.date():
            self.first.setDate(day)
        self._show_range()

    def _on_dragged(self, low: float, high: float) -> None:
        for box, share in ((self.first, low), (self.last, high)):
            with QSignalBlocker(box):
                box.setDate(_shown(self._dates.first + timedelta(days=round(share * self._n_days))))

    def _show_range(self) -> None:
        n_days = max(self._n_days, 1)
        low, high = ((_day(box) - self._dates.first).days / n_days for box in (self.first, self.last))
        self.histogram.show_range(low, high if self._n_days else 1.0)


def _dress(calendar: QCalendarWidget) -> None:
    """Give Qt's calendar the icons of the theme, names, and days that are all read equally well."""
    for name, drawing, words in (
        ("qt_calendar_prevmonth", "chevron-left", _("Month before")),
        ("qt_calendar_nextmonth", "chevron-right", _("Month after")),
    ):
        for button in calendar.findChildren(QToolButton, name):
            button.setIcon(icon(drawing))
            button.setAccessibleName(words)
    for box in calendar.findChildren(QSpinBox):
        box.setAccessibleName(_("Year"))
    for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):  # red on dark is hard to read, and says nothing
        calendar.setWeekdayTextFormat(weekday, QTextCharFormat())


def _day(box: QDateEdit) -> date:
    shown = box.date()
    return date(shown.year(), shown.month(), shown.day())


def _shown(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
