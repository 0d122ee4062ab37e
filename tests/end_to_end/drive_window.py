"""Drive the real program as a person does, from the empty window to the exported file. Run by test_window.py.

    DISPLAY=:99 QT_QPA_PLATFORM=xcb python drive_window.py SOURCE.csv OUTPUT.csv [PICTURES]

A thread moves mouse and keyboard by xdotool and looks at the window between; the program itself runs as always. What
was seen is printed as JSON.
"""

import json
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from queue import Queue
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget

sys.path.insert(0, str(Path(__file__).parent))

from screen import Hands, save_picture

from verbatlas.app import places
from verbatlas.app.application import begin, build_window
from verbatlas.app.export_dialog import ExportDialog
from verbatlas.app.live_preferences import LivePreferences
from verbatlas.app.main_window import MainWindow
from verbatlas.app.preferences import PreferenceFile
from verbatlas.app.qt_application import create_application

PATIENCE = 120.0  # seconds; a limit for a slow machine, not a figure
NAME = "Lost or stolen cards"


class Window(QObject):
    """Answers questions of the driving thread on the window's thread."""

    _asked = Signal(object, object)

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window
        self._asked.connect(self._answer, Qt.ConnectionType.QueuedConnection)

    def ask(self, question: Callable[[MainWindow], Any]) -> Any:
        """Return what ``question`` says of the window; None where it cannot be answered yet."""
        answers: Queue[Any] = Queue()
        self._asked.emit(question, answers)
        return answers.get(timeout=PATIENCE)

    def wait(self, question: Callable[[MainWindow], Any]) -> Any:
        """Ask again and again until there is an answer."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if answer := self.ask(question):
                time.sleep(0.1)
                return answer
            time.sleep(0.05)
        raise TimeoutError(traceback.format_stack()[-2])

    def _answer(self, question: Callable[[MainWindow], Any], answers: "Queue[Any]") -> None:
        try:
            answers.put(question(self._window))
        except (AttributeError, AssertionError, IndexError):
            answers.put(None)


class Gaps(QObject):
    """Measures how long the window's event loop does not come round."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=2, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def reset(self) -> None:
        """Forget what was measured."""
        self.longest, self._last = 0.0, time.perf_counter()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now


def centre(widget: QWidget | None) -> tuple[int, int] | None:
    """Return the middle of a visible widget on the screen."""
    if widget is None or not widget.isVisible():
        return None
    place = widget.mapToGlobal(widget.rect().center())
    return place.x(), place.y()


def button(window: QWidget, text: str) -> tuple[int, int] | None:
    """Return the middle of the visible, enabled button with this text."""
    for found in window.findChildren(QPushButton):
        if found.text().replace("&", "") == text and found.isVisible() and found.isEnabled():
            return centre(found)
    return None


def dialog(kind: type[QDialog]) -> QDialog | None:
    """Return the open dialog of a kind."""
    for found in QApplication.topLevelWidgets():
        if isinstance(found, kind) and found.isVisible():
            return found
    return None


def drive(
    window: Window, hands: Hands, gaps: Gaps, *, source: Path, output: Path, look: Callable[[str], None]
) -> dict[str, Any]:
    """Do what an analyst does and return what was seen on the way."""
    seen: dict[str, Any] = {}
    window.wait(lambda it: it.isActiveWindow())
    time.sleep(1)  # the window manager moves a new window once more when it has its frame
    hands.click(*window.wait(lambda it: centre(it.empty.findChild(QPushButton, "empty_open"))))
    window.wait(lambda _: QApplication.activeModalWidget() is not None)
    look("1-open")
    hands.type(str(source))
    hands.press("Return")
    make = window.wait(lambda it: button(it, "Make the map"))
    look("2-import")
    window.ask(lambda _: gaps.reset())
    hands.click(*make)
    window.wait(lambda it: it.session.has_map and not it.session.is_busy)
    seen["longest_gap_of_job"] = window.ask(lambda _: gaps.longest)
    look("3-map")
    window.ask(lambda _: gaps.reset())

    seen["hovered"] = hover_a_comment(window, hands)
    look("4-hover")
    hands.click(*seen["hovered"]["place"])
    seen["clicked"] = window.wait(lambda it: it.selection.document is not None and it.selection.document + 1) - 1

    before = window.ask(lambda it: it.desk.map.visible_extent())
    middle = window.ask(lambda it: centre(it.desk.map))
    hands.scroll(*middle, clicks=3)
    window.wait(lambda it: it.desk.map.visible_extent() < 0.9 * before)
    seen["zoomed"] = True
    start = window.ask(lambda it: it.desk.map.place_of(seen["clicked"]).toTuple())
    hands.drag(middle, (middle[0] + 120, middle[1] + 60))
    window.wait(lambda it: it.desk.map.place_of(seen["clicked"]).toTuple() != start)
    seen["panned"] = True
    seen["longest_gap_of_map"] = window.ask(lambda _: gaps.longest)

    hands.click(*window.ask(first_row))
    seen["cluster"] = window.wait(lambda it: it.selection.cluster is not None and it.selection.cluster + 1) - 1
    hands.press("F2", "ctrl+a")
    hands.type(NAME)
    look("5-rename")
    hands.press("Return")
    window.wait(lambda it: it.session.study.labelling.clusters[seen["cluster"]].name == NAME)
    look("6-renamed")

    hands.press("ctrl+e")
    window.wait(lambda _: dialog(ExportDialog) is not None)
    look("7-export")
    hands.press("ctrl+a")
    hands.type(str(output))
    hands.press("Return")
    window.wait(lambda it: output.exists() and not it.session.is_busy)
    seen["study"] = window.ask(lambda it: str(it.session.study.path))
    look("8-exported")
    hands.press("ctrl+q")
    return seen


def hover_a_comment(window: Window, hands: Hands) -> dict[str, Any]:
    """Move over points until one says that the pointer is over it: in a dense place another one may lie above."""
    for row in range(0, 3000, 97):
        place = window.ask(lambda it, row=row: it.desk.map.place_of(row).toPoint())
        corner = window.ask(lambda it: it.desk.map.mapToGlobal(QPoint(0, 0)))
        at = (corner.x() + place.x(), corner.y() + place.y())
        hands.move(at[0] - 1, at[1])
        hands.move(*at)
        time.sleep(0.15)
        hovered = window.ask(lambda it: it.desk.map.hovered is not None and [it.desk.map.hovered])
        if hovered:
            return {"row": hovered[0], "place": at}
    raise TimeoutError("no comment could be hovered")


def first_row(window: MainWindow) -> tuple[int, int]:
    """Return where the first cluster of the list is."""
    view = window.desk.clusters.view
    place = view.viewport().mapToGlobal(view.visualRect(view.model().index(0, 0)).center())
    return place.x(), place.y()


def main(source: Path, output: Path, pictures: Path | None) -> int:
    """Run the program and drive it; print what was seen."""
    display = os.environ["DISPLAY"]
    application = create_application(sys.argv[:1], language="en")
    window = build_window(application, LivePreferences(PreferenceFile(places.preferences_file())))
    window.show()
    QTimer.singleShot(0, window, lambda: begin(window, None, sample=None))
    asked, gaps, seen = Window(window), Gaps(), {}

    def look(name: str) -> None:
        if pictures is not None:
            time.sleep(0.4)
            save_picture(display, pictures / f"{name}.png")

    def run() -> None:
        try:
            seen.update(drive(asked, Hands(display), gaps, source=source, output=output, look=look))
        except Exception:  # whatever went wrong must end the program and be seen
            seen["error"] = traceback.format_exc()
            if pictures is not None:
                save_picture(display, pictures / "error.png")
            os.write(1, (json.dumps(seen, default=str) + "\n").encode())
            os._exit(3)

    driver = threading.Thread(target=run)
    driver.start()
    status = application.exec()
    driver.join()
    sys.stdout.write(json.dumps(seen, default=str) + "\n")
    return status


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) > 3 else None))
