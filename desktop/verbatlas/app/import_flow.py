"""The way from a file to its study: the page between them, and what is counted while it is seen."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from verbatlas.app.import_page import ImportChoice, ImportPage
from verbatlas.app.session import Session
from verbatlas.app.work import Counted, ReadTable, TextChoice
from verbatlas.errors import UserError
from verbatlas.tables import TableFormat


class ImportFlow(QObject):
    """Show the page when a table was read, and do what is chosen on it.

    Args:
        session: Reads, counts and makes the study.
        pages: The pages of the window; this one joins them when it is first needed.

    Attributes:
        shown: A table was read and is on the page: a ReadTable.
        left: The person does not want its study.
    """

    shown = Signal(object)
    left = Signal()

    def __init__(self, session: Session, pages: QStackedWidget) -> None:
        super().__init__(pages)
        self._session = session
        self._pages = pages
        self._page: ImportPage | None = None
        session.table_read.connect(self._on_table_read)
        session.counted.connect(self._on_counted)
        session.near_progress.connect(self._on_near_progress)
        session.job_ended.connect(self._on_job_ended)
        session.problem.connect(self._on_problem)

    @property
    def page(self) -> ImportPage:
        """The page between a file and its map, built when it is first needed."""
        if self._page is None:
            self._page = ImportPage()
            self._pages.addWidget(self._page)
            self._page.accepted.connect(self._on_accepted)
            self._page.left.connect(self._on_left)
            self._page.format_chosen.connect(self._on_format_chosen)
            self._page.counts_wanted.connect(self._on_counts_wanted)
            self._page.near_wanted.connect(self._on_near_wanted)
        return self._page

    @property
    def is_shown(self) -> bool:
        """Whether the page is what the window shows."""
        return self._page is not None and self._pages.currentWidget() is self._page

    @property
    def _read(self) -> ReadTable:
        read = self.page.read
        assert read is not None
        return read

    def _on_table_read(self, read: ReadTable) -> None:
        self.page.show_table(read)
        self._pages.setCurrentWidget(self.page)
        self.shown.emit(read)

    def _on_accepted(self, choice: ImportChoice) -> None:
        self._session.create(self._read, choice.text, choice.leave_out)

    def _on_left(self) -> None:
        self._session.stop_counting()
        self.left.emit()

    def _on_format_chosen(self, table_format: TableFormat) -> None:
        self._session.read(self._read.path, table_format)

    def _on_counts_wanted(self, choice: TextChoice) -> None:
        self._session.count(self._read, choice)

    def _on_near_wanted(self, counted: Counted | None) -> None:
        if counted is None:
            self._session.stop_counting()
        else:
            self._session.count_near(counted)

    def _on_counted(self, counted: Counted) -> None:
        self.page.show_counts(counted)

    def _on_near_progress(self, stage: object, done: int, total: int) -> None:
        self.page.show_near_progress(stage, done, total)

    def _on_job_ended(self) -> None:
        """Count on what a job has interrupted: it may have failed or been cancelled."""
        if self.is_shown:
            self.page.count_again()

    def _on_problem(self, _error: UserError) -> None:
        """Show the format that the table was read in, and not the one that failed."""
        if self._page is not None:
            self._page.show_format()
