"""The system's dialog for where a file goes; it adds the ending that is missing and asks before a file is replaced."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget


def ask_where_to_save(
    parent: QWidget, *, title: str, suggested: Path, kinds: Sequence[str], then: Callable[[Path], None]
) -> None:
    """Ask for a file and call ``then`` with it; nothing happens when the person leaves the dialog.

    Args:
        parent: The window.
        title: What is saved.
        suggested: The file that is there at first; its ending is added to names that have none.
        kinds: The kinds of files in words, each with its ending as in ``Pictures (*.png)``.
        then: What to do with the answer.
    """
    dialog = QFileDialog(parent, title, str(suggested.parent), ";;".join(kinds))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suggested.suffix.removeprefix("."))
    # The ending that is added is that of the chosen kind.
    dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(kind.rpartition("*.")[2].rstrip(")")))
    dialog.selectFile(suggested.name)
    dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
    dialog.open()
