"""A window in Chinese has no English left in it, apart from names and file formats."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot
from window_steps import make_map

from verbatlas.app.main_window import MainWindow
from verbatlas.app.qt_application import translate_qt
from verbatlas.words import use_language

# What is called the same in every language.
_NAMES = re.compile(
    r"Verbatlas|KMeans|HDBSCAN|MiniLM|all|L6|v2|Universal|Sentence|Encoder|UTF|GB18030|GBK|Big5|LE|BE|Windows"
    r"|ISO|Shift|JIS|CSV|TSV|PNG|Excel|English"
    r"|EUC|JP|KR|KOI8|IBM|Mac|Roman|Cyrillic|Johab|BOM|JSON|Lines|Parquet|csv|tsv|xlsx|json|jsonl|parquet|pandas|DuckDB|LibreOffice|WPS"
    r"|cluster_id|cluster|strength|x|y|moved_by_hand|cluster_group|second_cluster|formulas_guarded"
    r"|Ctrl|Alt|Shift|Del|Esc|Up|Down|PgUp|PgDown|F\d+|[A-Z]|[KMG]?B"
)


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[None]:
    use_language("zh_CN")
    translator = translate_qt(qapp, "zh_CN")
    assert translator is not None
    yield
    qapp.removeTranslator(translator)
    use_language("en")


def words_of(window: QWidget, *, of_the_table: set[str]) -> list[str]:
    """Return every word that the window or a dialog of it shows, says in a tip, or tells a screen reader."""
    found: list[str] = []
    for part in [window, *window.findChildren(QWidget)]:
        found += [part.toolTip(), part.accessibleName(), part.accessibleDescription(), part.windowTitle()]
        if isinstance(part, QLabel | QAbstractButton):
            found.append(part.text())
        elif isinstance(part, QLineEdit):
            found.append(part.placeholderText())
        elif isinstance(part, QMenu | QGroupBox):
            found.append(part.title())
        elif isinstance(part, QComboBox):
            found += [part.itemText(index) for index in range(part.count())]
        elif isinstance(part, QSpinBox):
            found.append(part.specialValueText())
    actions = [action for part in [window, *window.findChildren(QMenu)] for action in part.actions()]
    for action in actions:
        found += [action.text(), action.toolTip(), action.iconText()]
    plain = [text.replace("<b>", "").replace("</b>", "") for text in found]
    return [text for text in plain if text and not any(cell in text for cell in of_the_table)]


def english_in(text: str) -> list[str]:
    plain = re.sub(r"\(&.\)|\{\w+\}", "", text)  # neither mnemonics nor the names of columns in an example
    return [word for word in re.findall(r"[A-Za-z][A-Za-z0-9_]*", plain) if not _NAMES.fullmatch(word)]


def test_no_english_is_left_in_a_chinese_window(
    qtbot: QtBot, chinese: None, window: MainWindow, small_table: Path
) -> None:
    with qtbot.waitSignal(window.session.table_read):
        window.session.read(small_table)
    make_map(qtbot, window.session, small_table)
    study = window.session.study
    assert study is not None
    assert study.labelling is not None
    window.desk.clusters.clusters_selected.emit((next(iter(study.labelling.clusters)),))
    window.selection.select_document(0)
    window.messages.say("好")
    window.actions_of_window["shortcuts"].trigger()
    window.actions_of_window["export"].trigger()
    of_the_table = {"feedback", *study.table.names, *study.documents}
    for cluster in study.labelling.clusters.values():
        of_the_table |= {cluster.name, *cluster.keywords}
    shown = [
        text
        for part in QApplication.topLevelWidgets()
        if part.isVisible()
        for text in words_of(part, of_the_table=of_the_table)
    ]
    for dialog in QApplication.topLevelWidgets():
        if dialog is not window and dialog.isVisible():
            dialog.close()
    assert len(shown) > 100
    assert {text: english for text in shown if (english := english_in(text))} == {}
