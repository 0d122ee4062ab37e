"""The composition root: makes the parts of the program, hands each what it needs, and runs it."""

import importlib
import sys
import threading
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from verbatlas.app import icons, places
from verbatlas.app.background import Background
from verbatlas.app.bugs import BugNet
from verbatlas.app.charts import load_charts
from verbatlas.app.collector import collector_at_rest
from verbatlas.app.engine_thread import EngineThread
from verbatlas.app.live_preferences import LivePreferences
from verbatlas.app.log import start_log, stop_log
from verbatlas.app.main_window import MainWindow
from verbatlas.app.preferences import PreferenceFile
from verbatlas.app.qt_application import create_application
from verbatlas.app.session import Session
from verbatlas.app.theme import Theme

# Seconds for which another thread keeps the interpreter's lock when the window's thread asks for it. Python's own are
# 0.005, and they are waited for at each of the hundreds of steps in which Qt lays out and draws a window.
_TURN = 0.0005
_SOON = 20  # milliseconds
# Without classes of Qt's: another thread imports them.
_PARTS = (
    "verbatlas.engine.correction_requests",
    "verbatlas.engine.model_requests",
    "verbatlas.engine.server_requests",
    "verbatlas.engine.similar",
    "verbatlas.encoders.hub.download",
    "verbatlas.encoders.server.encoder",
)
# With such classes, a few milliseconds each: imported one by one, the window's turns between them.
_DESK = (
    "verbatlas.app.advice.advice",
    "verbatlas.app.card.cluster_view",
    "verbatlas.app.card.card_link",
    "verbatlas.app.clusters.cluster_list",
    "verbatlas.app.documents.document_table",
    "verbatlas.app.filters.filter_bar",
    "verbatlas.app.history.history_panel",
    "verbatlas.app.map.map_canvas",
    "verbatlas.app.map.map_view",
    "verbatlas.app.noise.noise_tray",
    "verbatlas.app.review.review_panel",
    "verbatlas.app.doubts.doubt_panel",
    "verbatlas.app.search.search_bar",
    "verbatlas.app.split.splitting",
    "verbatlas.app.desk_view",
    "verbatlas.app.review.review",
    "verbatlas.app.doubts.second_look",
    "verbatlas.app.models.models_window",
    "verbatlas.app.models.model_manager",
)


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
    load_charts()
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
    sys.setswitchinterval(_TURN)
    window.session.start()
    parts = threading.Thread(target=_import_parts, daemon=True)
    parts.start()
    _import_desk(window, parts, _DESK)
    if sample is not None:
        window.commands.open_sample(sample)
    elif path is not None:
        window.commands.open_file(path)


def _import_parts() -> None:
    with collector_at_rest():
        for name in _PARTS:
            importlib.import_module(name)


def _import_desk(window: MainWindow, parts: threading.Thread, left: Sequence[str]) -> None:
    """Import the desk, which takes a while, a module at a time.

    Here and in no other thread: PySide has crashed where one defined classes of Qt's while this one drew widgets.
    """
    if parts.is_alive():
        QTimer.singleShot(_SOON, window, partial(_import_desk, window, parts, left))
        return
    if not left:
        window.may_build_ahead = True
        return
    importlib.import_module(left[0])
    QTimer.singleShot(0, window, partial(_import_desk, window, parts, left[1:]))
