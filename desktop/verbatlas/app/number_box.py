"""Boxes for numbers whose words begin where those of all other boxes do."""

from PySide6.QtWidgets import QAbstractSpinBox

_MARGIN = 6  # pixels; the style sheet's padding does not reach the field in a box with arrows


def indent_words(box: QAbstractSpinBox) -> None:
    """Let the words of ``box`` begin as far in as those of fields and of boxes to choose from."""
    box.lineEdit().setTextMargins(_MARGIN, 0, 0, 0)
