"""How models are fetched, whether anything may be reached at all, and how much room kept vectors take."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from verbatlas.amounts import bytes_in_words
from verbatlas.app.models.wide_form import wide_form
from verbatlas.app.words_label import words_label
from verbatlas.encoders.hub.network import CHINESE_MIRROR, HUB
from verbatlas.words import gettext as _


class NetworkPage(QWidget):
    """Show and change how the network is used.

    Attributes:
        changed: Something is different now: the mirror (blank for the hub itself), the proxy, and whether to stay
            offline.
        clear_asked: Forget all kept vectors.
    """

    changed = Signal(str, str, bool)
    clear_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.offline = QCheckBox(_("Stay offline: reach nothing beyond this computer"))
        self.mirror = QComboBox()
        self._typed = QLineEdit()
        self.mirror.setLineEdit(self._typed)
        self.mirror.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.mirror.setAccessibleName(_("Download from"))
        self.mirror.addItems([HUB, CHINESE_MIRROR])
        self.proxy = QLineEdit()
        self.proxy.setAccessibleName(_("Proxy"))
        self.proxy.setPlaceholderText(_("what the system says; for example http://proxy.example.com:8080"))
        self.kept = words_label("cell")
        self.clear = QPushButton(_("Forget them"))
        self._build()

    def show_network(self, *, mirror: str, proxy: str, is_offline: bool) -> None:
        """Show what is set, without announcing a change."""
        blockers = [QSignalBlocker(part) for part in (self.offline, self.mirror, self.proxy)]
        self.offline.setChecked(is_offline)
        self.mirror.setEditText(mirror or HUB)
        self.proxy.setText(proxy)
        del blockers
        self._enable()

    def show_kept(self, n_bytes: int, most_bytes: int) -> None:
        """Say how much room the kept vectors take."""
        words = _("{used} of at most {most}")
        self.kept.setText(words.format(used=bytes_in_words(n_bytes), most=bytes_in_words(most_bytes)))
        self.clear.setEnabled(n_bytes > 0)

    def _announce(self) -> None:
        mirror = self.mirror.currentText().strip().rstrip("/")
        self._enable()
        self.changed.emit("" if mirror == HUB else mirror, self.proxy.text().strip(), self.offline.isChecked())

    def _enable(self) -> None:
        for part in (self.mirror, self.proxy):
            part.setEnabled(not self.offline.isChecked())

    def _build(self) -> None:
        form = wide_form({_("Download from"): self.mirror, _("Proxy"): self.proxy})
        room = QHBoxLayout()
        room.addWidget(self.kept, 1)
        room.addWidget(self.clear)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(12)
        column.addWidget(words_label("section", text=_("Network")))
        column.addWidget(self.offline)
        said = _(
            "Models and servers beyond this computer are reached only when you ask for them. Everything else works "
            "without a network, always."
        )
        column.addWidget(words_label("secondary", text=said))
        column.addLayout(form)
        column.addSpacing(12)
        column.addWidget(words_label("section", text=_("Comments that were read before")))
        said = _(
            "What a model makes of a comment is kept on this computer, so that the same comment is never read twice, "
            "also in next month's file. Only numbers are kept, no text."
        )
        column.addWidget(words_label("secondary", text=said))
        column.addLayout(room)
        column.addStretch(1)
        self.offline.toggled.connect(self._announce)
        self.mirror.activated.connect(self._announce)
        self._typed.editingFinished.connect(self._announce)
        self.proxy.editingFinished.connect(self._announce)
        self.clear.clicked.connect(self.clear_asked)
