"""The view of the clusters: several can be chosen, names are typed in place, one is dragged onto another."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QTreeView, QWidget

from verbatlas.app.clusters.cluster_delegate import ClusterDelegate
from verbatlas.app.clusters.cluster_model import ID_ROLE
from verbatlas.study import NOISE
from verbatlas.words import gettext as _


class ClusterTree(QTreeView):
    """A tree over a ``ClusterModel`` or a proxy of one.

    Attributes:
        dropped: Clusters were dragged onto another: their ids, and its id.
    """

    dropped = Signal(object, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cluster_view")
        self.setAccessibleName(_("Clusters"))
        self.setItemDelegate(ClusterDelegate(self))
        self.setHeaderHidden(True)
        self.setMouseTracking(True)
        self.setUniformRowHeights(True)
        self.setRootIsDecorated(False)
        self.setIndentation(18)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.EditKeyPressed | triggers.DoubleClicked)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDropIndicatorShown(True)

    def chosen(self) -> tuple[int, ...]:
        """Return the ids of the chosen clusters, that with the keyboard first."""
        current = self.currentIndex()
        ids = [int(index.data(ID_ROLE)) for index in self.selectionModel().selectedIndexes()]
        if current.isValid() and (first := int(current.data(ID_ROLE))) in ids:
            ids.remove(first)
            ids.insert(0, first)
        return tuple(ids)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Go on to the next cluster after Enter."""
        was = self.currentIndex()
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache and was.isValid():
            below = self.indexBelow(was)
            if below.isValid() and below.data(ID_ROLE) != NOISE:
                self.selectionModel().setCurrentIndex(below, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def dropEvent(self, event: QDropEvent) -> None:
        """Say what was dragged where; the study decides what becomes of it."""
        target = self.indexAt(event.position().toPoint())
        ids = self.chosen()
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if target.isValid() and (onto := int(target.data(ID_ROLE))) not in {*ids, NOISE} and ids:
            self.dropped.emit(ids, onto)

    def choose(self, indexes: list[QModelIndex]) -> None:
        """Choose these rows, the first with the keyboard."""
        selection = self.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        if not indexes:
            selection.clearSelection()
            selection.clearCurrentIndex()
            return
        selection.setCurrentIndex(indexes[0], flags.ClearAndSelect)
        for index in indexes[1:]:
            selection.select(index, flags.Select)
        self.scrollTo(indexes[0])
