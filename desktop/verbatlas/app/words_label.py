"""Labels that show a person's text as it is: no markup, wrapped, and selectable where it may be copied."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel


def words_label(role: str, *, text: str = "", selectable: bool = False) -> QLabel:
    """Return a label that the theme draws by its ``role``."""
    label = QLabel(text)
    label.setProperty("role", role)
    label.setWordWrap(True)
    label.setIndent(0)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if selectable:
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
    return label
