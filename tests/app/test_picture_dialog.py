"""Size, title and legend of a picture are chosen before its file."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from verbatlas.app.map.picture import PictureStyle
from verbatlas.app.picture_dialog import PictureDialog


def test_what_is_chosen_is_what_is_drawn(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = PictureDialog(scheme="dark", parent=parent)
    assert dialog.style_wanted == PictureStyle(3200, 2400, "dark", has_title=True, has_legend=False)

    dialog.size_choice.setCurrentIndex(2)
    dialog.title.setChecked(False)
    dialog.legend.setChecked(True)

    assert dialog.style_wanted == PictureStyle(8000, 6000, "dark", has_title=False, has_legend=True)
