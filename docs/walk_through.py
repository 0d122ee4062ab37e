"""Make the pictures of docs/walk-through.md: the real window on the English sample, step by step.

.venv/bin/python docs/walk_through.py
"""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from real_window import open_window, wait, wait_for

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


def _walk(folder: Path) -> None:
    window = open_window(folder / "walk.ini", language="en", scheme="light", size=_SIZE)

    def ready(is_true: Callable[[], bool]) -> None:
        wait_for(lambda: is_true() and not window.session.is_busy, then=900)

    def save(name: str) -> None:
        window.grab().save(str(_IMAGES / f"walk-{name}.png"))

    window.session.read_and_map(_SAMPLE)
    ready(lambda: window.session.has_map)
    view, desk, study = window._view, window.desk, window.session.study
    assert view is not None
    assert study is not None
    assert study.labelling is not None
    ready(lambda: view.advice.overview is not None)
    sizes = study.labelling.sizes()
    largest = max(sizes, key=lambda id_: sizes[id_])
    window.selection.select_cluster(largest)
    wait(1500)
    save("card")
    view.splitting.begin(largest)
    ready(lambda: desk.map._preview is not None)
    save("split")
    view.splitting._close()
    window.selection.clear()
    desk.search.ask("late")
    ready(lambda: view.finding.shown is not None)
    desk.search.select.click()
    wait(800)
    save("search")
    desk.search.clear_search()
    window.selection.clear()
    window.deeds.review()
    wait(900)
    save("review")
    window.session.rename(largest, "Taste")
    desk.show_panel("history")
    wait(900)
    save("history")
    window.close()


if __name__ == "__main__":
    main()
