"""The window of models: the shelf and one model in full, a server, and the network."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from verbatlas.app.models.model_details import ModelDetails
from verbatlas.app.models.model_list import ModelList
from verbatlas.app.models.network_page import NetworkPage
from verbatlas.app.models.server_page import ServerPage
from verbatlas.words import gettext as _

_WIDTH, _HEIGHT = 940, 620
_LIST_WIDTH = 300


class ModelsWindow(QDialog):
    """Build the pages and place them; the manager connects them.

    Attributes:
        other_asked: A person typed the name of another model of the hub.
        folder_asked: A person wants to name a folder with models.
        closed: The window was closed.
    """

    other_asked = Signal(str)
    folder_asked = Signal()
    closed = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("models_window")
        self.setWindowTitle(_("Models"))
        room = parent.screen().availableSize()
        self.resize(min(_WIDTH, room.width() - 40), min(_HEIGHT, room.height() - 60))
        self.models = ModelList()
        self.details = ModelDetails()
        self.server = ServerPage()
        self.network = NetworkPage()
        self.other = QLineEdit()
        self.other.setPlaceholderText(_("another model: owner/name"))
        self.other.setAccessibleName(_("Another model of the hub"))
        self.look_up = QPushButton(_("Add"))
        self.folder = QPushButton(_("Add a folder…"))
        self.pages = QTabWidget()
        self._build()

    def show_server(self) -> None:
        """Bring the page of the server to the front."""
        self.pages.setCurrentIndex(1)

    def _on_other(self) -> None:
        if name := self.other.text().strip():
            self.other_asked.emit(name)

    def _build(self) -> None:
        self.pages.setDocumentMode(True)
        self.pages.tabBar().setDrawBase(False)
        self.pages.addTab(self._shelf_page(), _("On this computer and on the hub"))
        self.pages.addTab(_scrolling(self.server), _("On a server"))
        self.pages.addTab(_scrolling(self.network), _("Network and storage"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 10, 16, 12)
        foot.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.pages, 1)
        column.addLayout(foot)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter in a field means that field's own button
        self.other.returnPressed.connect(self._on_other)
        self.look_up.clicked.connect(self._on_other)
        self.folder.clicked.connect(self.folder_asked)
        self.finished.connect(self.closed)

    def _shelf_page(self) -> QWidget:
        other = QHBoxLayout()
        other.setSpacing(6)
        other.addWidget(self.other, 1)
        other.addWidget(self.look_up)
        left = QWidget()
        left.setFixedWidth(_LIST_WIDTH)
        column = QVBoxLayout(left)
        column.setContentsMargins(12, 12, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.models, 1)
        column.addLayout(other)
        column.addWidget(self.folder)
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(left)
        row.addWidget(_scrolling(self.details), 1)
        return page


def _scrolling(page: QWidget) -> QScrollArea:
    """Return ``page`` in a frame that scrolls where the window is low."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setWidget(page)
    return area
