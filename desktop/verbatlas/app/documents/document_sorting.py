"""Sorting beside the window's thread: one question at a time, a later one replaces the earlier."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from verbatlas.app.background import Background, Task
from verbatlas.app.documents.document_order import order_by
from verbatlas.app.documents.listing import Listing


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """What is to be sorted, and how."""

    listing: Listing
    column: int
    descending: bool


class DocumentSorting(QObject):
    """Ask a background for the order of a listing.

    Attributes:
        found: The order that was asked for last: int64, shape (n_documents,).
        busy_changed: Whether an answer is being waited for.
    """

    found = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._task: Task | None = None
        self._question: Question | None = None

    @property
    def is_busy(self) -> bool:
        """Whether an answer is being waited for."""
        return self._question is not None

    def ask(self, question: Question) -> None:
        """Find an order; an earlier question is forgotten."""
        self._cancel()
        self._question = question
        self._task = Task(lambda task: (question, _answer(question, task)))
        self._task.finished.connect(self._on_answer)
        self._task.failed.connect(self._on_failed)
        self._background.add(self._task)
        self.busy_changed.emit(True)  # noqa: FBT003 - a signal has no keywords

    def forget(self) -> None:
        """Forget the question that is open, if there is one."""
        if self.is_busy:
            self._cancel()
            self._end()

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _on_answer(self, answer: tuple[Question, NDArray[np.int64]]) -> None:
        question, rows = answer
        if question is self._question:  # an answer may have been on its way already when the question was forgotten
            self._end()
            self.found.emit(rows)

    def _on_failed(self, error: Exception) -> None:
        self._end()
        raise error  # nothing here is the analyst's mistake: the window's bug report takes it

    def _end(self) -> None:
        self._question = None
        self.busy_changed.emit(False)  # noqa: FBT003


def _answer(question: Question, task: Task) -> NDArray[np.int64]:
    return order_by(question.listing, question.column, descending=question.descending, go_on=task.stop_if_unwanted)
