"""A virtual screen with a window manager, and a person's hands on it: real X events by xdotool."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

TOOLS = ("Xvfb", "openbox", "xdotool")


def missing_tools() -> list[str]:
    """Return which programs a virtual screen needs and this machine lacks."""
    return [tool for tool in TOOLS if shutil.which(tool) is None]


@contextmanager
def virtual_screen(size: str = "1440x900") -> Iterator[str]:
    """Start Xvfb and a window manager and yield the display's name, such as ``:99``."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size}x24", "-nolisten", "tcp"],
        pass_fds=(writing,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as pipe:
        display = ":" + pipe.readline().strip()
    manager = subprocess.Popen(
        ["openbox"],
        env=os.environ | {"DISPLAY": display},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield display
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait(timeout=30)


class Hands:
    """What a person does with mouse and keyboard on one display."""

    def __init__(self, display: str) -> None:
        self._environment = os.environ | {"DISPLAY": display}

    def _do(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self._environment, check=True, timeout=60)

    def click(self, x: int, y: int, *, button: int = 1, times: int = 1) -> None:
        """Move to a point of the screen and click the left button, or another: 3 is the right one."""
        self._do("mousemove", str(x), str(y), "click", "--repeat", str(times), "--delay", "120", str(button))

    def move(self, x: int, y: int) -> None:
        """Move the pointer to a point of the screen."""
        self._do("mousemove", str(x), str(y))

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press the left button at one point and release it at another."""
        middle = ((start[0] + end[0]) // 2, (start[1] + end[1]) // 2)
        self.draw([start, middle, end])

    def draw(self, points: Sequence[tuple[int, int]], *, pause: float = 0.02) -> None:
        """Press the left button at the first point, move over all, and release it at the last.

        Not quicker than a hand: of moves that come at once, a window is told the last one only.

        Args:
            points: On the screen.
            pause: Seconds before the button is released.
        """
        words = ["mousemove", *map(str, points[0]), "mousedown", "1"]
        for point in points[1:]:
            words += ["sleep", "0.02", "mousemove", *map(str, point)]
        self._do(*words, "sleep", str(pause), "mouseup", "1")

    def scroll(self, x: int, y: int, *, clicks: int) -> None:
        """Turn the wheel at a point: away from the person when ``clicks`` is above 0."""
        button = "4" if clicks > 0 else "5"
        self._do("mousemove", str(x), str(y), "click", "--repeat", str(abs(clicks)), "--delay", "60", button)

    def press(self, *keys: str) -> None:
        """Press keys by their X names, such as ``ctrl+o`` or ``Return``."""
        self._do("key", "--delay", "60", *keys)

    def type(self, text: str) -> None:
        """Type a text."""
        self._do("type", "--delay", "20", text)


def save_picture(display: str, path: Path) -> None:
    """Save what the screen shows as a PNG, by ImageMagick."""
    subprocess.run(
        ["import", "-window", "root", str(path)], env=os.environ | {"DISPLAY": display}, check=True, timeout=60
    )
