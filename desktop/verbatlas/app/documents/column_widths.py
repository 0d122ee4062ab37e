"""The widths that a person gave to columns, by the columns' names, so that they hold for the next table too."""

import json

from PySide6.QtCore import QByteArray, QEvent, QObject
from PySide6.QtWidgets import QHeaderView

from verbatlas.app.documents.document_model import DocumentModel
from verbatlas.app.documents.listing import COMMENT, N_OWN

_DEFAULT = 150
_OWN_DEFAULTS = (72, 320, 190, 90)  # row, comment at least, cluster, strength
_OWN_NAMES = ("row", "comment", "cluster", "strength")
_LEAST, _MOST = 40, 4_000
_MOST_KEPT = 500  # names; the first ones are forgotten


class ColumnWidths(QObject):
    """Give the columns of a table the widths that columns of these names had last.

    The comment has all the room that the others leave, until a person gives it a width.
    """

    def __init__(self, header: QHeaderView, model: DocumentModel) -> None:
        super().__init__(header)
        self._header = header
        self._model = model
        self._widths: dict[str, int] = {}
        self._is_quiet = False
        header.setMinimumSectionSize(_LEAST)
        header.setMaximumSectionSize(_MOST)
        header.setDefaultSectionSize(_DEFAULT)
        header.sectionResized.connect(self._on_resized)
        header.installEventFilter(self)

    def save(self) -> QByteArray:
        """Return the widths that differ from the usual ones."""
        return QByteArray(json.dumps(self._widths).encode())

    def restore(self, shape: QByteArray) -> None:
        """Use widths that were saved; what is damaged is passed over."""
        try:
            widths = json.loads(bytes(shape.data()))
        except ValueError:  # also bytes that are no UTF-8
            return
        if isinstance(widths, dict):
            self._widths = {name: width for name, width in widths.items() if _is_width(width)}
            self.apply()

    def apply(self) -> None:
        """Give every column its width; called when other columns are shown."""
        self._is_quiet = True
        for column, width in enumerate(_OWN_DEFAULTS[: self._header.count()]):
            if column != COMMENT:
                self._header.resizeSection(column, self._widths.get(_OWN_NAMES[column], width))
        listing = self._model.listing
        for place, label in enumerate(() if listing is None else listing.labels):
            if self._header.sectionSize(N_OWN + place) != (width := self._widths.get(_key(label), _DEFAULT)):
                self._header.resizeSection(N_OWN + place, width)
        self._is_quiet = False
        self._fill()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the comment what the table gains or loses."""
        if event.type() == QEvent.Type.Resize:
            self._fill()
        return super().eventFilter(watched, event)

    def _fill(self) -> None:
        if self._header.count() <= COMMENT:
            return
        free = self._header.width() - self._header.length() + self._header.sectionSize(COMMENT)
        self._is_quiet = True
        width = self._widths.get(_OWN_NAMES[COMMENT], max(_OWN_DEFAULTS[COMMENT], free))
        self._header.resizeSection(COMMENT, min(width, _MOST))
        self._is_quiet = False

    def _on_resized(self, column: int, _before: int, width: int) -> None:
        listing = self._model.listing
        if self._is_quiet or listing is None:
            return
        name = _OWN_NAMES[column] if column < N_OWN else _key(listing.labels[column - N_OWN])
        self._widths.pop(name, None)  # the latest stands last
        self._widths[name] = width
        if len(self._widths) > _MOST_KEPT:
            del self._widths[next(iter(self._widths))]


def _key(label: str) -> str:
    return f"column {label[:100]}"


def _is_width(width: object) -> bool:
    return isinstance(width, int) and not isinstance(width, bool) and _LEAST <= width <= _MOST
