"""What a person can do, beyond the paths that the window's own tests walk."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QListWidget, QMessageBox
from pytestqt.qtbot import QtBot
from window_steps import LONG

from verbatlas.app.export_dialog import ExportDialog
from verbatlas.app.main_window import MainWindow
from verbatlas.app.picture_dialog import PictureDialog
from verbatlas.app.type_ahead import TypeAhead
from verbatlas.app.work import save_copy
from verbatlas.study import Study
from verbatlas.tables import TextForm


def answer_file_dialog(monkeypatch: pytest.MonkeyPatch, path: Path | None, *, kind: str) -> None:
    """Let the system's file dialog, which a test cannot press, come back with ``path``."""
    chosen = ("" if path is None else str(path), "")
    monkeypatch.setattr(QFileDialog, kind, lambda *_args: chosen)


def answer_save_dialog(window: MainWindow, path: Path) -> None:
    """Choose ``path`` in the open dialog, as the dialog tells the window."""
    dialog = window.findChildren(QFileDialog)[-1]
    dialog.fileSelected.emit(str(path))
    dialog.close()


def test_a_chosen_table_is_read_and_its_folder_remembered(
    qtbot: QtBot, window: MainWindow, small_table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_file_dialog(monkeypatch, small_table, kind="getOpenFileName")
    with qtbot.waitSignal(window.session.table_read, timeout=LONG):
        window.commands.choose_file()
    assert window.own.preferences.folder == str(small_table.parent)


def test_choosing_no_file_changes_nothing(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    answer_file_dialog(monkeypatch, None, kind="getOpenFileName")
    window.commands.choose_file()
    assert window.empty.isVisible()
    assert not window.session.is_busy


def test_the_map_is_exported_as_a_picture(qtbot: QtBot, mapped_window: MainWindow, tmp_path: Path) -> None:
    with qtbot.waitSignal(mapped_window.session.exported, timeout=LONG):
        mapped_window.commands.export_picture()
        mapped_window.findChild(PictureDialog).accept()
        answer_save_dialog(mapped_window, tmp_path / "map.png")
    assert (tmp_path / "map.png").read_bytes().startswith(b"\x89PNG")
    assert str(tmp_path / "map.png") in mapped_window.messages.text


def test_a_copy_of_the_study_is_saved(qtbot: QtBot, mapped_window: MainWindow, tmp_path: Path) -> None:
    with qtbot.waitSignal(mapped_window.session.exported, timeout=LONG):
        mapped_window.commands.save_copy()
        answer_save_dialog(mapped_window, tmp_path / "copy.verbatlas")
    with Study.open(tmp_path / "copy.verbatlas") as study:
        assert study.table.n_rows == 42


def test_a_copy_over_the_open_study_is_refused(qtbot: QtBot, mapped_window: MainWindow) -> None:
    assert mapped_window.session.study is not None
    with qtbot.waitSignal(mapped_window.session.problem, timeout=LONG):
        mapped_window.session.write(mapped_window.session.study.path, save_copy)
    assert mapped_window.session.has_map


def test_a_closed_study_is_offered_again_and_opens_with_everything(qtbot: QtBot, mapped_window: MainWindow) -> None:
    study = mapped_window.session.study
    assert study is not None
    path = study.path
    mapped_window.commands.close_study()
    assert mapped_window.empty.isVisible()
    assert mapped_window.status.isHidden()
    with qtbot.waitSignal(mapped_window.session.study_changed, timeout=LONG):
        mapped_window.commands.open_file(path)
    assert mapped_window.desk.map.isVisible()


def open_export(window: MainWindow) -> ExportDialog:
    window.commands.export_table()
    return next(part for part in QApplication.topLevelWidgets() if isinstance(part, ExportDialog) and part.isVisible())


def test_the_export_shows_its_first_lines_and_remembers_what_was_chosen(
    qtbot: QtBot, mapped_window: MainWindow, tmp_path: Path
) -> None:
    dialog = open_export(mapped_window)
    qtbot.waitUntil(lambda: "moved_by_hand,x,y" in dialog.preview.toPlainText(), timeout=LONG)
    assert dialog.form.currentText() == "UTF-8 with BOM (opens correctly in Excel)"
    qtbot.mouseClick(dialog.columns["x"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "moved_by_hand,y" in dialog.preview.toPlainText(), timeout=LONG)
    qtbot.mouseClick(dialog.guard, Qt.MouseButton.LeftButton)
    qtbot.keyClick(dialog.form, Qt.Key.Key_Home)
    dialog.form.activated.emit(0)
    dialog.path.setText(str(tmp_path / "mine.tsv"))
    qtbot.waitUntil(lambda: "moved_by_hand\ty" in dialog.preview.toPlainText(), timeout=LONG)
    shown = dialog.preview.toPlainText()
    with qtbot.waitSignal(mapped_window.session.exported, timeout=LONG):
        dialog.accept()
    assert (tmp_path / "mine.tsv").read_text(encoding="utf-8").startswith(shown)

    again = open_export(mapped_window)
    assert not again.columns["x"].isChecked()
    assert not again.guard.isChecked()
    assert again.choice.form is TextForm.SOURCE
    assert again.choice.path.suffix == ".tsv"
    again.reject()


def test_leaving_the_export_dialog_writes_nothing(qtbot: QtBot, mapped_window: MainWindow, tmp_path: Path) -> None:
    open_export(mapped_window).reject()
    assert not mapped_window.session.is_busy
    assert [path for path in tmp_path.iterdir() if "labelled" in path.name] == []


def test_about_says_what_this_is(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "about", lambda _parent, _title, text: said.append(text))
    window.commands.show_about()
    assert "Verbatlas" in said[0]


def test_any_action_is_found_by_its_words_and_done(qtbot: QtBot, mapped_window: MainWindow) -> None:
    mapped_window.actions_of_window["find_action"].trigger()
    dialog = mapped_window.findChild(TypeAhead)
    words = dialog.findChild(QLineEdit)
    qtbot.keyClicks(words, "histo")
    qtbot.keyClick(words, Qt.Key.Key_Return)
    assert mapped_window.desk.history.isVisible()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_what_makes_no_sense_now_is_not_found(qtbot: QtBot, window: MainWindow) -> None:
    window.actions_of_window["find_action"].trigger()
    dialog = window.findChild(TypeAhead)
    titles = [dialog.findChild(QListWidget).item(row).text() for row in range(dialog.findChild(QListWidget).count())]
    assert any(title.startswith("Open") for title in titles)
    assert not any(title.startswith(("Undo", "Merge", "Export")) for title in titles)
    dialog.reject()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
