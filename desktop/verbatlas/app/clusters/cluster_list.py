"""The list of clusters: find, order, choose one or several, rename, drag onto each other."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from verbatlas.app.clusters.cluster_model import (
    COHESION_ROLE,
    ID_ROLE,
    NUMBER_ROLE,
    ROW_ROLE,
    SEARCH_ROLE,
    SIZE_ROLE,
    ClusterModel,
)
from verbatlas.app.clusters.cluster_rows import ClusterRow, percent
from verbatlas.app.clusters.cluster_tree import ClusterTree
from verbatlas.study import NOISE
from verbatlas.words import gettext as _


class ClusterList(QWidget):
    """A list over a ``ClusterModel``.

    Attributes:
        clusters_selected: Other clusters were chosen: their ids (-1 for what is in none), the current one first.
        rename_asked: A new name was typed: the cluster's id and the name.
        dropped: Clusters were dragged onto another: their ids, and its id.
    """

    clusters_selected = Signal(object)
    rename_asked = Signal(int, str)
    dropped = Signal(object, int)

    def __init__(self, model: ClusterModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cluster_list")
        self._model = model
        self._proxy = _Order(self)
        self._proxy.setSourceModel(model)
        self._sort = QComboBox()
        self._sort.setObjectName("cluster_sort")
        self._sort.setAccessibleName(_("Order of the clusters"))
        self._sort.addItem(_("Largest first"), _Order.LARGEST)
        self._sort.addItem(_("Smallest first"), _Order.SMALLEST)
        self._sort.addItem(_("By name"), _Order.NAME)
        self._sort.addItem(_("Least alike first"), _Order.LOOSE)
        self.filter = QLineEdit()
        self.filter.setObjectName("cluster_filter")
        self.filter.setPlaceholderText(_("Find a cluster…"))
        self.filter.setAccessibleName(_("Find a cluster"))
        self.filter.setClearButtonEnabled(True)
        self.view = ClusterTree()
        self.view.setModel(self._proxy)
        self._menu_of_cluster = QMenu(self)
        self._menu_of_noise = QMenu(self)
        self._place()
        self._is_quiet = False
        self._sort.currentIndexChanged.connect(self._on_sort)
        self.filter.textChanged.connect(self._on_filter)
        self.view.selectionModel().selectionChanged.connect(self._on_selection)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._show_menu)
        self.view.dropped.connect(self.dropped)
        model.rename_asked.connect(self.rename_asked)
        model.modelReset.connect(self._on_reset)
        model.cohesions_changed.connect(self._proxy.follow_cohesions)

    def _place(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 10, 12, 10)
        head.setSpacing(8)
        head.addWidget(self.filter, 1)
        head.addWidget(self._sort)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.view, 1)

    def offer_actions(self, of_cluster: Sequence[QAction], of_noise: Sequence[QAction]) -> None:
        """Offer actions in the context menus: that of a cluster, and that of what is in none."""
        self._menu_of_cluster.addActions([*of_cluster])
        self._menu_of_noise.addActions([*of_noise])

    def select_clusters(self, clusters: Sequence[int]) -> None:
        """Choose clusters in the list without announcing it; those that the filter hides are not shown as chosen."""
        if set(clusters) == set(self.view.chosen()):
            return
        found = [self._proxy.mapFromSource(self._model.index_of(cluster)) for cluster in clusters]
        self._is_quiet = True
        self.view.choose([index for index in found if index.isValid()])
        self._is_quiet = False

    def selected_clusters(self) -> tuple[int, ...]:
        """Return the ids of the chosen clusters, the current one first."""
        return self.view.chosen()

    def rename_selected(self) -> None:
        """Begin to type a new name for the chosen cluster."""
        current = self.view.currentIndex()
        if current.isValid():
            self.view.setFocus()
            self.view.scrollTo(current)
            self.view.edit(current)

    def focus_filter(self) -> None:
        """Let the person type what to find."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def _show_menu(self, place: QPoint) -> None:
        is_noise = self.view.currentIndex().data(ID_ROLE) == NOISE
        menu = self._menu_of_noise if is_noise else self._menu_of_cluster
        menu.popup(self.view.viewport().mapToGlobal(place))

    def _on_sort(self) -> None:
        self._proxy.order_by(int(self._sort.currentData()))

    def _on_filter(self, text: str) -> None:
        self._proxy.find(text)
        self.view.expandAll()

    def _on_reset(self) -> None:
        # Room for the arrows only where there is something to open.
        self.view.setRootIsDecorated(self._model.has_groups)
        self.view.expandAll()

    def _on_selection(self) -> None:
        if not self._is_quiet:
            self.clusters_selected.emit(self.view.chosen())


class _Order(QSortFilterProxyModel):
    """Clusters in the chosen order and with the wanted words; what is in no cluster stays last.

    The number beside a name is the one that the order goes by: the size, or how alike the comments are.
    """

    LARGEST, SMALLEST, NAME, LOOSE = range(4)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._by = self.LARGEST
        self.setFilterRole(SEARCH_ROLE)
        self.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setRecursiveFilteringEnabled(True)
        self.setSortLocaleAware(True)
        self.setDynamicSortFilter(True)
        self.order_by(self.LARGEST)

    def order_by(self, by: int) -> None:
        self._by = by
        self.setSortRole({self.NAME: int(Qt.ItemDataRole.DisplayRole), self.LOOSE: COHESION_ROLE}.get(by, SIZE_ROLE))
        self.invalidate()
        self.sort(0)

    def follow_cohesions(self) -> None:
        if self._by == self.LOOSE:
            self.order_by(self.LOOSE)

    def find(self, text: str) -> None:
        self.setFilterFixedString(text.strip())

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return one fact about one cluster; no number where it is not known how alike the comments are."""
        if role == NUMBER_ROLE and self._by == self.LOOSE:
            cohesion = super().data(index, COHESION_ROLE)
            return "" if cohesion is None else percent(cohesion)
        return super().data(index, role)

    def lessThan(self, left: QModelIndex, right: QModelIndex) -> bool:  # type: ignore[override]
        """Order two rows."""
        rows: tuple[ClusterRow, ClusterRow] = (left.data(ROW_ROLE), right.data(ROW_ROLE))
        ids = (rows[0].id, rows[1].id)
        if NOISE in ids:
            return ids[1] == NOISE
        if self._by == self.NAME:
            return super().lessThan(left, right)
        if self._by == self.LOOSE:
            return (_cohesion(left), ids[0]) < (_cohesion(right), ids[1])
        sign = -1 if self._by == self.LARGEST else 1
        return (sign * rows[0].size, ids[0]) < (sign * rows[1].size, ids[1])


def _cohesion(index: QModelIndex) -> float:
    """Return how alike the comments of a cluster are; what is not known counts as all alike."""
    cohesion = index.data(COHESION_ROLE)
    return 1.0 if cohesion is None else float(cohesion)
