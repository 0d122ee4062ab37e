"""Make the pictures of docs/walk-through.md: the real window on the English sample, step by step.

.venv/bin/python docs/walk_through.py
"""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
_IMAGES = _ROOT / "docs" / "images"
_SAMPLE = _ROOT / "resources" / "samples" / "coffee_subscription_en.csv"
_SIZE = (1360, 850)


def main() -> None:
    """Write the pictures to docs/images."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"VERBATLAS_CONFIG_DIR": folder, "VERBATLAS_DATA_DIR": folder, "VERBATLAS_LANGUAGE": "en"}
        _walk(Path(folder))


def _walk(folder: Path) -> None:  # noqa: PLR0915 - one step after the other
    from PySide6.QtCore import QEventLoop, QTimer  # noqa: PLC0415 - after the platform is chosen

    from verbatlas.app.application import begin, build_window  # noqa: PLC0415
    from verbatlas.app.live_preferences import LivePreferences  # noqa: PLC0415
    from verbatlas.app.preferences import PreferenceFile, Scheme  # noqa: PLC0415
    from verbatlas.app.qt_application import create_application  # noqa: PLC0415

    application = create_application(["verbatlas"], language="en")
    own = LivePreferences(PreferenceFile(folder / "walk.ini"))
    own.use_scheme(Scheme.LIGHT)
    window = build_window(application, own)
    window.resize(*_SIZE)
    window.show()
    begin(window, None)

    def wait(milliseconds: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def wait_for(is_true: Callable[[], bool]) -> None:
        while not is_true() or window.session.is_busy:
            wait(100)
        wait(900)

    def save(name: str) -> None:
        window.grab().save(str(_IMAGES / f"walk-{name}.png"))

    window.session.read_and_map(_SAMPLE)
    wait_for(lambda: window.session.has_map)
    view, desk, study = window._view, window.desk, window.session.study
    assert view is not None
    assert study is not None
    assert study.labelling is not None
    wait_for(lambda: view.advice.overview is not None)
    sizes = study.labelling.sizes()
    largest = max(sizes, key=lambda id_: sizes[id_])
    window.selection.select_cluster(largest)
    wait(1500)
    save("card")
    view.splitting.begin(largest)
    wait_for(lambda: desk.map._preview is not None)
    save("split")
    view.splitting._close()
    window.selection.clear()
    desk.search.ask("late")
    wait_for(lambda: view.finding.shown is not None)
    desk.search.select.click()
    wait(800)
    save("search")
    desk.search.clear_search()
    window.selection.clear()
    window.begin_review()
    wait(900)
    save("review")
    window.session.rename(largest, "Taste")
    desk.show_panel("history")
    wait(900)
    save("history")
    window.close()


if __name__ == "__main__":
    main()
