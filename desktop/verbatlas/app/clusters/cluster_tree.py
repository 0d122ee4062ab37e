"""The view of the clusters: several can be chosen, names are typed in place, one is dragged onto another."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QLineEdit, QTreeView, QWidget

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
        self.setDragDropOverwriteMode(True)  # all of a row takes a drop: there is nothing between two rows
        self.setDropIndicatorShown(True)
        self._next = QPersistentModelIndex()  # whose name is typed after the one that is being given away

    def chosen(self) -> tuple[int, ...]:
        """Return the ids of the chosen clusters, that with the keyboard first."""
        current = self.currentIndex()
        ids = [int(index.data(ID_ROLE)) for index in self.selectionModel().selectedIndexes()]
        if current.isValid() and (first := int(current.data(ID_ROLE))) in ids:
            ids.remove(first)
            ids.insert(0, first)
        return tuple(ids)

    def commitData(self, editor: QWidget) -> None:
        """Give the name away, and remember the cluster below, whose name comes next if this one is taken."""
        assert isinstance(editor, QLineEdit)
        here = QPersistentModelIndex(self.currentIndex())
        below = QPersistentModelIndex(self.indexBelow(self.currentIndex()))
        words = editor.text()
        super().commitData(editor)
        # A name that the filter does not find takes its row away: then it has been taken, too.
        is_taken = not here.isValid() or here.data() == " ".join(words.split())
        self._next = below if is_taken else QPersistentModelIndex()

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Go on to the name of the next cluster after Enter."""
        following, self._next = self._next, QPersistentModelIndex()
        super().closeEditor(editor, hint)
        is_enter = hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache
        if is_enter and following.isValid() and following.data(ID_ROLE) != NOISE:
            self.choose([following])
            self.edit(following)

    def dropEvent(self, event: QDropEvent) -> None:
        """Say what was dragged where; the study decides what becomes of it."""
        target = self.indexAt(event.position().toPoint())
        ids = self.chosen()
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if target.isValid() and (onto := int(target.data(ID_ROLE))) not in {*ids, NOISE} and ids:
            self.dropped.emit(ids, onto)

    def choose(self, indexes: Sequence[QModelIndex | QPersistentModelIndex]) -> None:
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
