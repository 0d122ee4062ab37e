"""The letters of the window: the system's own, with the shipped Chinese ones behind them."""

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo
from PySide6.QtWidgets import QApplication

from verbatlas.resources import resource

_PIXELS = 13


def use_fonts(application: QApplication) -> None:
    """Let every text fall back on the shipped font, so that Chinese is drawn on systems without Chinese fonts."""
    shipped = QFontDatabase.addApplicationFont(str(resource("fonts", "VerbatlasSansSC.otf")))
    families = QFontDatabase.applicationFontFamilies(shipped)
    font = QFont(application.font())
    # The name of a real family: behind a mere alias, such as "Sans Serif", Qt would draw all with the shipped one.
    font.setFamilies([QFontInfo(font).family(), *families])
    font.setPixelSize(_PIXELS)
    application.setFont(font)
