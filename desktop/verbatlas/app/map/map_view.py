"""The map: its canvas, and over it the tools, the legend, the minimap and the card at the pointer."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QContextMenuEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from verbatlas.app.map.camera import Bounds
from verbatlas.app.map.colouring import BY_CLUSTER, ColourChoice, Colouring
from verbatlas.app.map.gestures import ZOOM, Combine, Gestures
from verbatlas.app.map.hover_card import HoverCard, Hovered
from verbatlas.app.map.labels import Anchor, anchors
from verbatlas.app.map.legend import Legend
from verbatlas.app.map.map_canvas import MapCanvas
from verbatlas.app.map.map_tools import MapDeeds, MapTools
from verbatlas.app.map.minimap import Minimap, draw_minimap
from verbatlas.app.map.palette import LIGHT, cluster_colour, noise_colour
from verbatlas.app.map.point_colours import (
    CONTEXT,
    NORMAL,
    SELECTED,
    PointColours,
    cluster_codes,
    cluster_colours,
    colour_table,
)
from verbatlas.app.map.render_worker import Kind, RenderWorker
from verbatlas.study import NOISE
from verbatlas.words import gettext as _
from verbatlas.words import ngettext

_EDGE = 12  # pixels between what lies over the map and its edges


class MapView(QWidget):
    """Show every document as a point.

    Attributes:
        document_clicked: A point was clicked (its row), or the ground (None).
        menu_asked: The context menu is going to open at a point (its row): it is about this one's cluster.
        document_hovered: The pointer is over a point (its row), or over none (None).
        documents_chosen: A shape was drawn: bool, shape (n_documents,), and a Combine.
        colouring_asked: Another colouring is wanted: the key of a ColourChoice.
        drawn: A picture with all points of the view is on the screen.
    """

    document_clicked = Signal(object)
    menu_asked = Signal(int)
    document_hovered = Signal(object)
    documents_chosen = Signal(object, object)
    colouring_asked = Signal(str)
    drawn = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("map_view")
        self._worker = RenderWorker()
        # Bound to the worker and not to the view, which is gone by then.
        self.destroyed.connect(self._worker.close)
        self._layout = np.zeros((0, 2), np.float32)
        self._members = np.zeros(0, np.int32)
        self._strengths = np.zeros(0, np.float32)
        self._documents: Sequence[str] = ()
        self._names: Mapping[int, str] = {}
        self._colours: Mapping[int, int] = {}
        self._order: list[int] = []
        self._anchors: list[Anchor] = []
        self._scheme = LIGHT
        self._alone: frozenset[int] = frozenset()
        self._row: int | None = None
        self._hovered: int | None = None
        self._actions: tuple[QAction, ...] = ()
        self._actions_of_cluster: tuple[QAction, ...] = ()
        self._actions_of_noise: tuple[QAction, ...] = ()
        self._chosen_colouring: Colouring | None = None
        self._preview: Colouring | None = None
        self._chosen = np.zeros(0, np.bool_)
        self._hidden = np.zeros(0, np.bool_)  # by the legend
        self._unwanted = np.zeros(0, np.bool_)  # by search and filters
        self._point_colours: PointColours | None = None
        self.canvas = MapCanvas(self._worker, self)
        self.canvas.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.canvas.setAccessibleName(_("Map of the comments"))
        self.setFocusProxy(self.canvas)
        self.gestures = Gestures(self.canvas)
        self.tools = MapTools(self._deeds(), self)
        self._bar = self.tools.bar(self)
        self.canvas.inset = float(_EDGE + self._bar.sizeHint().height())
        self._count = QLabel(self)
        self._count.setObjectName("selection_count")
        self._count.hide()
        self.legend = Legend(self)
        self.minimap = Minimap(self)
        self.minimap.hide()
        self._card = HoverCard(self)
        self._connect()

    def close_map(self) -> None:
        """End the thread that draws."""
        self._worker.close()

    def set_points(
        self,
        layout: NDArray[np.float32],
        members: NDArray[np.int32],
        *,
        names: Mapping[int, str],
        colours: Mapping[int, int],
        documents: Sequence[str] = (),
        strengths: NDArray[np.float32] | None = None,
    ) -> None:
        """Show a layout and its clusters; the whole of it is in view then.

        Args:
            layout: float32, shape (n_documents, 2); documents with NaN or infinity are not placed.
            members: int32, shape (n_documents,): cluster ids, -1 for noise.
            names: The clusters' names, by id.
            colours: Their palette slots, by id.
            documents: Their texts, for the card at the pointer.
            strengths: float32, shape (n_documents,), for the card.
        """
        self._layout, self._documents = layout, documents
        self._row = self._hovered = self._chosen_colouring = self._preview = None
        self._chosen = self._hidden = self._unwanted = np.zeros(len(layout), np.bool_)
        self._card.hide()
        self.legend.show_colouring(None, scheme=self._scheme)
        self.offer_colours([])
        self.canvas.show_layout(layout)
        self.set_clusters(members, names=names, colours=colours, strengths=strengths)

    def set_clusters(
        self,
        members: NDArray[np.int32],
        *,
        names: Mapping[int, str],
        colours: Mapping[int, int],
        strengths: NDArray[np.float32] | None = None,
    ) -> None:
        """Show other clusters of the same layout; what is in view stays so."""
        self._members, self._colours = members, colours
        self._strengths = np.ones(len(members), np.float32) if strengths is None else strengths
        self._anchors = []
        self._alone &= {*names, NOISE}
        codes, self._order = cluster_codes(members, colours)
        if self._colouring is None:
            self._use_codes(codes)
        layout = self._layout
        self._worker.ask(Kind.LOCATE, lambda _renderer: (members, anchors(layout, members)))
        self.set_names(names)

    def set_names(self, names: Mapping[int, str]) -> None:
        """Show other names of the same clusters."""
        self._names = names
        self._show_names()

    def offer_colours(self, choices: Sequence[ColourChoice]) -> None:
        """Offer what the map can be coloured by besides clusters."""
        self.tools.offer_colours([ColourChoice(BY_CLUSTER, _("cluster")), *choices])
        self._place_parts()

    def offer_actions(self, actions: Sequence[QAction]) -> None:
        """Offer ``actions`` in the context menu, above the tools."""
        self._actions = tuple(actions)

    def offer_actions_of_point(self, of_cluster: Sequence[QAction], of_noise: Sequence[QAction]) -> None:
        """Offer actions in the context menu of a point, above all others: of its cluster, or of what is in none."""
        self._actions_of_cluster, self._actions_of_noise = tuple(of_cluster), tuple(of_noise)

    def colour_by(self, colouring: Colouring | None) -> None:
        """Colour the map by something else than clusters; None colours it by clusters again."""
        self._chosen_colouring = colouring
        self._recolour()

    def preview(self, colouring: Colouring | None) -> None:
        """Colour the map for a moment by what would become of it; None brings back what was chosen."""
        if colouring is not self._preview:
            self._preview = colouring
            self._recolour()

    def use_scheme(self, scheme: str) -> None:
        """Show the map of the ``light`` or the ``dark`` theme."""
        self._scheme = scheme
        self.tools.follow_colours()
        self.legend.show_colouring(self._colouring, scheme=scheme)
        self._repaint()
        self.canvas.use_scheme(scheme)

    def highlight(self, clusters: Collection[int]) -> None:
        """Dim all clusters but these; none lights all of them."""
        if set(clusters) != self._alone:
            self._alone = frozenset(clusters)
            self._repaint()
            self._show_names()

    def select_document(self, row: int | None) -> None:
        """Mark one document; move the map only if it is out of sight."""
        self._row = row
        self.canvas.bring_into_view(row)
        self._show_rings()

    def show_chosen(self, chosen: NDArray[np.bool_]) -> None:
        """Mark the chosen documents: bool, shape (n_documents,)."""
        self._chosen = chosen
        n_chosen = int(np.count_nonzero(chosen))
        text = ngettext("{count} comment selected", "{count} comments selected", n_chosen)
        self._count.setText(text.format(count=f"{n_chosen:,}"))
        self._count.setVisible(n_chosen > 0)
        self._reflag()
        self._place_parts()

    def show_only(self, wanted: NDArray[np.bool_] | None) -> None:
        """Leave the documents that are not ``wanted`` as grey context; None wants all again."""
        self._unwanted = np.zeros(len(self._layout), np.bool_) if wanted is None else ~wanted
        self._reflag()
        self._show_names()

    def fit(self) -> None:
        """Bring all points into view."""
        self.canvas.fit()

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Come ``factor`` times as near; ``at`` in pixels, or the middle, stays where it is."""
        self.gestures.zoom(factor, at)

    def document_at(self, place: QPointF) -> int | None:
        """Return the row of the point at ``place`` in pixels, or None."""
        return self.canvas.document_at(place)

    def place_of(self, row: int) -> QPointF | None:
        """Return where a document is drawn, in pixels of this widget; None if it is not placed."""
        return self.canvas.place_of(row)

    @property
    def hovered(self) -> int | None:
        """The row of the document under the pointer."""
        return self._hovered

    @property
    def n_unplaced(self) -> int:
        """How many documents have no place on the map."""
        return 0 if self.canvas.points is None else self.canvas.points.n_unplaced

    def visible_extent(self) -> float:
        """Return how many layout units fit into the width of the map."""
        view = self.canvas.camera.bounds
        return view.right - view.left

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep everything in its corner."""
        super().resizeEvent(event)
        self.canvas.setGeometry(self.rect())
        self._place_parts()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the cluster and the comments where the pointer is, and the tools."""
        menu = self.tools.menu(self)
        first = menu.actions()[0]
        row = self.document_at(event.pos().toPointF())
        if row is not None:
            self.menu_asked.emit(row)  # first of all: what the actions can do depends on the cluster
            is_noise = self._members[row] == NOISE
            menu.insertActions(first, self._actions_of_noise if is_noise else self._actions_of_cluster)
            menu.insertSeparator(first)
        if self._actions:
            menu.insertActions(first, self._actions)
            menu.insertSeparator(first)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def _deeds(self) -> MapDeeds:
        return MapDeeds(
            use_tool=self.gestures.use_tool,
            zoom_in=lambda: self.zoom(ZOOM),
            zoom_out=lambda: self.zoom(1 / ZOOM),
            fit=self.fit,
            clear=self._clear,
            copy_picture=lambda: QGuiApplication.clipboard().setPixmap(self.canvas.grab()),
            colour_by=self.colouring_asked.emit,
        )

    def _connect(self) -> None:
        self._worker.done.connect(self._on_done)
        self.canvas.camera_moved.connect(self._on_camera_moved)
        self.canvas.points_placed.connect(self._ask_minimap)
        self.canvas.drawn.connect(self.drawn)
        self.gestures.hovered.connect(self._on_hovered)
        self.gestures.clicked.connect(self._on_clicked)
        self.gestures.shape_drawn.connect(self._on_shape)
        self.gestures.escaped.connect(self._clear)
        self.legend.value_chosen.connect(self._on_value)
        self.minimap.place_chosen.connect(lambda x, y: self.canvas.look(self.canvas.camera.centred(x, y)))

    @property
    def _colouring(self) -> Colouring | None:
        return self._chosen_colouring if self._preview is None else self._preview

    def _recolour(self) -> None:
        colouring = self._colouring
        self._hidden = np.zeros(len(self._layout), np.bool_)
        codes = cluster_codes(self._members, self._colours)[0] if colouring is None else colouring.codes
        self._use_codes(codes)
        self.legend.show_colouring(colouring, scheme=self._scheme)
        self._place_parts()

    def _show_names(self) -> None:
        """Show the names; those of clusters in which nothing is wanted step back."""
        lit: frozenset[int] = self._alone
        if not lit and self._unwanted.any():
            wanted = np.bincount(self._members[~self._unwanted] - NOISE)
            lit = frozenset({NOISE, *(np.flatnonzero(wanted) + NOISE).tolist()})
        self.canvas.show_names(self._anchors, self._names, alone=lit)

    def _use_codes(self, codes: NDArray[np.uint16]) -> None:
        self._point_colours = PointColours(codes, self._flags(), self._table())
        self._show_colours()

    def _repaint(self) -> None:
        if self._point_colours is not None:
            self._point_colours = self._point_colours.with_table(self._table())
            self._show_colours()

    def _reflag(self) -> None:
        if self._point_colours is not None:
            self._point_colours = self._point_colours.with_flags(self._flags()).with_table(self._table())
            self._show_colours()

    def _show_colours(self) -> None:
        assert self._point_colours is not None
        self.canvas.show_colours(self._point_colours)
        self._ask_minimap()

    def _table(self) -> NDArray[np.float32]:
        if self._colouring is not None:
            colours = self._colouring.table(self._scheme)
        else:
            colours = cluster_colours(
                self._order,
                self._colours,
                scheme=self._scheme,
                alone=self._alone,
                among_found=bool(self._unwanted.any()),
            )
        return colour_table(colours, scheme=self._scheme, has_selection=bool(self._chosen.any()))

    def _flags(self) -> NDArray[np.uint8]:
        flags = np.where(self._chosen, np.uint8(SELECTED), np.uint8(NORMAL))
        flags[self._hidden | self._unwanted] = CONTEXT
        return flags

    def _ask_minimap(self) -> None:
        points, colours, scheme, ratio = self.canvas.points, self._point_colours, self._scheme, self.devicePixelRatioF()
        if points is None or colours is None:
            return
        self._worker.ask(
            Kind.MINIMAP,
            lambda renderer: (
                draw_minimap(renderer, points, colours, scheme=scheme, ratio=ratio),
                points.bounds,
                scheme,
            ),
        )

    def _on_done(self, kind: Kind, result: object) -> None:
        match kind, result:
            case Kind.LOCATE, (members, list() as found):
                if members is self._members:
                    self._anchors = found
                    self._show_names()
            case Kind.MINIMAP, (np.ndarray() as pixels, Bounds() as bounds, str() as scheme):
                self.minimap.show_picture(pixels, bounds, scheme=scheme, ratio=self.devicePixelRatioF())

    def _on_camera_moved(self) -> None:
        self.minimap.setVisible(not self.canvas.is_everything_in_view and self.canvas.points is not None)
        self.minimap.show_view(self.canvas.camera.bounds)
        self._show_rings()

    def _on_hovered(self, place: QPointF | None) -> None:
        row = None if place is None else self.document_at(place)
        if row != self._hovered:
            self._hovered = row
            self.document_hovered.emit(row)
            self._show_rings()
        if row is None or place is None:
            self._card.hide()
        else:
            self._card.show_near(self._hovered_card(row), place.toPoint(), self.rect())

    def _on_clicked(self, place: QPointF, combine: Combine) -> None:
        row = self.document_at(place)
        if combine is Combine.REPLACE:
            self.document_clicked.emit(row)
        elif row is not None:
            one = np.zeros(len(self._layout), np.bool_)
            one[row] = True
            self.documents_chosen.emit(one, combine)

    def _on_shape(self, shape: list[QPointF], combine: Combine) -> None:
        self.documents_chosen.emit(self.canvas.documents_in(shape) & ~(self._hidden | self._unwanted), combine)

    def _on_value(self, code: int | None) -> None:
        if self._colouring is not None:
            no_one = np.zeros(len(self._layout), np.bool_)
            self._hidden = no_one if code is None else self._colouring.codes != code
            self._reflag()

    def _clear(self) -> None:
        self.documents_chosen.emit(np.zeros(len(self._layout), np.bool_), Combine.REPLACE)
        self.document_clicked.emit(None)

    def _hovered_card(self, row: int) -> Hovered:
        member = int(self._members[row])
        slot = self._colours.get(member)
        colour = noise_colour(self._scheme) if slot is None else cluster_colour(slot, self._scheme)
        return Hovered(
            text=self._documents[row] if row < len(self._documents) else "",
            cluster=self._names.get(member, ""),
            colour=QColor(*colour).name(),
            strength=float(self._strengths[row]),
        )

    def _show_rings(self) -> None:
        overlay = self.canvas.overlay
        overlay.hovered, overlay.selected = self.canvas.place_of(self._hovered), self.canvas.place_of(self._row)
        self.canvas.update()

    def _place_parts(self) -> None:
        self._bar.adjustSize()
        self._bar.resize(min(self._bar.width(), self.width() - 2 * _EDGE), self._bar.height())
        self._bar.move(_EDGE, _EDGE)
        self.legend.adjustSize()
        self.legend.move(_EDGE, self.height() - _EDGE - self.legend.height())
        self._count.adjustSize()
        left = (self.width() - self._count.width()) // 2
        if self.legend.isVisibleTo(self):
            left = max(left, self.legend.geometry().right() + _EDGE)
        self._count.move(left, self.height() - _EDGE - self._count.height())
        size: QSize = self.minimap.size()
        self.minimap.move(self.width() - _EDGE - size.width(), self.height() - _EDGE - size.height())
