"""How a row of comments looks: three lines of text at most, the cluster's colour beside its name."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from verbatlas.app.documents.document_model import CHOSEN_ROLE, COLOUR_ROLE, DocumentModel
from verbatlas.app.documents.listing import CLUSTER, COMMENT, N_OWN, ROW
from verbatlas.app.documents.shown_text import excerpt
from verbatlas.app.documents.text_lines import draw_lines, line_step
from verbatlas.app.map.palette import cluster_colour, noise_colour
from verbatlas.app.search.found_parts import FoundParts
from verbatlas.app.theme import ROLES, Roles, scheme_of

N_LINES = 3
_PAD = 8
_CHIP = 10
_FILLED = 0.85  # of the lines: the words of a text leave room at their ends
_WIDEST = 600  # what a double click on the edge of a heading makes of a column of long texts

Index = QModelIndex | QPersistentModelIndex


def row_height(metrics: QFontMetrics) -> int:
    """Return the height of every row, that of three lines: measuring a million comments would take minutes."""
    return N_LINES * line_step(metrics) + 2 * _PAD


class DocumentDelegate(QStyledItemDelegate):
    """Draw the cells of a ``DocumentModel``.

    All by itself: going through the style sheet for each cell costs more than drawing it.

    Attributes:
        found: What a search has found; a long comment is shown from there.
    """

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self.found = FoundParts()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return what a cell would like; the height is that of all rows."""
        metrics: QFontMetrics = option.fontMetrics
        width = min(_WIDEST, metrics.horizontalAdvance(str(index.data() or ""))) + 2 * _PAD
        return QSize(width + (_CHIP + 6 if index.column() == CLUSTER else 0), row_height(metrics))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        rect: QRect = option.rect
        palette: QPalette = option.palette
        scheme = scheme_of(palette)
        roles = ROLES[scheme]
        is_chosen = bool(index.data(CHOSEN_ROLE))
        painter.save()
        self._draw_ground(painter, option, index, roles, is_chosen=is_chosen)
        text = str(index.data() or "")
        inner = rect.adjusted(_PAD, _PAD, -_PAD, -_PAD)
        painter.setPen(QColor(roles.muted if index.column() == ROW else roles.text))
        if index.column() == CLUSTER and text:
            slot = index.data(COLOUR_ROLE)
            colour = QColor(*(noise_colour(scheme) if slot is None else cluster_colour(slot, scheme)))
            top = inner.top() + (line_step(option.fontMetrics) - _CHIP) // 2
            painter.fillRect(QRect(inner.left(), top, _CHIP, _CHIP), colour)
            inner.setLeft(inner.left() + _CHIP + 6)
            if slot is None:
                painter.setPen(QColor(roles.muted))
        if index.column() == ROW and is_chosen:
            _draw_tick(painter, inner, line_step(option.fontMetrics), QColor(roles.accent))
        n_lines = N_LINES if index.column() in {COMMENT, CLUSTER} or index.column() >= N_OWN else 1
        alignment = index.data(Qt.ItemDataRole.TextAlignmentRole)
        marks: tuple[tuple[int, int], ...] = ()
        if index.column() == COMMENT and self.found:
            text, marks = self._with_what_was_found(text, index, n_lines * inner.width(), option.fontMetrics)
        draw_lines(
            painter,
            inner,
            text,
            n_lines=n_lines,
            alignment=Qt.AlignmentFlag(alignment),
            marks=marks,
            ground=QColor(roles.found),
        )
        painter.restore()

    def _with_what_was_found(
        self, text: str, index: Index, room: int, metrics: QFontMetrics
    ) -> tuple[str, tuple[tuple[int, int], ...]]:
        """Return what is drawn of a comment, and what is marked in it; the first of it in sight."""
        marks = self.found.spans(text)
        if marks and metrics.horizontalAdvance(text[: marks[0][1]]) < _FILLED * room:
            return text, marks
        model = index.model()
        assert isinstance(model, DocumentModel)
        whole = model.whole_text(index)
        if places := self.found.spans(whole):
            text = excerpt(whole, places[0][0])
            marks = self.found.spans(text)
        return text, marks

    def _draw_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, roles: Roles, *, is_chosen: bool
    ) -> None:
        """Draw what lies under the words; the current row stands between two lines, its current cell in a frame."""
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        if is_chosen:
            painter.fillRect(rect, QColor(roles.selection))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(roles.border))
        current = self._view.currentIndex()
        if index.row() != current.row():
            return
        accent = QColor(roles.accent)
        painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 1), accent)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), accent)
        if index.column() == ROW:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), accent)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(accent, 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))


def _draw_tick(painter: QPainter, inner: QRect, step: int, colour: QColor) -> None:
    """Draw a tick beside the number of a selected row, for eyes to which the ground looks the same."""
    box = QRectF(inner.left(), inner.top() + (step - 9) / 2, 10, 9)
    corners = [(0.0, 0.55), (0.35, 0.95), (1.0, 0.1)]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 2))
    painter.drawPolyline(
        QPolygonF([QPointF(box.left() + x * box.width(), box.top() + y * box.height()) for x, y in corners])
    )
    painter.restore()
