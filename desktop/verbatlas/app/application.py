"""The composition root: makes the parts of the program, hands each what it needs, and runs it."""

import importlib
import sys
import threading
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from verbatlas.app import icons, places
from verbatlas.app.background import Background
from verbatlas.app.bugs import BugNet
from verbatlas.app.engine_thread import EngineThread
from verbatlas.app.live_preferences import LivePreferences
from verbatlas.app.log import start_log, stop_log
from verbatlas.app.main_window import MainWindow
from verbatlas.app.preferences import PreferenceFile
from verbatlas.app.qt_application import create_application
from verbatlas.app.session import Session
from verbatlas.app.theme import Theme

_DESK = ("verbatlas.app.desk_view", "verbatlas.app.review.review", "verbatlas.app.models.model_manager")


def run(path: Path | None, *, sample: str | None = None) -> int:
    """Open the window and return the program's exit status when it is closed.

    Args:
        path: A table or a study to open at once.
        sample: A bundled sample to open and map at once, such as ``en``.
    """
    log = start_log(places.log_folder())
    own = LivePreferences(PreferenceFile(places.preferences_file()))
    application = create_application(sys.argv[:1], language=own.preferences.language)
    application.setWindowIcon(icons.app_icon())
    net = BugNet()
    net.install()
    window = build_window(application, own)
    net.caught.connect(window.report_bug)
    window.show()
    # Everything else waits until the window can be seen.
    QTimer.singleShot(0, window, partial(begin, window, path, sample=sample))
    try:
        return application.exec()
    finally:
        net.remove()
        stop_log(log)


def build_window(application: QApplication, own: LivePreferences) -> MainWindow:
    """Make the window and all that works behind it; no thread is started yet."""
    theme = Theme(application, wanted=own.preferences.scheme)
    window = MainWindow(Session(Background(), EngineThread()), own)
    window.follow_colours()
    theme.changed.connect(window.follow_colours)
    own.changed.connect(lambda preferences: theme.use(preferences.scheme))
    return window


def begin(window: MainWindow, path: Path | None, *, sample: str | None = None) -> None:
    """Start the threads and open what was asked for."""
    window.session.start()
    threading.Thread(target=_import_ahead, args=(window,), daemon=True).start()
    if sample is not None:
        window.commands.open_sample(sample)
    elif path is not None:
        window.commands.open_file(path)


def _import_ahead(window: MainWindow) -> None:
    """Import the desk and its map, which takes a while; beside the window's thread nobody waits for it."""
    for name in _DESK:
        importlib.import_module(name)
    window.may_build_ahead = True
