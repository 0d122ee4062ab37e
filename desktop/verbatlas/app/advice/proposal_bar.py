"""After comments were moved by hand: an offer to move more like them, which can be looked at first and refused."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

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
        self.also = QCheckBox()
        self.look = QPushButton(_("Look at them"))
        self.accept = QPushButton(_("Move them too"))
        self.accept.setProperty("kind", "primary")
        self.refuse = QPushButton(_("No"))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(self._words)
        column.addWidget(self.also)
        row.addLayout(column, 1)
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
        self._show(words.format(count=f"{count:,}", name=name), "")

    def offer_learned(self, count: int, unnamed: int) -> None:
        """Offer to move comments to where all names together say that they belong.

        Args:
            count: Those of clusters that a person has named or put comments in, and of no cluster.
            unnamed: Those of the other clusters, which can be asked for too, or are all that there is.
        """
        number = f"{unnamed:,}"
        if not count:
            words = ngettext(
                "By what you named, {count} comment of a cluster without a name belongs in one with a name.",
                "By what you named, {count} comments of clusters without a name belong in those with a name.",
                unnamed,
            )
            self._show(words.format(count=number), "")
            return
        words = ngettext(
            "By what you named, {count} comment belongs in another cluster.",
            "By what you named, {count} comments belong in other clusters.",
            count,
        )
        also = ngettext(
            "Also {count} of a cluster without a name",
            "Also {count} of clusters without a name",
            unnamed,
        )
        self._show(words.format(count=f"{count:,}"), also.format(count=number) if unnamed else "")

    def _show(self, words: str, also: str) -> None:
        """Show an offer, with a box for more where ``also`` says what that is."""
        self._words.setText(words)
        self.also.setText(also)
        self.also.setChecked(False)
        self.also.setVisible(bool(also))
        self.show()
