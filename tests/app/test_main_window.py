"""The window, by what a person does with it: open, import, run, rename, export, and all that can go wrong."""

import csv
import resource
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QSpinBox, QWidget
from pytestqt.qtbot import QtBot
from window_steps import LONG, wait_until_idle, write_csv

from verbatlas.app.export_choice import ExportChoice
from verbatlas.app.export_dialog import ExportDialog
from verbatlas.app.import_page import ImportChoice
from verbatlas.app.main_window import MainWindow
from verbatlas.app.report_dialog import ReportDialog
from verbatlas.app.shortcuts_dialog import ShortcutsDialog
from verbatlas.app.work import TextChoice, save_copy
from verbatlas.study import Rename, Study


def drop(window: MainWindow, *paths: Path) -> QDropEvent:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(50, 50),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.keep = data
    window.dropEvent(event)
    return event


def dialog_of(qtbot: QtBot, kind: type) -> QWidget:
    """Wait for a dialog and return it."""
    found: list[QWidget] = []

    def look() -> None:
        found.extend(part for part in QApplication.topLevelWidgets() if isinstance(part, kind) and part.isVisible())
        assert found

    qtbot.waitUntil(look)
    return found[0]


def label_in(written: Path) -> set[str]:
    with written.open(encoding="utf-8", newline="") as file:
        return {row[5] for row in list(csv.reader(file))[1:]}


def test_the_first_page_is_shown_while_nothing_is_open(window: MainWindow) -> None:
    assert window.empty.isVisible()
    assert not window.actions_of_window["export"].isEnabled()
    assert window.actions_of_window["open"].isEnabled()


def test_a_dropped_table_is_read_mapped_renamed_and_exported(
    qtbot: QtBot, window: MainWindow, small_table: Path, tmp_path: Path
) -> None:
    drop(window, small_table)
    qtbot.waitUntil(lambda: window.import_page.isVisible(), timeout=LONG)
    with qtbot.waitSignal(window.session.told, timeout=LONG):
        qtbot.keyClick(window.import_page.focusWidget() or window.import_page, Qt.Key.Key_Return)
    assert window.desk.isVisible()
    assert window.desk.cluster_model.rowCount() > 1
    assert "42 comments" in window.status.text
    assert window.windowTitle() == "feedback.csv – Verbatlas"

    view = window.desk.clusters.view
    view.setCurrentIndex(view.model().index(0, 0))
    qtbot.keyClick(view, Qt.Key.Key_F2)
    editor = view.findChild(QLineEdit)
    editor.selectAll()
    qtbot.keyClicks(editor, "Slow parcels")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.model().index(0, 0).data() == "Slow parcels")

    window.actions_of_window["undo"].trigger()
    wait_until_idle(qtbot, lambda: window.session.is_busy)
    assert view.model().index(0, 0).data() != "Slow parcels"
    window.actions_of_window["redo"].trigger()
    wait_until_idle(qtbot, lambda: window.session.is_busy)
    assert view.model().index(0, 0).data() == "Slow parcels"

    with qtbot.waitSignal(window.session.exported, timeout=LONG):
        window.actions_of_window["export"].trigger()
        dialog_of(qtbot, ExportDialog).accept()
    written = tmp_path / "feedback labelled.csv"
    assert str(written) in window.messages.text
    assert "Slow parcels" in label_in(written)


def test_a_disk_that_is_full_loses_nothing_and_the_export_can_be_tried_again(
    qtbot: QtBot, mapped_window: MainWindow, tmp_path: Path
) -> None:
    session, choice = mapped_window.session, ExportChoice(tmp_path / "out.csv", guard_formulas=True)
    choice.path.write_text("last month's labels", encoding="utf-8")
    room = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, room[1]))
    try:
        with qtbot.waitSignal(session.problem, timeout=LONG):
            session.export(choice)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, room)
    assert "disk is full" in mapped_window.messages.text
    assert choice.path.read_text(encoding="utf-8") == "last month's labels"

    with qtbot.waitSignal(session.exported, timeout=LONG):
        session.export(choice)
    assert len(label_in(choice.path)) > 1


def test_an_export_that_cannot_be_written_is_said_and_the_window_goes_on(
    qtbot: QtBot, mapped_window: MainWindow, tmp_path: Path
) -> None:
    with qtbot.waitSignal(mapped_window.session.problem, timeout=LONG):
        mapped_window.session.export(ExportChoice(tmp_path / "gone" / "out.csv", guard_formulas=True))

    assert "could not be written" in mapped_window.messages.text
    mapped_window.session.rename(0, "Still here")
    assert mapped_window.session.study is not None
    assert mapped_window.session.study.labelling.clusters[0].name == "Still here"


def test_a_comment_that_is_clicked_is_shown_whole_with_its_row(qtbot: QtBot, mapped_window: MainWindow) -> None:
    desk = mapped_window.desk
    qtbot.waitUntil(lambda: desk.map.canvas.points is not None)
    place = desk.map.place_of(0)
    assert place is not None
    row = desk.map.document_at(place)
    assert row is not None
    qtbot.mouseClick(desk.map.canvas, Qt.MouseButton.LeftButton, pos=place.toPoint())
    study = mapped_window.session.study
    assert study is not None
    assert mapped_window.selection.document == row
    assert desk.comment.text == study.documents[row]
    desk.map.document_clicked.emit(None)
    assert desk.comment.text == ""


def test_a_cluster_that_is_chosen_stands_out_and_the_keyboard_walks_through_its_comments(
    qtbot: QtBot, mapped_window: MainWindow
) -> None:
    desk, selection = mapped_window.desk, mapped_window.selection
    study = mapped_window.session.study
    assert study is not None
    assert study.labelling is not None
    qtbot.keyClick(desk.clusters.view, Qt.Key.Key_Down)
    assert selection.cluster is not None
    seen = []
    for _number in range(3):
        mapped_window.actions_of_window["next_comment"].trigger()
        seen.append(selection.document)
    assert len(set(seen)) == 3
    assert all(study.labelling.members[row] == selection.cluster for row in seen)
    mapped_window.actions_of_window["previous_comment"].trigger()
    assert selection.document == seen[1]


def test_new_settings_are_computed_when_update_is_pressed_and_not_before(
    qtbot: QtBot, mapped_window: MainWindow
) -> None:
    desk = mapped_window.desk
    update = mapped_window.actions_of_window["update"]
    assert not update.isEnabled()
    desk.controls.findChild(QComboBox).setCurrentText("Even groups (KMeans)")
    desk.controls.findChild(QSpinBox).setValue(3)
    assert update.isEnabled()
    with qtbot.waitSignal(mapped_window.session.told, timeout=LONG):
        qtbot.mouseClick(
            next(button for button in desk.controls.findChildren(QPushButton) if button.menu() is None),
            Qt.MouseButton.LeftButton,
        )
    assert desk.cluster_model.rowCount() == 3
    assert not update.isEnabled()


def test_the_whole_way_by_keyboard_alone(qtbot: QtBot, window: MainWindow, small_table: Path) -> None:
    """Tab reaches every control of a page, and nothing but the keyboard is used."""
    assert window.empty.isVisible()
    window.activateWindow()
    window.empty.findChild(QPushButton, "empty_open").setFocus()
    seen = set()
    for _number in range(4):
        qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        seen.add(focus.objectName())
    assert {"sample_coffee_subscription_en", "sample_phone_reviews_zh"} <= seen


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.csv", b"", "is empty"),
        ("header.csv", b"id,comment\n", "no rows below it"),
        ("binary.csv", bytes(range(256)) * 40, "not a text table"),
    ],
)
def test_a_bad_file_is_said_to_be_bad_and_the_window_goes_on_working(
    qtbot: QtBot, window: MainWindow, small_table: Path, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    bad = tmp_path / name
    bad.write_bytes(content)
    drop(window, bad)
    qtbot.waitUntil(lambda: words in window.messages.text, timeout=LONG)
    assert str(bad) in window.messages.text
    assert window.empty.isVisible()
    drop(window, small_table)
    qtbot.waitUntil(lambda: window.import_page.isVisible(), timeout=LONG)
    assert window.messages.text == ""


def test_a_missing_file_is_said_to_be_missing(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.commands.open_file(tmp_path / "gone.csv")
    qtbot.waitUntil(lambda: "There is no file" in window.messages.text, timeout=LONG)


def test_a_study_that_is_gone_leaves_the_recent_list(qtbot: QtBot, mapped_window: MainWindow) -> None:
    study = mapped_window.session.study
    assert study is not None
    path = study.path
    mapped_window.commands.close_study()
    assert [b for b in mapped_window.empty.findChildren(QPushButton) if b.text() == "feedback.csv"]
    path.unlink()
    mapped_window.commands.open_file(path)
    qtbot.waitUntil(lambda: "There is no file" in mapped_window.messages.text, timeout=LONG)
    shown = [b for b in mapped_window.empty.findChildren(QPushButton) if b.text() == "feedback.csv" and b.isVisible()]
    assert not shown


def test_a_file_that_is_no_study_is_said_to_be_none(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.verbatlas"
    wrong.write_text("nothing of the kind", encoding="utf-8")
    drop(window, wrong)
    qtbot.waitUntil(lambda: "could not be opened as a Verbatlas study" in window.messages.text, timeout=LONG)


def test_a_table_without_text_can_still_be_imported_by_ticking_a_column(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    numbers = write_csv(tmp_path / "numbers.csv", ["a", "b"], [[str(i), str(i * i)] for i in range(30)])
    drop(window, numbers)
    qtbot.waitUntil(lambda: "no column that looks like comments" in window.messages.text, timeout=LONG)
    assert window.import_page.isVisible()
    assert window.import_page.chosen == ()


def test_nothing_is_done_to_a_study_that_cannot_be_seen_behind_the_import_page(
    qtbot: QtBot, mapped_window: MainWindow, small_table: Path
) -> None:
    actions = mapped_window.actions_of_window
    assert actions["undo"].isEnabled()
    drop(mapped_window, small_table)
    qtbot.waitUntil(lambda: mapped_window.import_page.isVisible(), timeout=LONG)
    assert not actions["undo"].isEnabled()
    assert not actions["export"].isEnabled()
    mapped_window.import_page.left.emit()
    assert mapped_window.desk.isVisible()
    assert actions["undo"].isEnabled()


def test_pressing_make_the_map_twice_makes_it_once(qtbot: QtBot, window: MainWindow, small_table: Path) -> None:
    drop(window, small_table)
    qtbot.waitUntil(lambda: window.import_page.isVisible(), timeout=LONG)
    told: list[object] = []
    window.session.told.connect(told.append)
    window.import_page.accepted.emit(ImportChoice(TextChoice((1,)), ()))
    window.import_page.accepted.emit(ImportChoice(TextChoice((1,)), ()))
    qtbot.waitUntil(lambda: window.session.has_map and not window.session.is_busy, timeout=LONG)
    assert len(told) == 1


def test_an_encoding_that_does_not_fit_is_said_not_to_fit_and_the_table_stays(
    qtbot: QtBot, window: MainWindow, small_table: Path
) -> None:
    drop(window, small_table)
    qtbot.waitUntil(lambda: window.import_page.isVisible(), timeout=LONG)
    assert window.import_page.read is not None
    ascii_only = replace(window.import_page.read.table.format, encoding="ascii")
    window.import_page.format_chosen.emit(ascii_only)
    qtbot.waitUntil(lambda: "could not be read as ascii" in window.messages.text, timeout=LONG)
    assert window.import_page.findChildren(QComboBox)[2].currentData() == "utf-8"
    assert window.import_page.chosen == (1,)


def test_the_desk_is_built_while_a_file_is_read(qtbot: QtBot, window: MainWindow, small_table: Path) -> None:
    window.may_build_ahead = True
    with qtbot.waitSignal(window.session.table_read, timeout=LONG):
        window.session.read(small_table)
        window.build_ahead()
        assert window._is_begun
    window.session.close_study()
    assert window.desk.isHidden()


def test_more_than_one_dropped_file_is_not_taken(window: MainWindow, small_table: Path) -> None:
    assert not drop(window, small_table, small_table).isAccepted()


def test_escape_cancels_the_job_and_it_can_be_run_again(qtbot: QtBot, window: MainWindow, small_table: Path) -> None:
    with qtbot.waitSignal(window.session.table_read, timeout=LONG) as read:
        window.session.read(small_table)
    with qtbot.waitSignal(window.session.study_changed, timeout=LONG):
        window.session.create(read.args[0], TextChoice((1,)))
    assert window.session.is_busy
    window.actions_of_window["cancel"].trigger()
    assert "Stopping…" in [button.text() for button in window.progress.findChildren(QPushButton)]
    wait_until_idle(qtbot, lambda: window.session.is_busy)
    assert window.progress.isHidden()
    assert window.actions_of_window["update"].isEnabled()
    with qtbot.waitSignal(window.session.told, timeout=LONG):
        window.actions_of_window["update"].trigger()
    assert window.desk.map.isVisible()


def test_a_file_dropped_while_a_job_runs_waits_and_says_so(qtbot: QtBot, window: MainWindow, small_table: Path) -> None:
    with qtbot.waitSignal(window.session.job_began, timeout=LONG):
        drop(window, small_table)
    drop(window, small_table)
    assert "Wait until" in window.messages.text
    wait_until_idle(qtbot, lambda: window.session.is_busy)


def test_finding_a_cluster_puts_the_keyboard_into_the_filter(qtbot: QtBot, mapped_window: MainWindow) -> None:
    mapped_window.activateWindow()
    mapped_window.actions_of_window["find"].trigger()
    assert mapped_window.desk.clusters.filter.hasFocus()


def test_shortcuts_are_listed_from_the_actions(qtbot: QtBot, window: MainWindow) -> None:
    window.actions_of_window["shortcuts"].trigger()
    dialog = dialog_of(qtbot, ShortcutsDialog)
    words = " ".join(part.text() for part in dialog.findChildren(QWidget) if hasattr(part, "text"))
    assert "Ctrl+O" in words
    assert "Rename the cluster" in words
    dialog.close()


def test_a_bug_opens_one_report_that_can_be_copied(qtbot: QtBot, window: MainWindow) -> None:
    window.report_bug("Traceback: first")
    window.report_bug("Traceback: second")
    reports = window.findChildren(ReportDialog)
    assert len(reports) == 1
    qtbot.mouseClick(reports[0].copy, Qt.MouseButton.LeftButton)
    assert "Traceback: first" in QGuiApplication.clipboard().text()
    reports[0].reject()


def test_every_control_has_a_name_that_a_screen_reader_can_say(mapped_window: MainWindow) -> None:
    kinds = (QPushButton, QComboBox, QLineEdit, QSpinBox)
    parts = [part for kind in kinds for part in mapped_window.findChildren(kind) if part.isVisible()]
    nameless = [
        part.objectName() or type(part).__name__
        for part in parts
        if not (part.accessibleName() or part.text() if hasattr(part, "text") else part.accessibleName())
        and not part.objectName().startswith("qt_")
    ]
    assert nameless == []


def test_the_window_fits_a_small_screen(mapped_window: MainWindow) -> None:
    assert mapped_window.minimumSizeHint().width() <= 1280
    assert mapped_window.minimumSizeHint().height() <= 690
    assert mapped_window.desk.map.mapTo(mapped_window, QPoint(0, 0)).x() > 0


def test_a_study_open_in_another_window_can_be_looked_at_and_exported_but_not_changed(
    qtbot: QtBot, mapped_window: MainWindow, tmp_path: Path
) -> None:
    window, session = mapped_window, mapped_window.session
    assert session.study is not None
    path = session.study.path
    with qtbot.waitSignal(session.study_changed, timeout=LONG):
        session.close_study()
    with Study.open(path) as elsewhere:
        with qtbot.waitSignal(session.told, timeout=LONG):
            session.open(path)
        elsewhere.do(Rename(min(elsewhere.labelling.clusters), "changed elsewhere"))
    wait_until_idle(qtbot, lambda: session.is_busy)

    assert window.windowTitle() == "feedback.csv (read only) – Verbatlas"
    assert "is open in another window, so it is shown read only" in window.messages.text
    window.selection.select_cluster(min(session.study.labelling.clusters))
    window.selection.choose(np.ones(42, np.bool_))
    for name in ("undo", "rename", "merge", "lock", "delete", "new_cluster", "move_selection", "take_out", "update"):
        assert not window.actions_of_window[name].isEnabled(), name
    with qtbot.waitSignal(session.problem, timeout=LONG):
        session.rename(min(session.study.labelling.clusters), "not allowed")
    assert "shown read only" in window.messages.text
    with qtbot.waitSignal(session.exported, timeout=LONG):
        session.export(ExportChoice(tmp_path / "out.csv", guard_formulas=True))
    assert "changed elsewhere" not in label_in(tmp_path / "out.csv")


def test_a_study_deleted_under_the_window_says_so_and_is_saved_as_a_copy(
    qtbot: QtBot, mapped_window: MainWindow, tmp_path: Path
) -> None:
    session = mapped_window.session
    assert session.study is not None
    cluster = min(session.study.labelling.clusters)
    session.rename(cluster, "Slow parcels")
    session.study.path.unlink()

    with qtbot.waitSignal(session.problem, timeout=LONG):
        session.rename(cluster, "lost")
    assert "The study is no longer at" in mapped_window.messages.text
    assert session.study.labelling.clusters[cluster].name == "Slow parcels"
    with qtbot.waitSignal(session.exported, timeout=LONG):
        session.write(tmp_path / "copy.verbatlas", save_copy)
    with qtbot.waitSignal(session.study_changed, timeout=LONG):
        session.open(tmp_path / "copy.verbatlas")
    session.rename(cluster, "goes on")
    assert session.study.labelling.clusters[cluster].name == "goes on"
