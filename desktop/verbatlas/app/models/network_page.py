"""How models are fetched, whether anything may be reached at all, and how much room kept vectors take."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from verbatlas.app.models.kept_vectors import KeptVectors
from verbatlas.app.models.wide_form import wide_form
from verbatlas.app.words_label import words_label
from verbatlas.encoders.hub.network import CHINESE_MIRROR, HUB
from verbatlas.words import gettext as _


class NetworkPage(QWidget):
    """Show and change how the network is used.

    Attributes:
        changed: Something is different now: the mirror (blank for what the environment says, or else the hub itself),
            the proxy, and whether to stay offline.
        kept: How much room kept vectors take, and may take.
    """

    changed = Signal(str, str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._usual = HUB
        self._is_named_outside = False
        self.offline = QCheckBox(_("Stay offline: reach nothing beyond this computer"))
        self.problem = words_label("problem", selectable=True)
        self.mirror = QComboBox()
        self._typed = QLineEdit()
        self.mirror.setLineEdit(self._typed)
        self.mirror.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.mirror.setAccessibleName(_("Download from"))
        self.mirror.addItems([HUB, CHINESE_MIRROR])
        self.origin = words_label("secondary")
        self.proxy = QLineEdit()
        self.proxy.setAccessibleName(_("Proxy"))
        self.proxy.setPlaceholderText(_("what the system says; for example http://proxy.example.com:8080"))
        self.kept = KeptVectors()
        self._build()

    def show_network(self, *, mirror: str, proxy: str, is_offline: bool, environment: str = "") -> None:
        """Show what is set, without announcing a change.

        Args:
            mirror: What the person has chosen; blank for nothing.
            proxy: Likewise.
            is_offline: Whether the switch is on.
            environment: The address that HF_ENDPOINT names; blank where it names none.
        """
        blockers = [QSignalBlocker(part) for part in (self.offline, self.mirror, self.proxy)]
        self._usual, self._is_named_outside = environment or HUB, bool(environment)
        if self.mirror.findText(self._usual) < 0:
            self.mirror.insertItem(0, self._usual)
        self.offline.setChecked(is_offline)
        self.mirror.setCurrentIndex(self.mirror.findText(mirror or self._usual))  # where the arrow keys begin
        self.mirror.setEditText(mirror or self._usual)
        self.proxy.setText(proxy)
        del blockers
        self._tell_origin()
        self._enable()

    def show_problem(self, words: str) -> None:
        """Say why the switch could not be turned; nothing when blank."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def _announce(self) -> None:
        mirror = self._mirror()
        self._tell_origin()
        self._enable()
        self.changed.emit("" if mirror == self._usual else mirror, self.proxy.text().strip(), self.offline.isChecked())

    def _mirror(self) -> str:
        return self.mirror.currentText().strip().rstrip("/")

    def _tell_origin(self) -> None:
        """Say who named the address, where it was not the person here."""
        if self._mirror() == self._usual:
            words = _("This address was set outside Verbatlas, by HF_ENDPOINT. Choose another one here to use that.")
        else:
            words = _("This is your choice; outside Verbatlas, HF_ENDPOINT names {address}.")
        self.origin.setText(words.format(address=self._usual))
        self.origin.setVisible(self._is_named_outside)

    def _enable(self) -> None:
        for part in (self.mirror, self.proxy):
            part.setEnabled(not self.offline.isChecked())

    def _build(self) -> None:
        source = QWidget()
        lines = QVBoxLayout(source)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        lines.addWidget(self.mirror)
        lines.addWidget(self.origin)
        form = wide_form({_("Download from"): source, _("Proxy"): self.proxy})
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(12)
        column.addWidget(words_label("section", text=_("Network")))
        column.addWidget(self.offline)
        column.addWidget(self.problem)
        said = _(
            "Models and servers beyond this computer are reached only when you ask for them. Everything else works "
            "without a network, always. The switch holds in every window and on the command line, and ends at once "
            "what is being downloaded or sent."
        )
        column.addWidget(words_label("secondary", text=said))
        column.addLayout(form)
        column.addSpacing(12)
        column.addWidget(self.kept)
        column.addStretch(1)
        self.problem.hide()
        self.origin.hide()
        self.offline.toggled.connect(self._announce)
        self.mirror.activated.connect(self._announce)
        self._typed.editingFinished.connect(self._announce)
        self.proxy.editingFinished.connect(self._announce)
