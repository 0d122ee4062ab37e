"""Make the pictures of docs/panels.md: each panel of the desk, light and dark, on English and on Chinese comments.

.venv/bin/python docs/panels.py
"""

import itertools
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from real_window import open_window, wait, wait_for

if TYPE_CHECKING:
    from verbatlas.app.main_window import MainWindow

_ROOT = Path(__file__).resolve().parents[1]
_IMAGES = _ROOT / "docs" / "images"
_SAMPLES = _ROOT / "resources" / "samples"
_SIZE = (1280, 720)
_QUALITY = 80
# Language, sample, and of each: a word to look for, the columns of dates and stars, a name to type.
_ENGLISH = ("en", "coffee_subscription_en.csv", "late", "Cancelling")
_CHINESE = ("zh_CN", "phone_reviews_zh.csv", "慢", "退货麻烦")
_SCHEMES = ("light", "dark")
_DATE = 1
_NAMED = 8  # clusters, before a second look at them


def main() -> None:
    """Write the pictures to docs/images, four windows in each."""
    ways = list(itertools.product((_ENGLISH, _CHINESE), _SCHEMES))
    with tempfile.TemporaryDirectory() as folder:
        screens = Path(folder, "screens.json")
        screens.write_text(json.dumps({"screens": [{"name": "one", "x": 0, "y": 0, "width": 1280, "height": 720}]}))
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screens}"
        for (language, *_rest), scheme in ways:
            made = Path(folder, f"{language}-{scheme}")
            made.mkdir()
            subprocess.run([sys.executable, __file__, language, scheme, str(made)], check=True)
        _join([Path(folder, f"{language}-{scheme}") for (language, *_rest), scheme in ways])


def _join(folders: list[Path]) -> None:
    from PySide6.QtCore import QPoint  # noqa: PLC0415 - after the platform is chosen
    from PySide6.QtGui import QGuiApplication, QImage, QPainter  # noqa: PLC0415

    _application = QGuiApplication([])
    for picture in sorted(folders[0].iterdir()):
        joined = QImage(2 * _SIZE[0], 2 * _SIZE[1], QImage.Format.Format_RGB32)
        painter = QPainter(joined)
        for place, folder in enumerate(folders):
            corner = QPoint(_SIZE[0] * (place % 2), _SIZE[1] * (place // 2))
            painter.drawImage(corner, QImage(str(folder / picture.name)))
        painter.end()
        joined.save(str(_IMAGES / f"panel-{picture.stem}.webp"), quality=_QUALITY)


def _make(language: str, scheme: str, folder: Path) -> None:
    """Write one picture of each panel to ``folder``."""
    os.environ |= {"VERBATLAS_CONFIG_DIR": str(folder.parent), "VERBATLAS_DATA_DIR": str(folder.parent)}
    os.environ["VERBATLAS_LANGUAGE"] = language
    window = open_window(folder.parent / f"{folder.name}.ini", language=language, scheme=scheme, size=_SIZE)
    for name in _panels(window, *(_ENGLISH if language == "en" else _CHINESE)[1:]):
        wait(700)
        screen = window.grab()
        _lay_over(screen, window)
        screen.save(str(folder / f"{name}.png"))
    window.close()


def _panels(window: "MainWindow", sample: str, word: str, name: str) -> Iterator[str]:  # noqa: PLR0915 - one after the other
    """Bring one panel after the other to the front, and yield its name."""
    import numpy as np  # noqa: PLC0415

    from verbatlas.study import NOISE, Delete, Move  # noqa: PLC0415

    session, selection, commands = window.session, window.selection, window.clusters

    def ready() -> bool:
        return not session.is_busy

    session.read_and_map(_SAMPLES / sample)
    wait_for(lambda: session.has_map and ready())
    desk, view, study = window.desk, window._view, session.study
    assert view is not None
    assert study is not None
    assert study.labelling is not None
    wait_for(lambda: view.advice.overview is not None)
    sizes = study.labelling.sizes()
    clusters = sorted(sizes, key=lambda id_: -sizes[id_])

    selection.select_cluster(clusters[0])
    wait(800)
    yield "card"

    view.splitting.begin(clusters[0])
    wait_for(lambda: desk.map._preview is not None)
    yield "split"
    view.splitting._close()
    selection.clear()

    desk.search.ask(word)
    wait_for(lambda: view.finding.shown is not None)
    selection.select_document(int(np.flatnonzero(view.finding.shown)[0]))
    yield "search"
    desk.show_panel("documents")
    wait(500)
    yield "comments"
    next(action for action in desk.panel_actions() if action.text() == desk.documents.parent().windowTitle()).trigger()
    desk.search.clear_search()

    selection.clear()
    desk.filters.ask_about(_DATE)
    wait(900)
    yield "filter"
    desk.filters._close_dialog()

    session.edit(Delete(clusters[-2:]))
    wait_for(ready)
    desk.show_panel("noise")
    wait(1500)
    desk.noise.slider.setValue(20)
    wait(600)
    yield "no-cluster"

    rows = np.flatnonzero(study.labelling.members == clusters[1])
    session.edit(Move(rows[: len(rows) // 2], clusters[2]))
    wait_for(lambda: ready() and desk.proposal.isVisible())
    yield "similar-comments"
    desk.proposal.hide()

    chosen = np.zeros(len(study.documents), np.bool_)
    chosen[study.labelling.members == NOISE] = True
    selection.choose(chosen)
    commands.move_selection()
    wait(500)
    yield "move-to"
    _close_dialogs(window)
    selection.clear()

    window.deeds.review()
    wait_for(ready)
    wait(900)
    yield "review"
    for number, cluster in enumerate(clusters[:_NAMED]):
        about = study.labelling.clusters[cluster]
        session.rename(cluster, about.keywords[0] if number else name)
        wait_for(ready)
    window.deeds.second_look()
    wait(2500)
    yield "second-look"

    desk.show_panel("history")
    yield "history"
    window.actions_of_window["find_action"].trigger()
    wait(400)
    yield "find-action"
    _close_dialogs(window)
    window.actions_of_window["shortcuts"].trigger()
    wait(400)
    yield "keys"
    _close_dialogs(window)


def _close_dialogs(window: "MainWindow") -> None:
    from PySide6.QtWidgets import QDialog  # noqa: PLC0415

    for dialog in window.findChildren(QDialog):
        dialog.close()


def _lay_over(screen: object, window: "MainWindow") -> None:
    """Draw the dialogs that lie over the window, which a picture of it alone lacks."""
    from PySide6.QtCore import QPoint  # noqa: PLC0415
    from PySide6.QtGui import QPainter, QPixmap  # noqa: PLC0415
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    assert isinstance(screen, QPixmap)
    painter = QPainter(screen)
    for part in QApplication.topLevelWidgets():
        if part is not window and part.isVisible():
            painter.drawPixmap(part.mapToGlobal(QPoint()) - window.mapToGlobal(QPoint()), part.grab())
    painter.end()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _make(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
    else:
        main()
