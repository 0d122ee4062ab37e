"""The page on which an analyst works: the map in the middle, and panels around it that can be moved and hidden."""

from collections.abc import Iterator

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QMainWindow, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from verbatlas.app.advice.proposal_bar import ProposalBar
from verbatlas.app.background import Background
from verbatlas.app.clusters.cluster_list import ClusterList
from verbatlas.app.clusters.cluster_model import ClusterModel
from verbatlas.app.comment_panel import CommentPanel
from verbatlas.app.controls import Controls
from verbatlas.app.documents.document_table import DocumentTable
from verbatlas.app.doubts.doubt_panel import DoubtPanel
from verbatlas.app.filters.filter_bar import FilterBar
from verbatlas.app.history.history_panel import HistoryPanel
from verbatlas.app.map.map_view import MapView
from verbatlas.app.noise.noise_panel import NoisePanel
from verbatlas.app.review.review_pages import ReviewPages
from verbatlas.app.review.review_panel import ReviewPanel
from verbatlas.app.search.search_bar import SearchBar
from verbatlas.words import gettext as _

_LEFT, _RIGHT, _BOTTOM = 300, 320, 240
_DRESSED_AT_ONCE = 25  # widgets
_HIGH = 780  # pixels of the desk from which on there is room for map and table


class Desk(QMainWindow):
    """Place the parts; the window connects them. It is empty until :meth:`build` has run to its end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowFlags(Qt.WindowType.Widget)
        self.setObjectName("desk")
        self._middle = QStackedWidget()
        self._panels: dict[str, QDockWidget] = {}
        self._has_shape = False
        self._shape = QByteArray()  # what is to be restored

    def build(self, background: Background) -> Iterator[None]:
        """Build the parts, a tenth of a second of work; the window can answer wherever this yields.

        Args:
            background: Sorts the table of comments.
        """
        self.cluster_model = ClusterModel()
        self.clusters = ClusterList(self.cluster_model)
        self.controls = Controls()
        yield
        self.map = MapView()
        yield
        self.comment = CommentPanel()
        yield
        self.comment.cluster.breakdown.make_scale()
        yield
        self.documents = DocumentTable(background)
        yield
        self.history = HistoryPanel()
        self.review = ReviewPanel()
        self.doubts = DoubtPanel()
        self.review_pages = ReviewPages(self.review, self.doubts)
        self.noise = NoisePanel()
        yield
        self.search = SearchBar()
        self.filters = FilterBar()
        self.proposal = ProposalBar()
        yield
        yield from self._place()

    def dress(self) -> Iterator[None]:
        """Find out what the style sheet says of every part; the window can answer wherever this yields.

        Only in the place where it is going to be seen: what a part looks like depends on what it stands in.
        """
        for number, part in enumerate((self, *self.findChildren(QWidget)), start=1):
            part.ensurePolished()
            if number % _DRESSED_AT_ONCE == 0:
                yield

    def show_map(self, *, is_there: bool) -> None:
        """Show the map, or an empty page while there is none."""
        self._middle.setCurrentIndex(1 if is_there else 0)

    def edit_name(self, cluster: int) -> None:
        """Let the person type a new name of ``cluster`` in its place in the list."""
        self.show_panel("clusters")
        self.clusters.select_clusters((cluster,))
        self.clusters.rename_selected()

    def show_panel(self, name: str) -> None:
        """Bring the panel ``name`` to the front, wherever the person has put it."""
        self._panels[name].show()
        self._panels[name].raise_()

    def panel_actions(self) -> list[QAction]:
        """Return an action for every panel that shows and hides it."""
        return [panel.toggleViewAction() for panel in self._panels.values()]

    def save_shape(self) -> QByteArray:
        """Return where the panels are and how wide."""
        return self.saveState() if self._has_shape else self._shape

    def restore_shape(self, shape: QByteArray) -> None:
        """Put the panels where they were, once they can be seen."""
        self._shape = shape

    def showEvent(self, event: QShowEvent) -> None:
        """Give the panels their places and widths: before the desk has its own size, Qt would cut them down."""
        super().showEvent(event)
        if not self._has_shape:
            self._has_shape = True
            if not self.restoreState(self._shape):
                self._use_first_shape()

    def _use_first_shape(self) -> None:
        docks = [self._panels["clusters"], self._panels["details"]]
        self.resizeDocks(docks, [_LEFT, _RIGHT], Qt.Orientation.Horizontal)
        # On a low screen the map comes first; the table is a key away.
        self._panels["documents"].setVisible(self.height() >= _HIGH)
        self.resizeDocks([self._panels["documents"]], [_BOTTOM], Qt.Orientation.Vertical)
        self.controls.fold(self.height() < _HIGH)  # a low list of clusters shows a handful of them

    def focusNextPrevChild(self, is_next: bool) -> bool:  # noqa: FBT001 - Qt's signature
        """Go on with Tab over what stands behind another tab, which counts as shown for Qt."""
        start = self.focusWidget()
        while super().focusNextPrevChild(is_next):
            here = self.window().focusWidget()
            if here is start or here is None or not self._is_behind(here):
                return True
        return False

    def _place(self) -> Iterator[None]:
        self.setDockNestingEnabled(True)
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self._middle.addWidget(QWidget())
        self._middle.addWidget(self._map_page())
        self.setCentralWidget(self._middle)
        yield
        left = QWidget()
        left.setObjectName("left_panel")
        left.setMinimumWidth(250)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.clusters, 1)
        column.addWidget(self.controls)
        self.comment.setMinimumWidth(220)
        self._add("clusters", _("Clusters"), left, Qt.DockWidgetArea.LeftDockWidgetArea)
        yield
        details = self._add("details", _("Details"), self.comment, Qt.DockWidgetArea.RightDockWidgetArea)
        history = self._add("history", _("History"), self.history, Qt.DockWidgetArea.RightDockWidgetArea)
        review = self._add("review", _("Review"), self.review_pages, Qt.DockWidgetArea.RightDockWidgetArea)
        noise = self._add("noise", _("No cluster"), self.noise, Qt.DockWidgetArea.RightDockWidgetArea)
        yield
        noise.visibilityChanged.connect(self.noise.set_seen)
        review.visibilityChanged.connect(self.review_pages.set_seen)
        self.tabifyDockWidget(details, noise)
        self.tabifyDockWidget(noise, review)
        self.tabifyDockWidget(review, history)
        yield
        self._add("documents", _("Comments"), self.documents, Qt.DockWidgetArea.BottomDockWidgetArea)
        for corner, area in (
            (Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea),
            (Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea),
        ):
            self.setCorner(corner, area)
        details.raise_()

    def _map_page(self) -> QWidget:
        """Return the map below what can be asked of it."""
        bars = QWidget()
        bars.setObjectName("finding")
        bars.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(bars)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(12)
        row.addWidget(self.search, 3, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.filters, 2, Qt.AlignmentFlag.AlignTop)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bars)
        column.addWidget(self.proposal)
        column.addWidget(self.map, 1)
        return page

    def _add(self, name: str, title: str, part: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        panel = QDockWidget(title, self)
        panel.setObjectName(name)
        panel.setWidget(part)
        self.addDockWidget(area, panel)
        self._panels[name] = panel
        panel.dockLocationChanged.connect(self._show_titles)
        panel.topLevelChanged.connect(self._show_titles)
        panel.visibilityChanged.connect(self._show_titles)
        return panel

    def _is_behind(self, part: QWidget) -> bool:
        """Return whether a part stands in a panel behind another tab: Qt keeps those outside of the window."""
        room = self.rect()
        return any(
            panel.isAncestorOf(part) and not panel.isFloating() and not room.intersects(panel.geometry())
            for panel in self._panels.values()
        )

    def _show_titles(self) -> None:
        """Give a title to every panel but those whose tab says it already."""
        for panel in self._panels.values():
            is_tab = bool(self.tabifiedDockWidgets(panel)) and not panel.isFloating()
            if is_tab != (panel.titleBarWidget() is not None):
                panel.setTitleBarWidget(QWidget(panel) if is_tab else None)  # type: ignore[arg-type]
