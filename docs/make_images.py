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

import numpy as np  # noqa: E402
from numpy.typing import NDArray  # noqa: E402
from screen import Hands, save_picture, virtual_screen  # noqa: E402 - found by the line above

from verbatlas.analysis import neighbouring_clusters  # noqa: E402
from verbatlas.app.map.picture import MapData, PictureStyle, draw_map  # noqa: E402
from verbatlas.app.map.picture import save_picture as save_map  # noqa: E402
from verbatlas.study.colours import choose_slots  # noqa: E402

_IMAGES = _ROOT / "docs" / "images"
# name, theme, language, arguments, seconds until the map is drawn, keys to press then
_SHOTS = (
    ("window-light", "light", "en", ["--sample", "en"], 25, ""),
    ("window-dark", "dark", "en", ["--sample", "en"], 25, ""),
    ("models-light", "light", "en", ["--sample", "en"], 25, "ctrl+shift+l"),
    ("window-chinese", "light", "zh_CN", ["--sample", "zh"], 15, ""),
    ("first-page", "light", "en", [], 4, ""),
)


_MILLION, _GROUPS = 1_000_000, 60


def main() -> None:
    """Write all pictures to docs/images."""
    _IMAGES.mkdir(exist_ok=True)
    save_map(_IMAGES / "map-million.png", draw_map(_million(), PictureStyle(1440, 900, "dark", has_title=False)))
    for name, theme, language, arguments, seconds, keys in _SHOTS:
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
                    if keys:
                        hands.press(keys)
                        time.sleep(4)
                    time.sleep(1)
                save_picture(display, _IMAGES / f"{name}.png")
                program.terminate()


def _million() -> MapData:
    """Return made-up points in curved groups, as layouts of embeddings have them: a million comments to look at."""
    random = np.random.default_rng(1)
    members = random.integers(0, _GROUPS, _MILLION).astype(np.int32)
    middles, angles = random.normal(0, 6, (_GROUPS, 2)), random.uniform(0, 2 * np.pi, _GROUPS)
    bends, lengths = random.normal(0, 0.35, _GROUPS), random.gamma(3, 0.35, _GROUPS)
    along = random.normal(0, 1, _MILLION) * lengths[members]
    across = random.normal(0, 1, _MILLION) * random.gamma(2, 0.12, _GROUPS)[members]
    turned = angles[members] + bends[members] * along
    layout: NDArray[np.float32] = (
        middles[members]
        + np.stack(
            [along * np.cos(turned) - across * np.sin(turned), along * np.sin(turned) + across * np.cos(turned)], axis=1
        )
    ).astype(np.float32)
    slots = choose_slots(range(_GROUPS), {}, neighbouring_clusters(layout, members))
    return MapData(layout, members, {}, slots)


if __name__ == "__main__":
    main()
