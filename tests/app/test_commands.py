"""What a person can do, beyond the paths that the window's own tests walk."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot
from window_steps import LONG, wait_until_idle

from verbatlas.app.export_dialog import ExportDialog
from verbatlas.app.main_window import MainWindow
from verbatlas.app.picture_dialog import PictureDialog
from verbatlas.app.work import save_copy
from verbatlas.study import Labelling, Study


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


def test_renaming_begins_in_the_list(qtbot: QtBot, mapped_window: MainWindow) -> None:
    desk = mapped_window.desk
    mapped_window.selection.select_cluster(next(iter(mapped_window.session.study.labelling.clusters)))
    mapped_window.commands.rename()
    assert desk.clusters.view.findChild(QLineEdit).isVisible()


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


def test_leaving_the_export_dialog_writes_nothing(qtbot: QtBot, mapped_window: MainWindow, tmp_path: Path) -> None:
    mapped_window.commands.export_table()
    dialogs = [part for part in QApplication.topLevelWidgets() if isinstance(part, ExportDialog) and part.isVisible()]
    dialogs[0].reject()
    assert not mapped_window.session.is_busy
    assert [path for path in tmp_path.iterdir() if "labelled" in path.name] == []


def test_about_says_what_this_is(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "about", lambda _parent, _title, text: said.append(text))
    window.commands.show_about()
    assert "Verbatlas" in said[0]


def do(qtbot: QtBot, window: MainWindow, action: str, answer: str | None = None) -> None:
    """Trigger an action, answer its question, and wait until it is said to be done."""
    with qtbot.waitSignal(window.session.told, timeout=LONG):
        window.actions_of_window[action].trigger()
        if answer is not None:
            dialog = window.findChild(QInputDialog)
            dialog.setTextValue(answer)
            dialog.accept()
            dialog.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def labelling_of(window: MainWindow) -> Labelling:
    assert window.session.study is not None
    assert window.session.study.labelling is not None
    return window.session.study.labelling


def test_comments_selected_on_the_map_become_a_cluster_and_undo_takes_it_back(
    qtbot: QtBot, mapped_window: MainWindow
) -> None:
    window, before = mapped_window, labelling_of(mapped_window)
    assert not window.actions_of_window["new_cluster"].isEnabled()
    chosen = np.zeros(42, np.bool_)
    chosen[[0, 1, 30]] = True
    window.selection.choose(chosen)

    do(qtbot, window, "new_cluster", "Mine")

    after = labelling_of(window)
    (new,) = set(after.clusters) - set(before.clusters)
    assert np.flatnonzero(after.members == new).tolist() == [0, 1, 30]
    assert "Made 'Mine' of 3 comments" in window.messages.text
    assert not window.selection.chosen.any()
    window.actions_of_window["undo"].trigger()
    wait_until_idle(qtbot, lambda: window.session.is_busy)
    assert dict(labelling_of(window).clusters) == dict(before.clusters)


def test_comments_are_moved_to_the_selected_cluster_and_out_of_all(qtbot: QtBot, mapped_window: MainWindow) -> None:
    window = mapped_window
    first, *_ = labelling_of(window).clusters
    outside = int(np.flatnonzero(labelling_of(window).members != first)[0])
    for action, expected in (("move_selection", first), ("take_out", -1)):
        chosen = np.zeros(42, np.bool_)
        chosen[outside] = True
        window.selection.select_cluster(first)
        window.selection.choose(chosen)
        do(qtbot, window, action)
        assert labelling_of(window).members[outside] == expected


def test_clusters_are_merged_locked_and_deleted(qtbot: QtBot, mapped_window: MainWindow) -> None:
    window, before = mapped_window, labelling_of(mapped_window)
    first, second, *_ = before.clusters
    sizes = before.sizes()
    window.selection.select_cluster(first)

    do(qtbot, window, "merge", f"{before.clusters[second].name} ({sizes[second]:,})")
    assert second not in labelling_of(window).clusters
    assert labelling_of(window).sizes()[first] == sizes[first] + sizes[second]

    window.selection.select_cluster(first)
    do(qtbot, window, "lock")
    window.selection.select_cluster(first)
    with qtbot.waitSignal(window.session.problem, timeout=LONG):
        window.actions_of_window["delete"].trigger()
    assert "is locked" in window.messages.text
    do(qtbot, window, "lock")
    window.selection.select_cluster(first)
    do(qtbot, window, "delete")
    assert first not in labelling_of(window).clusters
