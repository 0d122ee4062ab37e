"""The Qt application: its name, its language, its colours."""

import os
from collections.abc import Sequence

from PySide6.QtCore import QLibraryInfo, Qt, QTranslator
from PySide6.QtWidgets import QApplication

import verbatlas
from verbatlas.app.field_keys import FieldKeys
from verbatlas.app.fonts import use_fonts
from verbatlas.words import system_language, use_language

AUTO = "auto"


def create_application(arguments: Sequence[str], *, language: str) -> QApplication:
    """Create the application with its words and Qt's in ``language``.

    Args:
        arguments: As the program was called; Qt takes its own from them.
        language: ``auto`` for what the system speaks, or a language such as ``zh_CN``.
    """
    os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    application = QApplication(list(arguments))
    application.setApplicationName("Verbatlas")
    application.setApplicationVersion(verbatlas.__version__)
    application.setDesktopFileName("verbatlas")
    use_fonts(application)
    FieldKeys(application)
    spoken = system_language() if language == AUTO else language
    use_language(spoken)
    translate_qt(application, spoken)
    return application


def translate_qt(application: QApplication, language: str) -> QTranslator | None:
    """Let Qt's own buttons and menus speak ``language``; None where Qt does not know it."""
    translator = QTranslator(application)
    if language.startswith("zh"):
        language = "zh_CN"  # as the words of the window
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if not translator.load(f"qtbase_{language}", folder):
        return None
    application.installTranslator(translator)
    return translator
