"""How a cluster looks in the list: a colour, a name, a number, and a thin bar for its share."""

from PySide6.QtCore import QLocale, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPalette
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from verbatlas.app.clusters.cluster_model import BY_HAND_ROLE, COLOUR_ROLE, SHARE_ROLE, SIZE_ROLE
from verbatlas.app.map.palette import cluster_colour, noise_colour
from verbatlas.app.theme import ROLES, scheme_of
from verbatlas.words import gettext as _

_HEIGHT = 40
_PAD = 14
_CHIP = 10
_BAR = 3
_NUMBER = 56


class ClusterDelegate(QStyledItemDelegate):
    """Draw rows of a ``ClusterModel`` and edit their names in place."""

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
        slot = index.data(COLOUR_ROLE)
        colour = QColor(*(noise_colour(scheme) if slot is None else cluster_colour(slot, scheme)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        middle = rect.center().y() - 2
        painter.drawEllipse(QPointF(rect.left() + _PAD + _CHIP / 2, middle + 0.5), _CHIP / 2, _CHIP / 2)
        self._draw_words(painter, rect, index, QColor(roles.text), QColor(roles.muted))
        name = _name_rect(rect)
        full = rect.right() - _PAD - name.left()
        bar = QRectF(name.left(), rect.bottom() - _BAR - 3, full * max(0.01, index.data(SHARE_ROLE)), _BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.setOpacity(0.55)
        painter.drawRoundedRect(bar, 1.5, 1.5)
        painter.restore()

    def _draw_words(
        self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex, text: QColor, muted: QColor
    ) -> None:
        name = _name_rect(rect)
        font = QFont(painter.font())
        if index.data(BY_HAND_ROLE):
            font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(text)
        shown = painter.fontMetrics().elidedText(
            str(index.data(Qt.ItemDataRole.DisplayRole)), Qt.TextElideMode.ElideRight, name.width()
        )
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(muted)
        number = QRect(rect.right() - _PAD - _NUMBER, rect.top(), _NUMBER, rect.height() - 6)
        size = QLocale().toString(int(index.data(SIZE_ROLE)))
        painter.drawText(number, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, size)

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
