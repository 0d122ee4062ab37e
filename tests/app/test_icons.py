"""Icons take the colour of the words around them."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from verbatlas.app import icons

NAMES = ("open", "export", "undo", "redo", "update", "rename", "fit")


def colours_of(name: str, size: int = 32) -> set[str]:
    image = icons.icon(name).pixmap(size).toImage()
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {pixel.name() for pixel in pixels if pixel.alpha() == 255}


@pytest.mark.parametrize("name", NAMES)
def test_an_icon_is_drawn_in_the_colour_of_the_theme(name: str, qapp: QApplication) -> None:
    before = qapp.palette()
    palette = QPalette(before)
    palette.setColor(QPalette.ColorRole.ButtonText, QColor("#aa3377"))
    qapp.setPalette(palette)
    try:
        assert colours_of(name) == {"#aa3377"}
    finally:
        qapp.setPalette(before)


def test_the_mark_of_the_program_is_there_in_all_sizes(qapp: QApplication) -> None:
    assert {size.width() for size in icons.app_icon().availableSizes()} >= {16, 32, 256}


@pytest.mark.parametrize("mode", [QIcon.Mode.Normal, QIcon.Mode.Selected])
def test_a_dot_has_the_colour_of_what_it_stands_for(qapp: QApplication, mode: QIcon.Mode) -> None:
    image = icons.dot(QColor("#3377aa")).pixmap(QSize(32, 32), mode).toImage()
    assert image.pixelColor(16, 16).name() == "#3377aa"
    assert image.pixelColor(2, 2).alpha() == 0
