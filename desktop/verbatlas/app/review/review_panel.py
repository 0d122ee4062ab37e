"""The panel in which a person goes through the clusters: read, accept or type a name, and on to the next."""

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from verbatlas.app.card.cluster_card import ClusterCard
from verbatlas.app.card.typical_list import TypicalList
from verbatlas.app.review.filling_scroll import FillingScroll
from verbatlas.app.review.part_entry import KeptName, PartEntry, numbers_in
from verbatlas.app.review.part_list import PartCard, PartList
from verbatlas.app.review.review_order import ReviewState
from verbatlas.app.words_label import words_label
from verbatlas.words import gettext as _


class ReviewPanel(QWidget):
    """Show one cluster and what can be done with it.

    Attributes:
        accepted: The name in the field is right; the name.
        merge_asked: The cluster belongs to another one.
        split_asked: The cluster is more than one.
        next_asked: Leave it for later.
        previous_asked: Go back to the one before.
        document_chosen: Show this comment (its row) in full.
        second_look_asked: All clusters have been reviewed; look over what is doubtful in them.
        many_asked: Whether more, smaller parts are wanted.
        opened: The person sees the panel from now on.
    """

    accepted = Signal(str)
    merge_asked = Signal()
    split_asked = Signal()
    next_asked = Signal()
    previous_asked = Signal()
    document_chosen = Signal(object)
    second_look_asked = Signal()
    many_asked = Signal(bool)
    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("review_panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.is_seen = False
        self._count = words_label("secondary")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        self._bar.setAccessibleName(_("Clusters reviewed"))
        self._dot = QLabel()
        self._dot.setFixedSize(12, 12)
        self.name = QLineEdit()
        self.name.setObjectName("review_name")
        self.name.setAccessibleName(_("Name of the cluster"))
        self._size = words_label("secondary")
        self._keywords = words_label("cell", selectable=True)
        self._typical = TypicalList(_("Typical comments"), n_ahead=5)
        self._section = words_label("section")
        self._hint = words_label(
            "secondary", text=_('Or type "2:" or "2, 4-6:" and a name above, to name those parts.')
        )
        self.many = QCheckBox(_("More, smaller parts"))
        self.many.setToolTip(_("More to read, and fewer comments in the wrong place"))
        self.parts = PartList()
        self._kept = KeptName()
        self._shown: tuple[int, str] | None = None  # the cluster, and its name when it was put into the field
        self._known: frozenset[str] = frozenset()
        self._accept = QPushButton(_("Accept and go on"))
        self._accept.setProperty("kind", "primary")
        self._accept.setToolTip(_("Enter"))
        self.second_look = self._button(_("Look over the doubtful parts"), "Alt+L", self.second_look_asked.emit)
        self.second_look.hide()
        self._build()
        self._typical.chosen.connect(self.document_chosen)
        self.name.returnPressed.connect(self._on_accept)
        self._accept.clicked.connect(self._on_accept)
        self.parts.accepted.connect(self._on_accept)
        self.parts.shown.connect(self._say_what_enter_does)
        self.parts.document_chosen.connect(self.document_chosen)
        self.name.textChanged.connect(self._on_typed)
        self.many.toggled.connect(self.many_asked)

    def set_seen(self, is_seen: bool) -> None:  # noqa: FBT001 - a signal's argument
        """Note whether the panel is seen; behind another tab it counts as shown for Qt, and is told by this alone."""
        if is_seen != self.is_seen:
            self.is_seen = is_seen
            if is_seen:
                self.opened.emit()

    def show_cluster(self, card: ClusterCard | None, state: ReviewState, *, colour: QColor) -> None:
        """Show a cluster in its ``colour``, and how far the person has come; None where there is nothing to review."""
        done, total = len(state.reviewed), len(state.order)
        words = _("{done} of {total} reviewed").format(done=f"{done:,}", total=f"{total:,}")
        self._count.setText(words + "  ·  " + _("all done") if state.is_done and total else words)
        self._bar.setRange(0, max(1, total))
        self._bar.setValue(done)
        self.second_look.setVisible(state.is_done and total > 0)
        self.setEnabled(card is not None)
        shown, self._shown = self._shown, None if card is None else (card.id, card.name)
        if card is None:
            return
        if self._shown != shown or not self.name.isModified():  # what is being typed stays when more becomes known
            self._kept = KeptName(card.name)
            self.name.setText(card.name)
            self.name.selectAll()
        self._size.setText(card.size)
        self._keywords.setText(_(", ").join(card.keywords))
        self._dot.setStyleSheet(f"background:{colour.name()}; border-radius:6px;")
        self._typical.show_comments(card.typical, marked=card.keywords)

    def show_parts(self, cards: Sequence[PartCard], *, total: int) -> None:
        """Show the first parts of the cluster instead of its typical comments; none while they are not known."""
        self.parts.show_parts(cards, total=total)
        self._typical.setVisible(not cards)
        words = _("Its parts: name those that are something else") if len(cards) > 1 else _("Typical comments")
        self._section.setText(words)
        self._hint.setVisible(len(cards) > 1)
        self.many.setVisible(bool(cards))

    @property
    def accept_words(self) -> str:
        """What Enter does, in words."""
        return self._accept.text()

    def know_names(self, names: Collection[str]) -> None:
        """Remember the names of other clusters: one of them typed means that this one joins it."""
        self._known = frozenset(name.casefold() for name in names)
        self._say_what_enter_does()

    def _on_typed(self, text: str) -> None:
        self._kept.see(text)
        self._say_what_enter_does()

    def _say_what_enter_does(self) -> None:
        name = " ".join(self.name.text().split())
        entry = self._entry()
        self.parts.mark(numbers_in(self.name.text()))
        self._accept.setEnabled(entry is None or self.parts.has(entry))
        if entry is not None:
            self._accept.setText(self.parts.words_of(entry))
        elif name.casefold() in self._known:
            self._accept.setText(_("Join '{name}' and go on").format(name=name))
        else:
            self._accept.setText(_("Accept and go on"))

    def _entry(self) -> PartEntry | None:
        """Return what the field says of parts, where there are parts."""
        return PartEntry.of(self.name.text()) if self.parts.parts else None

    def _on_accept(self) -> None:
        if not self._accept.isEnabled():
            return
        if (entry := self._entry()) is None:
            self.accepted.emit(self.name.text())
            return
        self._scroll.ensureWidgetVisible(self.parts.answer(entry).name)
        self.name.setText(self._kept.text)
        self.name.selectAll()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._dot)
        head.addWidget(self.name, 1)
        buttons = QGridLayout()
        buttons.setSpacing(6)
        for place, (words, keys, signal) in enumerate(
            (
                (_("Merge…"), "Alt+M", self.merge_asked.emit),
                (_("Split…"), "Alt+S", self.split_asked.emit),
                (_("Back"), "Alt+B", self.previous_asked.emit),
                (_("Later"), "Alt+N", self.next_asked.emit),
            )
        ):
            buttons.addWidget(self._button(words, keys, signal), place // 2, place % 2)
        page = QWidget()
        page.setObjectName("review_page")
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        for part in (self._size, self._keywords, self._section, self._hint, self.many):
            inner.addWidget(part)
        inner.addWidget(self._typical)
        inner.addWidget(self.parts)
        inner.addStretch(1)
        self._scroll = FillingScroll(page, self.parts, turned_from=self.name)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addWidget(self._count)
        column.addWidget(self._bar)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._accept)
        column.addWidget(self.second_look)
        column.addLayout(buttons)

    def _button(self, words: str, keys: str, do: Callable[[], None]) -> QPushButton:
        shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        button = QPushButton(words)
        button.setToolTip(shown)
        button.clicked.connect(do)
        shortcut = QShortcut(QKeySequence(keys), self)
        # Only while the keyboard is in this panel: elsewhere the same keys open the menus.
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(do)
        return button
