"""The system's dialog for where a file goes; it adds the ending that is missing and asks before a file is replaced."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget


def ask_where_to_save(parent: QWidget, *, title: str, suggested: Path, kind: str, then: Callable[[Path], None]) -> None:
    """Ask for a file and call ``then`` with it; nothing happens when the person leaves the dialog.

    Args:
        parent: The window.
        title: What is saved.
        suggested: The file that is there at first; its ending is added to names that have none.
        kind: The kind of file in words, without its ending.
        then: What to do with the answer.
    """
    ending = suggested.suffix
    dialog = QFileDialog(parent, title, str(suggested.parent), f"{kind} (*{ending})")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(ending.removeprefix("."))
    dialog.selectFile(suggested.name)
    dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
    dialog.open()
