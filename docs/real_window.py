"""The real window, for the scripts that make pictures of it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from verbatlas.app.main_window import MainWindow


def open_window(preferences: Path, *, language: str, scheme: str, size: tuple[int, int]) -> "MainWindow":
    """Return the window, shown, its threads begun; call this once, after the platform is chosen."""
    from verbatlas.app.application import begin, build_window  # noqa: PLC0415 - after the platform is chosen
    from verbatlas.app.live_preferences import LivePreferences  # noqa: PLC0415
    from verbatlas.app.preferences import PreferenceFile, Scheme  # noqa: PLC0415
    from verbatlas.app.qt_application import create_application  # noqa: PLC0415

    application = create_application(["verbatlas"], language=language)
    own = LivePreferences(PreferenceFile(preferences))
    own.use_scheme(Scheme(scheme))
    window = build_window(application, own)
    window.resize(*size)
    window.show()
    begin(window, None)
    return window


def wait(milliseconds: int) -> None:
    """Let the window work on."""
    from PySide6.QtCore import QEventLoop, QTimer  # noqa: PLC0415

    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait_for(is_true: Callable[[], bool], *, then: int = 300) -> None:
    """Let the window work until ``is_true``, and ``then`` milliseconds longer for what is drawn."""
    while not is_true():
        wait(100)
    wait(then)
