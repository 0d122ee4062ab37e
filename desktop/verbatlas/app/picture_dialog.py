"""Asks how a picture of the map should look, before it is asked where it goes."""

from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from verbatlas.app.map.picture import PictureStyle
from verbatlas.words import gettext as _

_SIZES = ((1600, 1200), (3200, 2400), (8000, 6000))
_PRINT = 300  # dots per inch


class PictureDialog(QDialog):
    """Ask for size, title and legend.

    Args:
        scheme: The theme of the map, ``light`` or ``dark``.
        parent: The window.
    """

    def __init__(self, *, scheme: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("picture_dialog")
        self.setWindowTitle(_("Export the map as a picture"))
        self._scheme = scheme
        self.size_choice = QComboBox()
        self.size_choice.setAccessibleName(_("Size"))
        for width, height in _SIZES:
            centimetres = round(width / _PRINT * 2.54)
            self.size_choice.addItem(
                _("{width} × {height} pixels ({centimetres} cm wide in print)").format(
                    width=f"{width:,}", height=f"{height:,}", centimetres=centimetres
                )
            )
        self.size_choice.setCurrentIndex(1)
        self.title = QCheckBox(_("Title: the file's name, comments and clusters"))
        self.title.setChecked(True)
        self.legend = QCheckBox(_("Legend: the clusters with their sizes"))
        words = QLabel(
            _("PNG is for slides and documents, SVG and PDF stay sharp at any size: choose by the file's name.")
        )
        words.setWordWrap(True)
        words.setProperty("role", "secondary")
        form = QFormLayout()
        form.addRow(_("Size"), self.size_choice)
        form.addRow("", self.title)
        form.addRow("", self.legend)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        choose = buttons.addButton(_("Choose the file…"), QDialogButtonBox.ButtonRole.AcceptRole)
        choose.setProperty("kind", "primary")
        choose.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(12)
        column.addLayout(form)
        column.addWidget(words)
        column.addWidget(buttons)

    @property
    def style_wanted(self) -> PictureStyle:
        """What the person chose."""
        width, height = _SIZES[self.size_choice.currentIndex()]
        return PictureStyle(
            width, height, self._scheme, has_title=self.title.isChecked(), has_legend=self.legend.isChecked()
        )
