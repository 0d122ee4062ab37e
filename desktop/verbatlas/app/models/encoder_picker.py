"""The box in which a person picks what reads the comments: what is installed, and a way to more."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from verbatlas.words import gettext as _

_MORE = "more"  # no encoder is called so


class EncoderPicker(QComboBox):
    """Offer encoders by what people call them.

    Attributes:
        picked: The name of the encoder that is wanted now.
        more_asked: The person wants to see all models.
    """

    picked = Signal(str)
    more_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Read by"))
        self.setToolTip(_("What turns comments into numbers that can be compared"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._wanted = ""
        self.activated.connect(self._on_activated)

    def offer(self, encoders: Sequence[tuple[str, str]], *, wanted: str) -> None:
        """Offer ``encoders``, each by its name and its words; the wanted one is offered in any case."""
        with QSignalBlocker(self):
            self._wanted = wanted
            self.clear()
            for name, words in encoders:
                self.addItem(words, name)
            if self.findData(wanted) < 0:
                self.addItem(wanted, wanted)
            self.insertSeparator(self.count())
            self.addItem(_("More models…"), _MORE)
            self.setCurrentIndex(self.findData(wanted))

    def _on_activated(self, place: int) -> None:
        name = self.itemData(place)
        if name == _MORE:
            self.setCurrentIndex(self.findData(self._wanted))
            self.more_asked.emit()
        elif name != self._wanted:
            self._wanted = name
            self.picked.emit(name)
