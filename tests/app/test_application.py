"""The whole program: what it imports, how it starts, how it closes, whatever it is doing."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_steps import LONG, kill_engine, write_csv

from verbatlas.app.application import begin, build_window
from verbatlas.app.live_preferences import LivePreferences
from verbatlas.app.main_window import MainWindow
from verbatlas.app.places import preferences_file
from verbatlas.app.preferences import PreferenceFile, Scheme
from verbatlas.app.theme import scheme_of
from verbatlas.app.work import TextChoice

# Opens a table, makes its map, exports it, and says what the window's process has imported by then.
_WHOLE_JOB = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from verbatlas.app import application
from verbatlas.app.export_choice import ExportChoice
from verbatlas.app.work import TextChoice

def start(window, path, *, sample=None):
    session = window.session
    session.start()
    session.table_read.connect(lambda read: session.create(read, TextChoice(read.guess)))
    session.told.connect(lambda told: QTimer.singleShot(0, export))
    session.exported.connect(lambda path: window.close())
    session.problem.connect(lambda error, can_retry: sys.exit(f"problem: {error}"))
    session.bug.connect(lambda detail: sys.exit(detail))
    session.read(path)
    def export():
        session.export(ExportChoice(Path(sys.argv[2]), guard_formulas=True))

application.begin = start
if __name__ == "__main__":
    status = application.run(Path(sys.argv[1]))
    print("icon" if not QApplication.windowIcon().isNull() else "no icon", QApplication.font().families())
    print(sorted({name.partition(".")[0] for name in sys.modules}))
    sys.exit(status)
"""
_HEAVY = (
    "torch",
    "transformers",
    "sentence_transformers",
    "sklearn",
    "umap",
    "hdbscan",
    "openvino",
    "faiss",
)


@pytest.fixture
def own_window(qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    """A window with an engine of its own, as the program makes it."""
    window = build_window(qapp, LivePreferences(PreferenceFile(preferences_file())))
    window.show()
    yield window
    window.close()


def engines() -> set[psutil.Process]:
    """Return the engine processes that this process has started and that are alive."""
    children = psutil.Process().children(recursive=True)
    alive = [process for process in children if process.status() != psutil.STATUS_ZOMBIE]
    return {process for process in alive if "spawn_main" in " ".join(process.cmdline())}


def test_the_window_s_process_imports_nothing_heavy_in_a_whole_job(small_table: Path, tmp_path: Path) -> None:
    script = tmp_path / "whole_job.py"
    script.write_text(_WHOLE_JOB, encoding="utf-8")
    output = tmp_path / "labelled.csv"
    finished = subprocess.run(
        [sys.executable, str(script), str(small_table), str(output)],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    icon, imported = finished.stdout.splitlines()[-2:]
    assert icon.startswith("icon ")
    assert "Verbatlas" in icon  # the shipped Chinese letters stand behind the system's
    assert [name for name in _HEAVY if f"'{name}'" in imported] == []
    assert len(output.read_text(encoding="utf-8").splitlines()) == 43


def test_the_window_closes_promptly_in_the_middle_of_a_job_and_leaves_no_process(
    qtbot: QtBot, own_window: MainWindow, tmp_path: Path
) -> None:
    of_other_tests = engines()
    begin(own_window, None)
    rows = [[f"comment number {number} about the battery and the refund {number % 7}"] for number in range(6_000)]
    table = write_csv(tmp_path / "long.csv", ["comment"], rows)
    with qtbot.waitSignal(own_window.session.table_read, timeout=LONG) as read:
        own_window.session.read(table)
    with qtbot.waitSignal(own_window.session.study_changed, timeout=LONG):
        own_window.session.create(read.args[0], TextChoice((0,)))
    with qtbot.waitSignal(own_window.session.progress, timeout=LONG):
        pass
    path = own_window.session.study.path if own_window.session.study else None
    assert own_window.close()
    assert not own_window.isVisible()
    assert own_window.session.study is None
    assert engines() - of_other_tests == set()
    assert path is not None
    assert path.exists()
    assert not path.with_name(path.name + "-wal").exists()


def test_a_window_closed_while_its_desk_is_built_leaves_nothing_running(
    own_window: MainWindow, small_table: Path
) -> None:
    own_window.may_build_ahead = True
    begin(own_window, small_table)
    own_window.build_ahead()
    assert own_window.close()


@pytest.mark.skipif(sys.platform == "win32", reason="a process is killed by a signal here")
def test_an_engine_killed_in_the_middle_is_said_in_words_and_trying_again_makes_the_map(
    qtbot: QtBot, own_window: MainWindow, tmp_path: Path
) -> None:
    # Large enough for the engine to be at work still when it is killed, which is not before it said so.
    rows = [[str(number), f"快递太慢 {number * 7919 % 10007} 客服不理人 {number}"] for number in range(2_000)]
    large = write_csv(tmp_path / "large.csv", ["id", "comment"], rows)
    begin(own_window, None)
    with qtbot.waitSignal(own_window.session.table_read, timeout=LONG) as read:
        own_window.session.read(large)
    with qtbot.waitSignal(own_window.session.study_changed, timeout=LONG):
        own_window.session.create(read.args[0], TextChoice((1,)))
    with qtbot.waitSignal(
        own_window.session.progress, timeout=LONG, check_params_cb=lambda stage, *_: stage is not None
    ):
        pass
    with qtbot.waitSignal(own_window.session.problem, timeout=LONG):
        kill_engine()
    assert "stopped unexpectedly" in own_window.messages.text
    assert own_window.session.study is not None
    with qtbot.waitSignal(own_window.session.told, timeout=LONG):
        own_window.messages.retry_asked.emit()
    assert own_window.desk.map.isVisible()
    own_window.close()


def test_other_threads_give_the_interpreter_s_lock_back_sooner_than_python_would(own_window: MainWindow) -> None:
    sys.setswitchinterval(0.005)
    begin(own_window, None)
    assert sys.getswitchinterval() <= 0.001
    own_window.close()


def test_closing_before_anything_was_done_is_clean(own_window: MainWindow) -> None:
    begin(own_window, None)
    assert own_window.close()


def test_a_table_given_at_the_start_is_opened(qtbot: QtBot, own_window: MainWindow, small_table: Path) -> None:
    begin(own_window, small_table)
    qtbot.waitUntil(lambda: own_window.import_page.isVisible(), timeout=LONG)
    own_window.close()


def test_a_sample_given_at_the_start_is_mapped_at_once(qtbot: QtBot, own_window: MainWindow) -> None:
    with qtbot.waitSignal(own_window.session.told, timeout=LONG):
        begin(own_window, None, sample="zh")
    assert own_window.desk.map.isVisible()
    assert "Chinese" in own_window.status.text
    own_window.close()


def test_light_and_dark_can_be_chosen_while_a_map_is_open(qtbot: QtBot, own_window: MainWindow) -> None:
    with qtbot.waitSignal(own_window.session.told, timeout=LONG):
        begin(own_window, None, sample="zh")
    for scheme in (Scheme.DARK, Scheme.LIGHT):
        own_window.own.use_scheme(scheme)
        assert scheme_of(QApplication.palette()) == scheme.value
        assert PreferenceFile(preferences_file()).load().scheme is scheme
    own_window.close()


def test_the_window_comes_back_in_the_shape_that_it_had(qtbot: QtBot, qapp: QApplication) -> None:
    first = build_window(qapp, LivePreferences(PreferenceFile(preferences_file())))
    first.resize(900, 677)
    first.show()
    first.close()
    second = build_window(qapp, LivePreferences(PreferenceFile(preferences_file())))
    assert second.height() == 677
    second.show()
    second.close()
