"""How a range of values is laid out: all of them as a picture, and under it the two ends in boxes."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from verbatlas.app.filters.histogram import Histogram


def lay_out_range(page: QWidget, histogram: Histogram, boxes: Sequence[tuple[str, QWidget]]) -> None:
    """Fill ``page`` with the picture and, in one row under it, the boxes behind their labels."""
    row = QHBoxLayout()
    for words, box in boxes:
        label = QLabel(words)
        label.setBuddy(box)
        row.addWidget(label)
        row.addWidget(box, 1)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(histogram)
    column.addLayout(row)
    column.addStretch(1)
