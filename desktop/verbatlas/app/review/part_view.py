"""One part of the cluster that is reviewed."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from verbatlas.app.card.typical_list import TypicalList
from verbatlas.app.elsewhere import Place, place_button
from verbatlas.app.flow_layout import FlowLayout
from verbatlas.app.steady_widget import SteadyWidget
from verbatlas.app.words_label import words_label
from verbatlas.words import gettext as _


class PartView(SteadyWidget):
    """Show its comments, and what it is.

    Attributes:
        answered: What it is has changed, a letter typed included.
        named: It has got a name of its own.
        answer: What a person said it is: a name, blank for what the cluster is, None for nothing yet.
    """

    answered = Signal()
    named = Signal(str)

    def __init__(
        self,
        number: int,
        size: str,
        comments: Sequence[tuple[int, str]],
        places: Sequence[Place],
        *,
        present: str = "",
    ) -> None:
        super().__init__()
        self._present = present
        self.answer: str | None = None
        self.name = QLineEdit()
        self.name.setObjectName("part_name")
        self.name.setClearButtonEnabled(True)
        self.name.setAccessibleName(_("Name of part {number}, if it is something else").format(number=number))
        self.comments = TypicalList(_("Comments of part {number}").format(number=number), is_dense=True)
        self.comments.show_comments(comments)
        self.buttons: dict[str, QPushButton] = {}
        self.same = QPushButton(_("The same as the cluster"))
        self.same.setProperty("kind", "place")
        self.same.setCheckable(True)
        self.same.hide()
        head = QHBoxLayout()
        head.setSpacing(8)
        self._words = f"{number} · {size}"
        self._head = words_label("section", text=self._words)
        head.addWidget(self._head)
        head.addWidget(self.name, 1)
        places_row = QWidget()
        self._flow = FlowLayout(places_row)
        self._flow.addWidget(self.same)
        column = QVBoxLayout(self.body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(places_row)
        column.addWidget(self.comments)
        QWidget.setTabOrder(self.name, self.same)
        self._last_button = self.same
        for place in places:
            self.offer(place)
        self._likeliest, self._like = "", 0
        self._say_what_it_is()
        self.name.textChanged.connect(self._on_typed)
        self.name.editingFinished.connect(self._tell_name)
        self.same.clicked.connect(self._on_same)

    def give(self, answer: str | None) -> None:
        """Say what it is, as a person would."""
        self.name.setText(answer or "")
        self._set(answer)
        self._tell_name()

    @property
    def said(self) -> str:
        """Its number and size, and a mark while it is meant."""
        return self._head.text()

    def mark(self, *, is_meant: bool) -> None:
        """Show whether what is being typed elsewhere is about it."""
        self._head.setText(f"▸ {self._words}" if is_meant else self._words)
        self._head.setProperty("marked", is_meant)
        self._head.style().unpolish(self._head)
        self._head.style().polish(self._head)

    def offer(self, place: Place) -> None:
        """Offer one more name, unless it is offered already."""
        key = place.name.casefold()
        if key not in self.buttons:
            self.buttons[key] = place_button(place, _("This part is '{name}'").format(name=place.name))
            self.buttons[key].clicked.connect(partial(self._on_pressed, place.name))
            self._flow.addWidget(self.buttons[key])
            QWidget.setTabOrder(self._last_button, self.buttons[key])
            self._last_button = self.buttons[key]

    def show_likeliest(self, name: str, *, like: int) -> None:
        """Show what it is while nobody says anything else: the ``name`` of the part numbered ``like``."""
        self._likeliest, self._like = name, like
        self.same.setVisible(bool(name))
        self._say_what_it_is()

    def _say_what_it_is(self) -> None:
        self.same.setChecked(self.answer == "")
        words = self._present or _("the same")
        if self._likeliest and self.answer is None:
            words = _("{name}, like part {number}").format(name=self._likeliest, number=self._like)
        self.name.setPlaceholderText(words)
        self.name.setToolTip(words)  # a narrow panel cuts it off

    def _set(self, answer: str | None) -> None:
        self.answer = answer
        self._say_what_it_is()
        self.answered.emit()

    def _on_typed(self, text: str) -> None:
        self._set(" ".join(text.split()) or None)

    def _on_pressed(self, name: str) -> None:
        self.give(None if self.answer == name else name)

    def _on_same(self) -> None:
        self.give(None if self.answer == "" else "")

    def _tell_name(self) -> None:
        if self.answer:
            self.named.emit(self.answer)
