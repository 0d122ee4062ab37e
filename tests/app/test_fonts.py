"""Chinese is drawn on systems without Chinese fonts."""

from PySide6.QtGui import QFont, QFontDatabase, QImage, QPainter
from PySide6.QtWidgets import QApplication

from verbatlas.app.fonts import use_fonts
from verbatlas.resources import resource


def drawn(text: str, family: str) -> bytes:
    image = QImage(80, 40, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    font = QFont(family)
    font.setPixelSize(28)
    font.setStyleStrategy(QFont.StyleStrategy.NoFontMerging)
    painter.setFont(font)
    painter.drawText(4, 32, text)
    painter.end()
    return bytes(image.constBits())


def test_chinese_glyphs_are_no_boxes(qapp: QApplication) -> None:
    use_fonts(qapp)
    number = QFontDatabase.addApplicationFont(str(resource("fonts", "VerbatlasSansSC.otf")))
    family = QFontDatabase.applicationFontFamilies(number)[0]

    box = drawn("\U0001f9ff\U0001f9ff", family)

    assert family in qapp.font().families()
    assert drawn("电池", family) != box
    assert drawn("电池", family) != drawn("客服", family)
