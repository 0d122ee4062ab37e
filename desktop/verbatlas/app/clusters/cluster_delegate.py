"""How a cluster looks in the list: a colour, a name, marks, a number, and a thin bar for its share."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPalette
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from verbatlas.app import icons
from verbatlas.app.clusters.cluster_model import NUMBER_ROLE, ROW_ROLE
from verbatlas.app.clusters.cluster_rows import ClusterRow
from verbatlas.app.map.palette import cluster_colour, noise_colour
from verbatlas.app.theme import ROLES, scheme_of
from verbatlas.words import gettext as _

_HEIGHT = 40
_PAD = 14
_CHIP = 10
_BAR = 3
_NUMBER = 56
_MARK, _DOT = 16, 10


class ClusterDelegate(QStyledItemDelegate):
    """Draw rows of a ``ClusterModel`` and edit their names in place."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icons: dict[tuple[str, str], QIcon] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002
        """Return the size of a row; the width is the view's."""
        return QSize(100, _HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one row."""
        rect: QRect = option.rect
        palette: QPalette = option.palette
        state: QStyle.StateFlag = option.state
        scheme = scheme_of(palette)
        roles = ROLES[scheme]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(roles.selection))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(roles.raised))
        if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_Selected:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(roles.accent))
        row: ClusterRow = index.data(ROW_ROLE)
        colour = QColor(*(noise_colour(scheme) if row.colour is None else cluster_colour(row.colour, scheme)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        middle = rect.center().y() - 2
        chip = QRectF(rect.left() + _PAD, middle + 0.5 - _CHIP / 2, _CHIP, _CHIP)
        if row.children:
            painter.drawRoundedRect(chip, 2, 2)
        else:
            painter.drawEllipse(chip)
        number = str(index.data(NUMBER_ROLE))
        self._draw_words(painter, rect, row, number=number, text=QColor(roles.text), muted=QColor(roles.muted))
        name = _name_rect(rect)
        full = rect.right() - _PAD - name.left()
        bar = QRectF(name.left(), rect.bottom() - _BAR - 3, full * max(0.01, row.share), _BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.setOpacity(0.55)
        painter.drawRoundedRect(bar, 1.5, 1.5)
        painter.restore()

    def _draw_words(
        self, painter: QPainter, rect: QRect, row: ClusterRow, *, number: str, text: QColor, muted: QColor
    ) -> None:
        name = _name_rect(rect)
        marks = [mark for mark, is_set in (("note", row.has_note), ("lock", row.locked)) if is_set]
        room = name.width() - _MARK * len(marks) - (_DOT if row.n_moved else 0)
        font = QFont(painter.font())
        if row.named_by_hand:
            font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(text)
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(row.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        left = name.left() + metrics.horizontalAdvance(shown) + 6
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(muted)
        if row.n_moved:
            painter.drawText(QRect(left, name.top(), _DOT, name.height()), Qt.AlignmentFlag.AlignVCenter, "•")
            left += _DOT
        for mark in marks:
            place = QRect(left, name.center().y() - _MARK // 2 + 1, _MARK - 2, _MARK - 2)
            self._icon(mark, muted).paint(painter, place)
            left += _MARK
        right = QRect(rect.right() - _PAD - _NUMBER, rect.top(), _NUMBER, rect.height() - 6)
        painter.drawText(right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, number)

    def _icon(self, name: str, colour: QColor) -> QIcon:
        """Return an icon, drawn once per theme."""
        if (key := (name, colour.name())) not in self._icons:
            self._icons[key] = icons.icon(name)
        return self._icons[key]

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,  # noqa: ARG002 - Qt's signature
        index: QModelIndex | QPersistentModelIndex,  # noqa: ARG002
    ) -> QWidget:
        """Return the field in which a name is typed."""
        editor = QLineEdit(parent)
        editor.setObjectName("cluster_name")
        editor.setAccessibleName(_("Name of the cluster"))
        return editor

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        """Fill the field; what a person has begun to type stays, whatever becomes known of the cluster meanwhile."""
        assert isinstance(editor, QLineEdit)
        if not editor.isModified():
            super().setEditorData(editor, index)

    def updateEditorGeometry(
        self,
        editor: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,  # noqa: ARG002
    ) -> None:
        """Put the field where the name is."""
        rect: QRect = option.rect
        editor.setGeometry(rect.adjusted(_PAD + _CHIP + 4, 4, -6, -4))


def _name_rect(rect: QRect) -> QRect:
    left = rect.left() + _PAD + _CHIP + 10
    return QRect(left, rect.top(), rect.right() - _PAD - _NUMBER - left, rect.height() - 6)
