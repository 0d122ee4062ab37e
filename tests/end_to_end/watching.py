"""What every drive of the real program needs: to start it, to ask its window, to find what can be clicked."""

import json
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QWidget
from screen import Hands, save_picture

from verbatlas.app import places
from verbatlas.app.actions import plain
from verbatlas.app.application import build_window
from verbatlas.app.live_preferences import LivePreferences
from verbatlas.app.main_window import MainWindow
from verbatlas.app.preferences import PreferenceFile
from verbatlas.app.qt_application import create_application

PATIENCE = 120.0  # seconds; a limit for a slow machine, not a figure

Place = tuple[int, int]
Question = Callable[[MainWindow], Any]
Kind = TypeVar("Kind", bound=QWidget)


class Window(QObject):
    """Answers questions of the driving thread on the window's thread."""

    _asked = Signal(object, object)

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window
        self._asked.connect(self._answer, Qt.ConnectionType.QueuedConnection)

    def ask(self, question: Question) -> Any:
        """Return what ``question`` says of the window; None where it cannot be answered yet."""
        answers: Queue[Any] = Queue()
        self._asked.emit(question, answers)
        answer = answers.get(timeout=PATIENCE)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def wait(self, question: Question) -> Any:
        """Ask again and again until there is an answer."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if answer := self.ask(question):
                time.sleep(0.1)
                return answer
            time.sleep(0.05)
        raise TimeoutError(traceback.format_stack()[-2])

    def rest(self, question: Question) -> Any:
        """Ask until there is an answer that stays the same: panels glide to their places."""
        deadline = time.monotonic() + PATIENCE
        before = None
        while time.monotonic() < deadline:
            answer = self.ask(question)
            if answer and answer == before:
                return answer
            before = answer
            time.sleep(0.15)
        raise TimeoutError(traceback.format_stack()[-2])

    def keep_busy(self, seconds: float) -> None:
        """Let the window do nothing else for a while, and do not wait for it."""
        self._asked.emit(lambda _it: time.sleep(seconds), Queue())

    def _answer(self, question: Question, answers: "Queue[Any]") -> None:
        try:
            answers.put(question(self._window))
        except (AttributeError, AssertionError, IndexError):
            answers.put(None)
        except Exception as error:  # the driving thread raises it, at once and not after its patience
            answers.put(error)


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


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the window.

    Attributes:
        window: Can be asked what there is to see.
        hands: Move mouse and keyboard.
        gaps: How long the window did not answer.
        look: Saves a picture of the screen under this name, where pictures are wanted.
    """

    window: Window
    hands: Hands
    gaps: Gaps
    look: Callable[[str], None]

    def click(self, place: Callable[[MainWindow], Place | None], *, button: int = 1, times: int = 1) -> None:
        """Click what ``place`` finds, once it is there and at rest."""
        self.hands.click(*self.window.rest(place), button=button, times=times)

    def write(self, text: str) -> None:
        """Type a text, or paste one that no keyboard has letters for: xdotool would lose some of them."""
        if text.isascii():
            self.hands.type(text)
        else:
            self.window.ask(lambda _it: QApplication.clipboard().setText(text))
            self.hands.press("ctrl+v")


def centre(widget: QWidget | None) -> Place | None:
    """Return the middle of a visible widget on the screen."""
    if widget is None or not widget.isVisible():
        return None
    place = widget.mapToGlobal(widget.rect().center())
    return place.x(), place.y()


def button(window: QWidget, text: str) -> Place | None:
    """Return the middle of the visible, enabled button with this text."""
    for found in window.findChildren(QAbstractButton):
        if found.text().replace("&", "") == text and found.isVisible() and found.isEnabled():
            return centre(found)
    return None


def dialog(kind: type[Kind]) -> Kind | None:
    """Return the open dialog of a kind."""
    for found in QApplication.topLevelWidgets():
        if isinstance(found, kind) and found.isVisible():
            return found
    return None


def entry(text: str) -> Place | None:
    """Return where the enabled entry with this text stands in the open menu, or in one that it was opened from."""
    for menu in (QApplication.activePopupWidget(), *QApplication.topLevelWidgets()):
        if isinstance(menu, QMenu) and menu.isVisible():
            for action in menu.actions():
                if plain(action.text()) == plain(text) and action.isEnabled():
                    place = menu.mapToGlobal(menu.actionGeometry(action).center())
                    return place.x(), place.y()
    return None


def perform(
    drive: Callable[[Person], dict[str, Any]],
    *,
    begin: Callable[[MainWindow], None],
    pictures: Path | None,
    language: str = "en",
) -> int:
    """Run the program, let a thread drive it, and print what was seen as JSON; return the program's exit status.

    Args:
        drive: What the person does, in a thread of its own, and what they see.
        begin: What the program does once it can be seen.
        pictures: A folder for pictures of the screen; none are made when None.
        language: What the window speaks.
    """
    display = os.environ["DISPLAY"]
    application = create_application(sys.argv[:1], language=language)
    window = build_window(application, LivePreferences(PreferenceFile(places.preferences_file())))
    window.show()
    QTimer.singleShot(0, window, lambda: begin(window))
    seen: dict[str, Any] = {}

    def look(name: str) -> None:
        if pictures is not None:
            time.sleep(0.4)
            save_picture(display, pictures / f"{name}.png")

    person = Person(Window(window), Hands(display), Gaps(), look)

    def run() -> None:
        try:
            person.window.wait(lambda it: it.isActiveWindow())
            time.sleep(1)  # the window manager moves a new window once more when it has its frame
            seen.update(drive(person))
        except Exception:  # whatever went wrong must end the program and be seen
            seen["error"] = traceback.format_exc()
            os.write(1, (json.dumps(seen, default=str) + "\n").encode())
            try:
                look("error")
            finally:
                os._exit(3)

    driver = threading.Thread(target=run)
    driver.start()
    status = application.exec()
    driver.join()
    sys.stdout.write(json.dumps(seen, default=str) + "\n")
    return status
