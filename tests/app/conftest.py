"""What the tests of the window share: folders of their own, small tables, one engine for many tests."""

import gc
import sys
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from verbatlas.app.background import Background
from verbatlas.app.engine_thread import EngineThread
from verbatlas.app.live_preferences import LivePreferences
from verbatlas.app.main_window import MainWindow
from verbatlas.app.preferences import PreferenceFile
from verbatlas.app.session import Session
from verbatlas.words import use_language

sys.path.insert(0, str(Path(__file__).parent))

from window_steps import LONG, make_map, write_csv

_SHARED_THREADS: list[QThread] = []  # those that outlive a test on purpose
_STARTED: "weakref.WeakSet[Background]" = weakref.WeakSet()
_ENGLISH = (
    "The delivery came two days late and nobody told me",
    "My parcel was late again, third time this month",
    "Late delivery, the driver could not find my address",
    "The parcel arrived late and the box was wet",
    "The battery is empty after three hours",
    "Battery life is far too short for a day",
    "I have to charge the battery twice a day",
    "The battery gets hot and drains fast",
    "I want my money back, the refund takes for ever",
    "Still waiting for the refund you promised",
    "The refund never reached my account",
    "Refund refused although I kept the receipt",
)
_CHINESE = (
    "快递太慢了，等了一个星期",
    "物流很慢，包装也破了",
    "快递员态度不好，送货太慢",
    "电池不耐用，半天就没电了",
    "电池充电很慢，而且发热",
    "电池用了一个月就鼓包",
    "客服一直不理人，退款很慢",
    "申请退款三天没有人回复",
    "退款流程太麻烦，客服不回消息",
)


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep preferences, logs and studies of every test in its own folder, and its words English."""
    monkeypatch.setenv("VERBATLAS_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("VERBATLAS_DATA_DIR", str(tmp_path / "data"))
    use_language("en")
    yield
    use_language("en")


@pytest.fixture(autouse=True)
def remembered_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Remember which threads are started: to look for them among all objects takes longer than most tests."""

    def start(thread: Background) -> None:
        _STARTED.add(thread)
        QThread.start(thread)

    monkeypatch.setattr(Background, "start", start)


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """Fail a test that leaves a window open or a thread running."""
    yield
    gc.unfreeze()  # the window leaves aside what it has imported, and whatever else there was by then
    alive = [thread for thread in _STARTED if isValid(thread) and thread.isRunning()]
    left = [thread for thread in alive if thread not in _SHARED_THREADS]
    _SHARED_THREADS.extend(left)  # told once, by the test that left them
    assert not left, f"threads were left running: {left}"
    if QApplication.instance() is not None:
        windows = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
        assert not windows, f"windows were left open: {windows}"


@pytest.fixture
def small_table(tmp_path: Path) -> Path:
    """A table of 42 comments in two languages, with dates and stars; the lexical encoder reads it."""
    texts = [*_CHINESE, *_CHINESE[:3], *_ENGLISH[:3]] * 2 + list(_ENGLISH)
    rows = [[str(1000 + i), text, f"2026-03-{i % 28 + 1:02d}", str(i % 5 + 1)] for i, text in enumerate(texts)]
    return write_csv(tmp_path / "feedback.csv", ["id", "comment", "date", "stars"], rows)


@pytest.fixture(scope="session")
def engine_thread(qapp: QApplication) -> Iterator[EngineThread]:
    """One engine for all tests that do not harm it: starting one takes seconds."""
    thread = EngineThread()
    _SHARED_THREADS.append(thread)
    thread.start()
    yield thread
    thread.close()


@pytest.fixture
def session(qtbot: QtBot, engine_thread: EngineThread) -> Iterator[Session]:
    """A session on the shared engine."""
    background = Background()
    background.start()
    session = Session(background, engine_thread)
    try:
        yield session
        session.cancel()
        qtbot.waitUntil(lambda: not session.is_busy, timeout=LONG)
    finally:
        session.close_study()
        background.close()
        # Destroyed here, in its own thread: Python's collector may run in any.
        session.deleteLater()
        QApplication.sendPostedEvents(session, QEvent.Type.DeferredDelete)


@pytest.fixture
def mapped(qtbot: QtBot, session: Session, small_table: Path) -> Session:
    """A session with the small table read, clustered and named."""
    make_map(qtbot, session, small_table)
    return session


@pytest.fixture
def window(qtbot: QtBot, engine_thread: EngineThread, tmp_path: Path) -> Iterator[MainWindow]:
    """The whole window, shown, on the shared engine."""
    background = Background()
    background.start()
    own = LivePreferences(PreferenceFile(tmp_path / "config" / "verbatlas.ini"))
    window = MainWindow(Session(background, engine_thread), own)
    window.follow_colours()
    window.show()
    qtbot.waitExposed(window)
    try:
        yield window
        window.session.cancel()
        qtbot.waitUntil(lambda: not window.session.is_busy, timeout=LONG)
    finally:
        window.session.close_study()
        background.close()
        window.hide()
        window.deleteLater()
        QApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)


@pytest.fixture
def mapped_window(qtbot: QtBot, window: MainWindow, small_table: Path) -> MainWindow:
    """The window with the map of the small table, on which every comment has its place."""
    make_map(qtbot, window.session, small_table)
    qtbot.waitUntil(lambda: window.desk.map.canvas.points is not None, timeout=LONG)
    return window
