"""Search and filters together: which comments are shown, on the map, in the counts and in the table."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from verbatlas.analysis.similarity import most_similar, similar_to
from verbatlas.analysis.text_query import SearchKind
from verbatlas.analysis.text_search import TextIndex
from verbatlas.app.filters.column_summary import ColumnSummary, summary_of
from verbatlas.app.filters.filter import ClusterFilter, Filter, combine
from verbatlas.app.filters.filter_bar import FilterBar
from verbatlas.app.search.found_parts import FoundParts
from verbatlas.app.search.meaning_job import similarities_of
from verbatlas.app.search.query import Query
from verbatlas.app.search.search_bar import SearchBar
from verbatlas.app.selection import Selection
from verbatlas.app.session import Session
from verbatlas.encoders import Choice
from verbatlas.errors import UserError
from verbatlas.problem_words import sentence
from verbatlas.study import Study
from verbatlas.words import gettext as _

_SEARCH, _FILTER, _SUMMARY, _ALIKE = "search", "filter", "column summary", "alike"
_MOST_ALIKE, _SHARE_ALIKE = 50, 5  # in a small table one in so many: the rest is not alike


class Finding(QObject):
    """Answer what the two bars ask.

    Attributes:
        shown_changed: Only these comments are wanted now: bool, shape (n_documents,); None for all.
        marks_changed: These FoundParts are to be marked in the texts.
        cluster_asked: Make a cluster of what is selected, which is what was found.
        sending_asked: What is looked for would leave this computer, and the person must know first: the encoder, and
            what goes on with the search.
    """

    shown_changed = Signal(object)
    marks_changed = Signal(object)
    cluster_asked = Signal()
    sending_asked = Signal(str, object)

    def __init__(self, search: SearchBar, filters: FilterBar, *, session: Session, selection: Selection) -> None:
        super().__init__(search)
        self._search = search
        self._filters = filters
        self._session = session
        self._selection = selection
        self._index: tuple[Study, TextIndex] | None = None
        self._cosines: tuple[Study, str, NDArray[np.float32]] | None = None
        self._found: NDArray[np.bool_] | None = None
        self._passing: NDArray[np.bool_] | None = None
        search.asked.connect(self._on_asked)
        search.cleared.connect(self._on_cleared)
        search.select_asked.connect(self._on_select)
        search.cluster_asked.connect(self._on_cluster_asked)
        filters.changed.connect(self._on_filters)
        filters.summary_asked.connect(self._on_summary_asked)
        session.answered.connect(self._on_answer)
        session.study_changed.connect(self._on_study)
        session.labelling_changed.connect(self._on_labelling)
        self._on_study()

    @property
    def shown(self) -> NDArray[np.bool_] | None:
        """The comments that are wanted: bool, shape (n_documents,); None for all."""
        if self._found is None or self._passing is None:
            return self._passing if self._found is None else self._found
        shown: NDArray[np.bool_] = self._found & self._passing
        return shown

    def select_alike(self, rows: NDArray[np.int64]) -> None:
        """Select the comments that are most like those in ``rows``, these included."""
        study = self._session.study
        if study is None or not len(rows):
            return

        def work() -> NDArray[np.bool_] | None:
            embedding = study.embedding
            if embedding is None:
                return None
            most = min(_MOST_ALIKE, len(study.documents) // _SHARE_ALIKE)
            alike = most_similar(similar_to(embedding.vectors, rows), len(rows) + most)
            alike[rows] = True
            return alike

        self._session.ask(_ALIKE, work)

    def _on_study(self) -> None:
        self._index = self._cosines = self._found = self._passing = None
        self._filters.show_study(self._session.study)
        self._search.clear_search()
        self._search.setEnabled(self._session.study is not None)
        self.shown_changed.emit(None)

    def _on_labelling(self) -> None:
        study = self._session.study
        self._filters.show_labelling(None if study is None else study.labelling)
        if any(isinstance(one, ClusterFilter) for one in self._filters.filters):
            self._on_filters(self._filters.filters)

    def _on_asked(self, query: Query) -> None:
        study, choice = self._session.study, self._session.choice
        if study is None or choice is None:
            return
        if query.kind is not SearchKind.MEANING:
            self._search.show_searching()
            self._session.ask(_SEARCH, lambda: self._indexed(study).find(query.text, kind=query.kind))
        elif self._cosines is not None and self._cosines[:2] == (study, query.text):
            self._show_found(most_similar(self._cosines[2], query.n_most))
        elif self._session.may_send(choice.encoder):
            self._ask_by_meaning(study, choice, query.text)
        else:
            self._search.show_problem(_("Not searched: your words would leave this computer."))
            self.sending_asked.emit(choice.encoder, lambda: self._search_again(query))

    def _ask_by_meaning(self, study: Study, choice: Choice, text: str) -> None:
        self._search.show_searching()
        self._session.ask_engine(
            _SEARCH,
            lambda engine, task: (study, text, similarities_of(study, choice, text, engine=engine, task=task)),
        )

    def _search_again(self, query: Query) -> None:
        """Search now that the person agrees, if it is still what they look for."""
        if self._search.query == query:
            self._on_asked(query)

    def _indexed(self, study: Study) -> TextIndex:
        """Return the index of the study's text, made at the first search."""
        if self._index is None or self._index[0] is not study:
            self._index = (study, TextIndex(study.documents))
        return self._index[1]

    def _on_cleared(self) -> None:
        self._found = None
        self.marks_changed.emit(FoundParts())
        self.shown_changed.emit(self.shown)

    def _on_select(self) -> None:
        if (shown := self.shown) is not None:
            self._selection.choose(shown.copy())

    def _on_cluster_asked(self) -> None:
        self._on_select()
        self.cluster_asked.emit()

    def _on_filters(self, filters: tuple[Filter, ...]) -> None:
        study = self._session.study
        if study is None:
            return
        if not filters:
            self._session.forget(_FILTER)
            self._passing = None
            self.shown_changed.emit(self.shown)
            return
        self._session.ask(_FILTER, lambda: (filters, combine(filters, study, study.labelling)))

    def _on_summary_asked(self, column: int | None) -> None:
        study = self._session.study
        if study is not None:
            self._session.ask(_SUMMARY, lambda: summary_of(study, column))

    def _on_answer(self, name: str, answer: object) -> None:
        match name, answer:
            case "search", UserError() as error if self._search.query is not None:
                self._search.show_problem(sentence(error))
            case "search", np.ndarray() as found if self._search.query is not None:
                self._show_found(found)
            case "search", (Study() as study, str() as text, np.ndarray() as cosines):
                self._cosines = (study, text, cosines)
                query = self._search.query
                if query is not None and query.text == text and study is self._session.study:
                    self._show_found(most_similar(cosines, query.n_most))
            case "filter", (tuple() as filters, np.ndarray() as passing) if filters == self._filters.filters:
                self._passing = passing
                self._filters.show_result(int(passing.sum()))
                self.shown_changed.emit(self.shown)
            case "column summary", ColumnSummary() as summary:
                self._filters.ask(summary)
            case "column summary", _:
                self._filters.stop_waiting()
            case "alike", np.ndarray() as alike:
                self._selection.choose(alike)

    def _show_found(self, found: NDArray[np.bool_]) -> None:
        self._found = found
        shown = self.shown
        assert shown is not None
        self._search.show_result(int(shown.sum()))
        self.marks_changed.emit(FoundParts(self._search.query))
        self.shown_changed.emit(shown)
