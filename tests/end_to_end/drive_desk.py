"""Work at the labelling desk as a person does, on a small screen, from the first lasso to the next start.

    DISPLAY=:99 QT_QPA_PLATFORM=xcb python drive_desk.py work en|zh en|zh_CN OUTPUT.csv [PICTURES]
    DISPLAY=:99 QT_QPA_PLATFORM=xcb python drive_desk.py again STUDY en|zh_CN [PICTURES]

Run by test_desk.py. What was seen is printed as JSON.
"""

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from desk_seen import listed, names, panels
from desk_steps import (
    filter_by_a_column,
    group_by_dragging,
    make_a_cluster,
    merge_by_dragging,
    move_comments,
    move_panels,
    rename_in_the_list,
    review,
    search,
    walk_through_history,
)
from reach import out_of_reach
from watching import Person, centre, dialog, perform

from verbatlas.app.application import begin
from verbatlas.app.export_dialog import ExportDialog


def drive(person: Person, *, output: Path) -> dict[str, Any]:
    """Do what an analyst does and return what was seen on the way."""
    window, hands = person.window, person.hands
    seen: dict[str, Any] = {"reach": {}}
    window.wait(lambda it: it.session.has_map and not it.session.is_busy)
    window.rest(lambda it: [it.desk.map.place_of(0).toTuple(), it.desk.map.width()])
    person.look("01-map")
    seen["reach"]["map"] = window.ask(out_of_reach)
    for name, step in STEPS.items():
        seen[name] = step(person)
        seen["reach"][name] = window.ask(out_of_reach)
    hands.press("ctrl+e")
    window.wait(lambda _it: dialog(ExportDialog) is not None)
    window.rest(lambda _it: centre(dialog(ExportDialog)))
    person.look("90-export")
    seen["reach"]["export dialog"] = window.ask(lambda _it: out_of_reach(dialog(ExportDialog)))
    hands.press("ctrl+a")
    hands.type(str(output))
    hands.press("Return")
    window.wait(lambda it: output.exists() and not it.session.is_busy)
    person.look("91-exported")
    seen["study"] = window.ask(lambda it: str(it.session.study.path))
    seen["clusters"] = window.ask(names)
    seen["list"] = window.ask(listed)
    hands.press("ctrl+q")
    return seen


def drive_again(person: Person) -> dict[str, Any]:
    """Look at a study that was worked on before."""
    window = person.window
    window.wait(lambda it: it.session.has_map and not it.session.is_busy)
    shape = window.rest(panels)
    person.look("99-again")
    seen = {"panels": shape, "clusters": window.ask(names), "list": window.ask(listed)}
    person.hands.press("ctrl+q")
    return seen


STEPS = {
    "new": make_a_cluster,
    "moved": move_comments,
    "merged": merge_by_dragging,
    "grouped": group_by_dragging,
    "searched": search,
    "filtered": filter_by_a_column,
    "renamed": rename_in_the_list,
    "history": walk_through_history,
    "reviewed": review,
    "panels": move_panels,
}


def main(words: list[str]) -> int:
    """Run the program and drive it; print what was seen."""
    what, *rest = words
    if what == "again":
        study, language, *folder = rest
        return perform(
            drive_again,
            begin=lambda window: begin(window, Path(study)),
            pictures=Path(folder[0]) if folder else None,
            language=language,
        )
    sample, language, output, *folder = rest
    return perform(
        lambda person: drive(person, output=Path(output)),
        begin=lambda window: begin(window, None, sample=sample),
        pictures=Path(folder[0]) if folder else None,
        language=language,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
