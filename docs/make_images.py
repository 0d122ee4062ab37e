"""Make the pictures of the documents from the running program, on a virtual screen.

.venv/bin/python docs/make_images.py        (needs Xvfb, openbox and ImageMagick's import)
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(_ROOT / "tests" / "end_to_end"))

from screen import Hands, save_picture, virtual_screen  # noqa: E402 - found by the line above

_IMAGES = _ROOT / "docs" / "images"
# name, theme, language, arguments, seconds until the map is drawn
_SHOTS = (
    ("window-light", "light", "en", ["--sample", "en"], 25),
    ("window-dark", "dark", "en", ["--sample", "en"], 25),
    ("window-chinese", "light", "zh_CN", ["--sample", "zh"], 15),
    ("first-page", "light", "en", [], 4),
)


def main() -> None:
    """Write all pictures to docs/images."""
    _IMAGES.mkdir(exist_ok=True)
    for name, theme, language, arguments, seconds in _SHOTS:
        with tempfile.TemporaryDirectory() as folder, virtual_screen("1440x900") as display:
            environment = os.environ | {
                "DISPLAY": display,
                "QT_QPA_PLATFORM": "xcb",
                "VERBATLAS_THEME": theme,
                "VERBATLAS_LANGUAGE": language,
                "VERBATLAS_DATA_DIR": folder,
                "VERBATLAS_CONFIG_DIR": folder,
            }
            with subprocess.Popen([sys.executable, "-m", "verbatlas", *arguments], env=environment) as program:
                time.sleep(seconds)
                if arguments:
                    hands = Hands(display)
                    hands.move(720, 470)
                    time.sleep(1)
                save_picture(display, _IMAGES / f"{name}.png")
                program.terminate()


if __name__ == "__main__":
    main()
