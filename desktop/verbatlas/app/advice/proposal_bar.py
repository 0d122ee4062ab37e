"""After comments were moved by hand: an offer to move more like them, which can be looked at first and refused."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from verbatlas.app.words_label import words_label
from verbatlas.words import gettext as _
from verbatlas.words import ngettext


class ProposalBar(QWidget):
    """Make one offer; hidden while there is none.

    Attributes:
        look_asked: Select the comments that are offered, to look at them.
        accepted: Move them.
        refused: Leave them where they are.
    """

    look_asked = Signal()
    accepted = Signal()
    refused = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("proposal_bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words = words_label("cell")
        self.look = QPushButton(_("Look at them"))
        self.accept = QPushButton(_("Move them too"))
        self.accept.setProperty("kind", "primary")
        self.refuse = QPushButton(_("No"))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        for part, signal in ((self.look, self.look_asked), (self.accept, self.accepted), (self.refuse, self.refused)):
            row.addWidget(part)
            part.clicked.connect(signal)
        self.hide()

    @property
    def text(self) -> str:
        """What is offered; empty while nothing is."""
        return "" if self.isHidden() else self._words.text()

    def offer(self, count: int, name: str) -> None:
        """Offer to move ``count`` more comments to the cluster called ``name``."""
        words = ngettext(
            "{count} similar comment may belong to '{name}' too.",
            "{count} similar comments may belong to '{name}' too.",
            count,
        )
        self._words.setText(words.format(count=f"{count:,}", name=name))
        self.show()

    def offer_learned(self, count: int) -> None:
        """Offer to move ``count`` comments to where all names together say that they belong."""
        words = ngettext(
            "By what you named, {count} comment belongs in another cluster.",
            "By what you named, {count} comments belong in other clusters.",
            count,
        )
        self._words.setText(words.format(count=f"{count:,}"))
        self.show()
