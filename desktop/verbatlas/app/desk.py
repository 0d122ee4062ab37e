"""The page on which an analyst works: clusters and controls, the map, the selected comment."""

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from verbatlas.app.clusters.cluster_list import ClusterList
from verbatlas.app.clusters.cluster_model import ClusterModel
from verbatlas.app.comment_panel import CommentPanel
from verbatlas.app.controls import Controls
from verbatlas.app.map.map_view import MapView


class Desk(QWidget):
    """Build the parts and place them; the window connects them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("desk")
        self.cluster_model = ClusterModel()
        self.clusters = ClusterList(self.cluster_model)
        self.controls = Controls()
        self.map = MapView()
        self.comment = CommentPanel()
        self._middle = QStackedWidget()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._place()

    def show_map(self, *, is_there: bool) -> None:
        """Show the map, or an empty page while there is none."""
        self._middle.setCurrentIndex(1 if is_there else 0)

    def edit_name(self, cluster: int) -> None:
        """Let the person type a new name of ``cluster`` in its place in the list."""
        self.clusters.select_cluster(cluster)
        self.clusters.rename_selected()

    def save_shape(self) -> QByteArray:
        """Return the widths of the parts."""
        return self._splitter.saveState()

    def restore_shape(self, shape: QByteArray) -> None:
        """Give the parts the widths that they had."""
        self._splitter.restoreState(shape)

    def _place(self) -> None:
        left = QWidget()
        left.setObjectName("left_panel")
        left.setMinimumWidth(250)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.clusters, 1)
        column.addWidget(self.controls)
        self.comment.setMinimumWidth(220)
        self._middle.addWidget(QWidget())
        self._middle.addWidget(self.map)
        for part in (left, self._middle, self.comment):
            self._splitter.addWidget(part)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setSizes([300, 760, 300])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._splitter)
