"""Drive the real program as a person does, from the empty window to the exported file. Run by test_window.py.

    DISPLAY=:99 QT_QPA_PLATFORM=xcb python drive_window.py SOURCE.csv OUTPUT.csv [PICTURES]

A thread moves mouse and keyboard by xdotool and looks at the window between; the program itself runs as always. What
was seen is printed as JSON.
"""

import sys
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QPushButton

sys.path.insert(0, str(Path(__file__).parent))

from screen import Hands
from watching import Person, Place, Window, button, centre, dialog, perform

from verbatlas.app.application import begin
from verbatlas.app.export_dialog import ExportDialog
from verbatlas.app.main_window import MainWindow

NAME = "Lost or stolen cards"


def drive(person: Person, *, source: Path, output: Path) -> dict[str, Any]:
    """Do what an analyst does and return what was seen on the way."""
    window, hands, gaps, look = person.window, person.hands, person.gaps, person.look
    seen: dict[str, Any] = {}
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


def first_row(window: MainWindow) -> Place:
    """Return where the first cluster of the list is."""
    view = window.desk.clusters.view
    place = view.viewport().mapToGlobal(view.visualRect(view.model().index(0, 0)).center())
    return place.x(), place.y()


def main(source: Path, output: Path, pictures: Path | None) -> int:
    """Run the program and drive it; print what was seen."""
    return perform(
        lambda person: drive(person, source=source, output=output),
        begin=lambda window: begin(window, None),
        pictures=pictures,
    )


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) > 3 else None))
