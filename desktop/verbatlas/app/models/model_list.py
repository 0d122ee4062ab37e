"""The list of models: each with its name, what it is good for, and whether it is here."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from verbatlas.amounts import bytes_in_words
from verbatlas.app.models.shelf import ShelfModel
from verbatlas.app.theme import ROLES, scheme_of
from verbatlas.model_words import encoder_title, languages_in_words, origin_in_words
from verbatlas.words import gettext as _

_NAME, _STATE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_HEIGHT, _PAD = 52, 14


class ModelList(QListWidget):
    """Show the shelf; one model is always the current one.

    Attributes:
        chosen: The name of the model that is the current one now.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("model_list")
        self.setAccessibleName(_("Models"))
        self.setMouseTracking(True)
        self.setItemDelegate(_ModelDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(self._on_current)

    @property
    def current_name(self) -> str:
        """The name of the current model; blank while the list is empty."""
        item = self.currentItem()
        return "" if item is None else str(item.data(_NAME))

    def show_models(self, models: Sequence[ShelfModel], *, busy: Mapping[str, str]) -> None:
        """Show ``models``; those that something is being done to with the words for it."""
        before = self.current_name
        with QSignalBlocker(self):
            self.clear()
            for model in models:
                self._add(model, busy.get(model.name, ""))
        names = [model.name for model in models]
        self.setCurrentRow(names.index(before) if before in names else 0)
        if self.current_name == before:
            self.chosen.emit(before)

    def choose(self, name: str) -> None:
        """Make the model of this name the current one."""
        for row in range(self.count()):
            if self.item(row).data(_NAME) == name:
                self.setCurrentRow(row)

    def _add(self, model: ShelfModel, doing: str) -> None:
        title = encoder_title(model.name)
        item = QListWidgetItem(title, self)
        size = 0 if model.offered is None else model.offered.download_bytes
        state = doing or (_("on this computer") if model.is_here else bytes_in_words(size) if size else "")
        about = []
        if model.offered is not None:
            about.append(languages_in_words(model.offered.languages))
        elif model.installed is not None:
            about.append(origin_in_words(model.installed.origin))
        item.setData(_NAME, model.name)
        item.setData(_STATE, "  ·  ".join(part for part in (*about, state) if part))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}, {item.data(_STATE)}")
        item.setToolTip(model.name)

    def _on_current(self, current: QListWidgetItem | None) -> None:
        if current is not None:
            self.chosen.emit(str(current.data(_NAME)))


class _ModelDelegate(QStyledItemDelegate):
    """Draw a name with a line below it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002
        return QSize(160, _HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        roles = ROLES[scheme_of(option.palette)]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(roles.selection))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(roles.accent))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(roles.raised))
        inner = rect.adjusted(_PAD, 7, -_PAD, -7)
        font = QFont(painter.font())
        for text, colour, weight, place in (
            (index.data(), roles.text, QFont.Weight.DemiBold, Qt.AlignmentFlag.AlignTop),
            (index.data(_STATE), roles.muted, QFont.Weight.Normal, Qt.AlignmentFlag.AlignBottom),
        ):
            font.setWeight(weight)
            painter.setFont(font)
            painter.setPen(QColor(colour))
            shown = painter.fontMetrics().elidedText(str(text), Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(inner, place | Qt.AlignmentFlag.AlignLeft, shown)
        painter.restore()
