"""The application speaks the person's language, Qt's own buttons included."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from verbatlas.app.qt_application import translate_qt


def test_the_buttons_of_qt_speak_chinese_too(qtbot: QtBot, qapp: QApplication) -> None:
    translator = translate_qt(qapp, "zh_CN")
    assert translator is not None
    try:
        assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    finally:
        qapp.removeTranslator(translator)


def test_a_language_that_qt_does_not_know_leaves_english(qtbot: QtBot, qapp: QApplication) -> None:
    assert translate_qt(qapp, "tlh") is None
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"
