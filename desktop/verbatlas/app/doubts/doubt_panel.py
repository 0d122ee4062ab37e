"""The panel of the second look: one list of doubtful parts, each with the name that it keeps unless it gets another."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QProgressBar, QPushButton, QVBoxLayout, QWidget

from verbatlas.app.review.filling_scroll import FillingScroll
from verbatlas.app.review.part_entry import PartEntry, numbers_in
from verbatlas.app.review.part_list import PartCard, PartList
from verbatlas.app.words_label import words_label
from verbatlas.words import gettext as _
from verbatlas.words import ngettext

_BACK = "Alt+B"


class DoubtPanel(QWidget):
    """Show what is doubtful, or why nothing is shown.

    Attributes:
        done: All parts that are shown have their right name now.
        left: Go back to the clusters.
        document_chosen: Show this comment (its row) in full.
        is_seen: Whether the person looks at the panel.
    """

    done = Signal()
    left = Signal()
    document_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("doubt_panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.is_seen = False
        self._count = words_label("heading")
        self._hint = words_label(
            "secondary",
            text=_(
                'Where a name is wrong, press the right one, or type "3:" or "3, 5-7:" and a name here. '
                "All others stay."
            ),
        )
        self.name = QLineEdit()
        self.name.setObjectName("doubt_name")
        self.name.setPlaceholderText(_("3: the right name"))
        self.name.setAccessibleName(_("Number and right name of a part"))
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        self._bar.setAccessibleName(_("Search for doubtful names"))
        self.parts = PartList()
        self._accept = QPushButton()
        self._accept.setProperty("kind", "primary")
        self._accept.setToolTip(_("Enter"))
        self._back = QPushButton(_("Back to the clusters"))
        self._back.setToolTip(QKeySequence(_BACK).toString(QKeySequence.SequenceFormat.NativeText))
        self._build()
        self.name.textChanged.connect(self._say_what_enter_does)
        self.name.returnPressed.connect(self._on_enter)
        self._accept.clicked.connect(self._on_enter)
        self._back.clicked.connect(self.left)
        back = QShortcut(QKeySequence(_BACK), self)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self.left)
        self.parts.accepted.connect(self._on_enter)
        self.parts.shown.connect(self._say_what_enter_does)
        self.parts.answered.connect(self._say_what_enter_does)
        self.parts.document_chosen.connect(self.document_chosen)
        self.say("")

    @property
    def said(self) -> str:
        """What is said above the list."""
        return self._count.text()

    @property
    def enter_words(self) -> str:
        """What Enter does, in words; blank while it does nothing."""
        return "" if self._accept.isHidden() else self._accept.text()

    @property
    def has_answers(self) -> bool:
        """Whether a part has got another name."""
        return any(name.strip() for name in self.parts.names)

    @property
    def is_searching(self) -> bool:
        """Whether the list is being made."""
        return not self._bar.isHidden()

    def take_keyboard(self) -> None:
        """Give the keyboard to the field, or to the way back where there is no list."""
        (self._back if self.name.isHidden() else self.name).setFocus()

    def set_seen(self, is_seen: bool) -> None:  # noqa: FBT001 - as of every page
        """Note whether the panel is seen; behind another tab it counts as shown for Qt, and is told by this alone."""
        self.is_seen = is_seen

    def say(self, words: str) -> None:
        """Say why there is no list."""
        self._show_list(words, is_there=False)
        self._bar.hide()

    def show_searching(self) -> None:
        """Say that the list is being made."""
        self._show_list(_("Looking for parts with a doubtful name…"), is_there=False)
        self._bar.setRange(0, 0)
        self._bar.show()

    def show_progress(self, done: int, total: int) -> None:
        """Show how far the search has come."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def show_parts(self, cards: Sequence[PartCard], *, total: int) -> None:
        """Show the first parts of the list, all of them with the names that they have; ``total`` is how many it has."""
        words = ngettext("{count} part has a doubtful name", "{count} parts have a doubtful name", total)
        self._bar.hide()
        self._show_list(words.format(count=f"{total:,}"), is_there=True)
        self.parts.show_parts(cards, total=total)
        self._scroll.verticalScrollBar().setValue(0)
        self._order_tabs()

    def add_parts(self, cards: Sequence[PartCard], *, total: int) -> None:
        """Show these parts under the others."""
        self.parts.add_parts(cards, total=total)
        self._order_tabs()

    def _show_list(self, words: str, *, is_there: bool) -> None:
        """Show ``words`` above the list, and the list's own controls where it is there."""
        self._count.setText(words)
        self.name.clear()
        if not is_there:
            self.parts.show_parts([], total=0)
        for part in (self._hint, self.name, self._accept):
            part.setVisible(is_there)

    def _say_what_enter_does(self) -> None:
        entry = PartEntry.of(self.name.text())
        self.parts.mark(numbers_in(self.name.text()))
        is_unclear = entry is None and bool(self.name.text().strip())
        self._accept.setEnabled(not is_unclear if entry is None else self.parts.has(entry))
        if entry is not None:
            self._accept.setText(self.parts.words_of(entry))
        elif is_unclear:
            self._accept.setText(_("Type the number first, then a colon and the name"))
        elif count := sum(bool(name.strip()) for name in self.parts.names):
            done = ngettext("Done: correct {count} part", "Done: correct {count} parts", count)
            self._accept.setText(done.format(count=f"{count:,}"))
        else:
            self._accept.setText(_("Done: all of these names are right"))

    def _order_tabs(self) -> None:
        """Let the keyboard come to the buttons after the parts, which are newer than they."""
        lines = self.parts.parts[-1].comments.comments
        QWidget.setTabOrder(lines[-1], self._accept)
        QWidget.setTabOrder(self._accept, self._back)

    def _on_enter(self) -> None:
        if not self._accept.isEnabled() or self._accept.isHidden():
            return
        if (entry := PartEntry.of(self.name.text())) is None:
            self.done.emit()
            return
        self._scroll.ensureWidgetVisible(self.parts.answer(entry).name)
        self.name.clear()

    def _build(self) -> None:
        page = QWidget()
        page.setObjectName("doubt_page")
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(self.parts)
        inner.addStretch(1)
        self._scroll = FillingScroll(page, self.parts, turned_from=self.name)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        for part in (self._count, self._bar, self._hint, self.name):
            column.addWidget(part)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._accept)
        column.addWidget(self._back)
