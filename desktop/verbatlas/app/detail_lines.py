"""Lines of a list with a word or two at their right end: a size, a key."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem

from verbatlas.app.theme import ROLES, scheme_of

DETAIL_ROLE = Qt.ItemDataRole.UserRole + 1
_EDGE, _BETWEEN = 10, 14

Index = QModelIndex | QPersistentModelIndex


def detail_line(title: str, detail: str = "") -> QListWidgetItem:
    """Return a line; screen readers read both."""
    item = QListWidgetItem(title)
    item.setData(DETAIL_ROLE, detail)
    if detail:
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}, {detail}")
    return item


class DetailDelegate(QStyledItemDelegate):
    """Draw a title as any list does, and its detail behind it where all details end."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Leave room for the detail."""
        super().initStyleOption(option, index)
        if detail := _detail(index):
            icon = 0 if option.icon.isNull() else option.decorationSize.width() + _EDGE
            taken = option.fontMetrics.horizontalAdvance(detail) + _EDGE + _BETWEEN + icon
            room = max(0, option.rect.width() - taken - _EDGE)
            option.text = option.fontMetrics.elidedText(option.text, Qt.TextElideMode.ElideRight, room)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        super().paint(painter, option, index)
        if not (detail := _detail(index)):
            return
        rect = option.rect.adjusted(_EDGE, 0, -_EDGE, 0)
        painter.save()
        painter.setFont(option.font)
        painter.setPen(QColor(ROLES[scheme_of(option.palette)].muted))
        painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, detail)
        painter.restore()


def _detail(index: Index) -> str:
    return str(index.data(DETAIL_ROLE) or "")
