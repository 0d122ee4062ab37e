"""The list of clusters: find, choose, rename."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from verbatlas.app.clusters.cluster_delegate import ClusterDelegate
from verbatlas.app.clusters.cluster_model import ID_ROLE, SEARCH_ROLE, SIZE_ROLE, ClusterModel
from verbatlas.study import NOISE
from verbatlas.words import gettext as _


class ClusterList(QWidget):
    """A list over a ``ClusterModel``.

    Attributes:
        cluster_selected: Another cluster was chosen (its id, -1 for what is in none), or none (None).
        rename_asked: A new name was typed: the cluster's id and the name.
    """

    cluster_selected = Signal(object)
    rename_asked = Signal(int, str)

    def __init__(self, model: ClusterModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cluster_list")
        self._model = model
        self._proxy = _Order(self)
        self._proxy.setSourceModel(model)
        self._heading = QLabel(_("Clusters"))
        self._heading.setProperty("role", "heading")
        self._sort = QComboBox()
        self._sort.setObjectName("cluster_sort")
        self._sort.setAccessibleName(_("Order of the clusters"))
        self._sort.addItem(_("Largest first"), SIZE_ROLE)
        self._sort.addItem(_("By name"), Qt.ItemDataRole.DisplayRole)
        self.filter = QLineEdit()
        self.filter.setObjectName("cluster_filter")
        self.filter.setPlaceholderText(_("Find a cluster…"))
        self.filter.setAccessibleName(_("Find a cluster"))
        self.filter.setClearButtonEnabled(True)
        self.view = QListView()
        self.view.setObjectName("cluster_view")
        self.view.setAccessibleName(_("Clusters"))
        self.view.setModel(self._proxy)
        self.view.setItemDelegate(ClusterDelegate(self.view))
        self.view.setMouseTracking(True)
        self.view.setUniformItemSizes(True)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self._place()
        self._sort.currentIndexChanged.connect(self._on_sort)
        self.filter.textChanged.connect(self._proxy.find)
        self.view.selectionModel().selectionChanged.connect(self._on_selection)
        model.rename_asked.connect(self.rename_asked)

    def _place(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._heading, 1)
        top.addWidget(self._sort)
        head = QVBoxLayout()
        head.setContentsMargins(14, 12, 14, 10)
        head.setSpacing(8)
        head.addLayout(top)
        head.addWidget(self.filter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.view, 1)

    def select_cluster(self, cluster: int | None) -> None:
        """Choose a cluster in the list, without announcing it again; None chooses none."""
        selection = self.view.selectionModel()
        if cluster == self.selected_cluster():
            return
        row = None if cluster is None else self._model.row_of(cluster)
        index = QModelIndex() if row is None else self._proxy.mapFromSource(self._model.index(row))
        if index.isValid():
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.view.scrollTo(index)
        else:
            selection.clearSelection()
            selection.clearCurrentIndex()

    def selected_cluster(self) -> int | None:
        """Return the chosen cluster's id."""
        chosen = self.view.selectionModel().selectedIndexes()
        return int(chosen[0].data(ID_ROLE)) if chosen else None

    def rename_selected(self) -> None:
        """Begin to type a new name for the chosen cluster."""
        chosen = self.view.selectionModel().selectedIndexes()
        if chosen:
            self.view.setFocus()
            self.view.scrollTo(chosen[0])
            self.view.edit(chosen[0])

    def focus_filter(self) -> None:
        """Let the person type what to find."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def _on_sort(self) -> None:
        self._proxy.order_by(int(self._sort.currentData()))

    def _on_selection(self) -> None:
        self.cluster_selected.emit(self.selected_cluster())


class _Order(QSortFilterProxyModel):
    """Clusters in the chosen order and with the wanted words; what is in no cluster stays last."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFilterRole(SEARCH_ROLE)
        self.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setSortLocaleAware(True)
        self.setDynamicSortFilter(True)
        self.order_by(SIZE_ROLE)

    def order_by(self, role: int) -> None:
        self.setSortRole(role)
        self.invalidate()
        self.sort(0)

    def find(self, text: str) -> None:
        self.setFilterFixedString(text.strip())

    def lessThan(self, left: QModelIndex, right: QModelIndex) -> bool:  # type: ignore[override]
        """Order two rows."""
        if NOISE in (ids := (left.data(ID_ROLE), right.data(ID_ROLE))):
            return bool(ids[1] == NOISE)
        if self.sortRole() == SIZE_ROLE:
            return bool((-left.data(SIZE_ROLE), ids[0]) < (-right.data(SIZE_ROLE), ids[1]))
        return super().lessThan(left, right)
