"""Ask which values of a column are wanted, one by one."""

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from verbatlas.app.filters.column_summary import Categories
from verbatlas.app.words_label import words_label
from verbatlas.words import gettext as _
from verbatlas.words import ngettext

_VALUE_ROLE = Qt.ItemDataRole.UserRole
_LONGEST = 80
_ROW_HEIGHT = 26  # pixels: the box fits in whatever the script
_MANY = 8  # from so many values on, finding them is worth a line


class Checklist(QWidget):
    """A list of values with a box before each, and a line to find some of them.

    Args:
        categories: The values.
        wanted: Those that were wanted before.
        parent: The dialog.

    Attributes:
        changed: Others are wanted now.
    """

    changed = Signal()

    def __init__(self, categories: Categories, wanted: tuple[str | int, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.find_line = QLineEdit()
        self.find_line.setPlaceholderText(_("Find a value…"))
        self.find_line.setAccessibleName(_("Find a value"))
        self.find_line.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Values"))
        self.list.setUniformItemSizes(True)
        for option in categories.options:
            label = " ".join(option.label.split())
            label = label if len(label) <= _LONGEST else label[: _LONGEST - 1] + "…"
            item = QListWidgetItem(_("{value}  ({count})").format(value=label, count=f"{option.count:,}"))
            item.setData(_VALUE_ROLE, option.value)
            item.setSizeHint(QSize(0, _ROW_HEIGHT))
            item.setToolTip(option.label[:1000])
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if option.value in wanted else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.all = QPushButton(_("Tick all"))
        self.none = QPushButton(_("Tick none"))
        self._left_out = words_label("secondary", text=_left_out(categories.n_left_out))
        self._place(is_long=len(categories.options) >= _MANY, is_cut=categories.n_left_out > 0)
        self.find_line.textChanged.connect(self._on_find)
        self.list.itemChanged.connect(self.changed)
        self.all.clicked.connect(lambda: self._tick(Qt.CheckState.Checked))
        self.none.clicked.connect(lambda: self._tick(Qt.CheckState.Unchecked))
        self.setFocusProxy(self.find_line if len(categories.options) >= _MANY else self.list)
        self.list.setCurrentRow(0)

    def values(self) -> tuple[str | int, ...]:
        """Return the values that are wanted."""
        return tuple(item.data(_VALUE_ROLE) for item in self._items() if item.checkState() == Qt.CheckState.Checked)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _on_find(self, text: str) -> None:
        wanted = text.strip().casefold()
        for item in self._items():
            item.setHidden(wanted not in item.toolTip().casefold())
        shown = next((item for item in self._items() if not item.isHidden()), None)
        if shown is not None:
            self.list.setCurrentItem(shown)

    def _tick(self, state: Qt.CheckState) -> None:
        with QSignalBlocker(self.list):  # one change is announced for all
            for item in self._items():
                if not item.isHidden():
                    item.setCheckState(state)
        self.list.viewport().update()
        self.changed.emit()

    def _place(self, *, is_long: bool, is_cut: bool) -> None:
        row = QHBoxLayout()
        row.addWidget(self.all)
        row.addWidget(self.none)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.find_line)
        column.addWidget(self.list, 1)
        column.addWidget(self._left_out)
        column.addLayout(row)
        self.find_line.setVisible(is_long)
        self._left_out.setVisible(is_cut)


def _left_out(count: int) -> str:
    return ngettext(
        "{count} rarer value is not in the list.", "{count} rarer values are not in the list.", count
    ).format(count=f"{count:,}")
