"""The search bar: type, see how many comments that is, select them."""

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QLineEdit, QPushButton, QSpinBox, QVBoxLayout, QWidget

from verbatlas.analysis.text_query import SearchKind
from verbatlas.app.number_box import indent_words
from verbatlas.app.search.query import Query
from verbatlas.app.words_label import words_label
from verbatlas.words import gettext as _
from verbatlas.words import ngettext

PAUSE = 250  # milliseconds without a key before a search begins
_N_MOST, _MOST = 100, 100_000
_N_MOST_WIDTH = 96
_WIDE = 520  # pixels


class SearchBar(QWidget):
    """Let a person ask; the answer is shown by whoever gets it.

    Words and patterns are asked for while they are typed, after a pause; meanings, which take longer, on Enter.

    Attributes:
        asked: Look for this Query. The same text may be asked for again with another ``n_most``.
        select_asked: Select the comments that were found.
        cluster_asked: Make a cluster of the comments that were found.
        cleared: Nothing is looked for any more.
    """

    asked = Signal(object)
    select_asked = Signal()
    cluster_asked = Signal()
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("search_bar")
        self._asked: Query | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self.line = QLineEdit()
        self.kind = QComboBox()
        for kind, words in _kinds().items():
            self.kind.addItem(words, kind.value)
        self.n_most = QSpinBox()
        self.n_most.setRange(1, _MOST)
        self.n_most.setValue(_N_MOST)
        self.n_most.setGroupSeparatorShown(True)
        indent_words(self.n_most)
        self.n_most.setFixedWidth(_N_MOST_WIDTH)
        self.result = words_label("secondary")
        self.select = QPushButton(_("Select them"))
        self.make_cluster = QPushButton(_("Make a cluster…"))
        self.clear = QPushButton(_("Clear"))
        self._name_for_screen_readers()
        self._place()
        self._connect()
        self._show_parts()

    @property
    def query(self) -> Query | None:
        """What was asked for last and not cleared since."""
        return self._asked

    def focus_search(self) -> None:
        """Let the person type, over what stands there."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def ask(self, text: str, kind: SearchKind = SearchKind.WORDS) -> None:
        """Type ``text`` for the person and look for it at once."""
        blockers = [QSignalBlocker(part) for part in (self.line, self.kind)]
        self.line.setText(text)
        self.kind.setCurrentIndex(self.kind.findData(kind.value))
        del blockers
        self._show_parts()
        self._ask()

    def show_searching(self) -> None:
        """Say that the answer takes a moment."""
        self._say(_("Searching…"))

    def show_result(self, n_found: int) -> None:
        """Say how many comments were found."""
        self._say(_found(n_found, self._asked), can_select=n_found > 0)

    def show_problem(self, sentence: str) -> None:
        """Say why there is no answer."""
        self._say(sentence, role="problem")

    def clear_search(self) -> None:
        """Forget the question and its answer, and announce it if there was one."""
        self._pause.stop()
        with QSignalBlocker(self.line):
            self.line.clear()
        was_asked, self._asked = self._asked is not None, None
        self._say("")
        self._show_parts()
        if was_asked:
            self.cleared.emit()

    def event(self, event: QEvent) -> bool:
        """Keep Esc from the window's actions as long as there is something to clear."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self._has_something():
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.clear_search()
                return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the answer beside its buttons where there is room."""
        super().resizeEvent(event)
        is_wide = event.size().width() >= _WIDE
        self._answer_row.setDirection(QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom)

    def _has_something(self) -> bool:
        return self._asked is not None or bool(self.line.text())

    def _kind(self) -> SearchKind:
        return SearchKind(self.kind.currentData())

    def _on_typed(self) -> None:
        self._show_parts()
        if not self.line.text().strip():
            self._pause.stop()
            self._forget()
        elif self._kind() is SearchKind.MEANING:
            self._hint()
        else:
            self._pause.start()

    def _on_kind(self) -> None:
        self._show_parts()
        if not self.line.text().strip():
            return
        if self._kind() is SearchKind.MEANING:
            self._pause.stop()
            self._hint()
        else:
            self._ask()

    def _on_n_most(self) -> None:
        if self._asked is not None and self._asked.kind is SearchKind.MEANING:
            self._pause.start()

    def _on_pause(self) -> None:
        # A number changed while the next meaning is being typed is about the one that was asked for.
        is_whole = self._asked is not None and self.line.text().strip() == self._asked.text
        if is_whole or self._kind() is not SearchKind.MEANING:
            self._ask()

    def _ask(self) -> None:
        self._pause.stop()
        text = self.line.text().strip()
        if not text:
            self._forget()
            return
        self._asked = Query(text, self._kind(), self.n_most.value())
        self.asked.emit(self._asked)

    def _forget(self) -> None:
        if self._asked is not None:
            self._asked = None
            self._say("")
            self.cleared.emit()

    def _hint(self) -> None:
        self._say(_("Press Enter to search by meaning."))

    def _say(self, words: str, *, role: str = "secondary", can_select: bool = False) -> None:
        self.result.setText(words)
        self.result.setProperty("role", role)
        self.result.style().polish(self.result)
        had_focus = self.select.hasFocus() or self.make_cluster.hasFocus()
        for button in (self.select, self.make_cluster):
            button.setEnabled(can_select)
            button.setVisible(role != "problem")  # a whole sentence needs the room
        if had_focus and not can_select:
            self.line.setFocus()
        self._show_parts()

    def _show_parts(self) -> None:
        self.n_most.setVisible(self._kind() is SearchKind.MEANING)
        self._answer.setVisible(self._has_something())

    def _name_for_screen_readers(self) -> None:
        self.line.setPlaceholderText(_("Search the comments…"))
        self.line.setAccessibleName(_("Search the comments"))
        self.kind.setAccessibleName(_("How to search"))
        tips = (
            _('Words: every word must occur; "in quotation marks" as one.'),
            _("Pattern: a regular expression, such as late|slow."),
            _("Meaning: comments that say something similar."),
        )
        self.kind.setToolTip("\n".join(tips))
        self.n_most.setAccessibleName(_("How many of the most similar comments"))
        self.n_most.setToolTip(_("How many of the most similar comments"))
        self.select.setToolTip(_("Select the comments that were found, to move them or make a cluster of them"))
        self.make_cluster.setToolTip(_("Make a new cluster of the comments that were found"))
        self.clear.setToolTip(_("Forget the search (Esc)"))

    def _place(self) -> None:
        question = QHBoxLayout()
        question.setSpacing(6)
        question.addWidget(self.line, 1)
        question.addWidget(self.kind)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self.n_most)
        buttons.addWidget(self.select)
        buttons.addWidget(self.make_cluster)
        buttons.addWidget(self.clear)
        buttons.addStretch(1)
        self._answer = QWidget()
        self._answer_row = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._answer)
        self._answer_row.setContentsMargins(0, 0, 0, 0)
        self._answer_row.setSpacing(6)
        self._answer_row.addWidget(self.result, 1)
        self._answer_row.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(question)
        column.addWidget(self._answer)

    def _connect(self) -> None:
        self._pause.timeout.connect(self._on_pause)
        self.line.textChanged.connect(self._on_typed)
        self.line.returnPressed.connect(self._ask)
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.n_most.valueChanged.connect(self._on_n_most)
        self.select.clicked.connect(self.select_asked)
        self.make_cluster.clicked.connect(self.cluster_asked)
        self.clear.clicked.connect(self._on_clear)

    def _on_clear(self) -> None:
        self.clear_search()
        self.line.setFocus()


def _kinds() -> dict[SearchKind, str]:
    return {
        SearchKind.WORDS: _("Words"),
        SearchKind.PATTERN: _("Pattern"),
        SearchKind.MEANING: _("Meaning"),
    }


def _found(count: int, query: Query | None) -> str:
    if count == 0:
        return _("No comment found.")
    if query is not None and query.kind is SearchKind.MEANING:
        return ngettext("The most similar comment.", "The {count} most similar comments.", count).format(
            count=f"{count:,}"
        )
    return ngettext("{count} comment found.", "{count} comments found.", count).format(count=f"{count:,}")
