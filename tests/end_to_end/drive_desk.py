"""Work at the labelling desk as a person does, on a small screen, from the first lasso to the next start.

    DISPLAY=:99 QT_QPA_PLATFORM=xcb python drive_desk.py work en|zh en|zh_CN OUTPUT.csv [PICTURES]
    DISPLAY=:99 QT_QPA_PLATFORM=xcb python drive_desk.py again STUDY en|zh_CN [PICTURES]

Run by test_desk.py. What was seen is printed as JSON.
"""

import math
import sys
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QDockWidget,
    QInputDialog,
    QLabel,
    QLineEdit,
    QTabBar,
    QToolButton,
    QWidget,
)

sys.path.insert(0, str(Path(__file__).parent))

from watching import Person, Place, button, centre, dialog, entry, perform

from verbatlas.app.application import begin
from verbatlas.app.clusters.cluster_model import ID_ROLE, NUMBER_ROLE
from verbatlas.app.documents.listing import CLUSTER
from verbatlas.app.export_dialog import ExportDialog
from verbatlas.app.filters.filter_dialog import FilterDialog
from verbatlas.app.history.history_model import NUMBER_ROLE as EDIT_ROLE
from verbatlas.app.main_window import MainWindow
from verbatlas.app.type_ahead import TypeAhead
from verbatlas.study import NOISE
from verbatlas.words import gettext as _

_RADIUS = 46  # pixels of a lasso
_CORNERS = 24
_BETWEEN_LINES = 2  # pixels of a font's height that no letter needs
_WORDS = ("grinder", "电池")  # in some comments of the one sample or the other; the latter stand inside sentences
_PARTS = (QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox)


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


def make_a_cluster(person: Person) -> dict[str, Any]:
    """Draw around points, make a cluster of them by the context menu, and take it back by the button of the message."""
    window, hands = person.window, person.hands
    known = window.ask(names)
    drawn = lasso(person)
    person.look("02-lasso")
    person.click(lambda it: on_screen(it, drawn["rows"][0]), button=3)
    window.wait(lambda _it: entry(_("Ma&ke a new cluster of the selected comments…")))
    person.look("03-menu")
    person.click(lambda _it: entry(_("Ma&ke a new cluster of the selected comments…")))
    window.wait(lambda _it: dialog(QInputDialog))
    hands.type("Drawn by hand")
    person.look("04-name")
    hands.press("Return")
    window.wait(lambda it: "Drawn by hand" in listed(it))
    show_panel(person, _("Comments"))
    seen = drawn | {
        "members": window.ask(lambda it: rows_of(it, "Drawn by hand")),
        "listed": window.ask(lambda it: listed(it)["Drawn by hand"]),
        "in_table": window.ask(lambda it: [cell(it, row) for row in drawn["rows"]]),
        "history": window.ask(lambda it: history(it)[0]),
        "message": window.ask(lambda it: it.messages.text),
    }
    person.look("05-made")
    before = window.ask(lambda it: it.focusWidget().accessibleName())
    person.click(lambda it: button(it.messages, _("Undo")))
    window.wait(lambda it: "Drawn by hand" not in listed(it))
    seen["undone"] = window.ask(names) == known
    seen["keyboard"] = [before, window.ask(lambda it: it.focusWidget().accessibleName())]
    person.look("06-undone")
    show_panel(person, _("Comments"), is_wanted=False)
    return seen


def move_comments(person: Person) -> dict[str, Any]:
    """Draw around points and move them to the cluster that a few letters find."""
    window, hands = person.window, person.hands
    drawn = lasso(person)
    target = window.ask(lambda it: list(names(it).items())[-1])
    hands.press("ctrl+shift+m")
    window.wait(lambda _it: dialog(TypeAhead))
    person.write(target[1][:12])
    person.look("10-move")
    window.wait(lambda _it: dialog(TypeAhead).findChild(QLineEdit).text() == target[1][:12])
    hands.press("Return")
    window.wait(lambda it: set(drawn["rows"]) <= set(rows_of(it, target[1])))
    window.wait(lambda it: not it.session.is_busy)
    person.look("11-moved")
    return drawn | {"target": target, "n_selected": window.ask(lambda it: int(it.selection.chosen.sum()))}


def merge_by_dragging(person: Person) -> dict[str, Any]:
    """Drag the third cluster of the list onto the first, and say that they are one."""
    window = person.window
    (first, _one), (_second, _two), (third, _three) = window.ask(lambda it: by_size(it)[:3])
    sizes = window.ask(lambda it: {id_: len(members(it, id_)) for id_ in (first, third)})
    drag_in_list(person, third, first)
    merge = _("Merge into '{name}'").format(name=window.ask(lambda it: names(it)[first]))
    window.wait(lambda _it: entry(merge))
    person.look("20-drop")
    person.click(lambda _it: entry(merge))
    window.wait(lambda it: third not in names(it) and not it.session.is_busy)
    person.look("21-merged")
    return {"sizes": list(sizes.values()), "size": window.ask(lambda it: len(members(it, first)))}


def group_by_dragging(person: Person) -> dict[str, Any]:
    """Drag another cluster onto the first, put both under a name, and take that back by the keyboard."""
    window, hands = person.window, person.hands
    (first, _one), (second, _two) = window.ask(lambda it: by_size(it)[:2])
    drag_in_list(person, second, first)
    group = _("Make a group with '{name}'…").format(name=window.ask(lambda it: names(it)[first]))
    window.wait(lambda _it: entry(group))
    person.click(lambda _it: entry(group))
    window.wait(lambda _it: dialog(QInputDialog))
    hands.type("Both of them")
    hands.press("Return")
    window.wait(lambda it: "Both of them" in listed(it))
    person.look("22-grouped")
    parents = window.ask(lambda it: [parent_name(it, id_) for id_ in (first, second)])
    hands.press("ctrl+z")
    window.wait(lambda it: "Both of them" not in listed(it) and not it.session.is_busy)
    person.look("23-ungrouped")
    return {"parents": parents, "message": window.ask(lambda it: it.messages.text)}


def search(person: Person) -> dict[str, Any]:
    """Look for a word, make a cluster of what was found, and clear the search."""
    window, hands = person.window, person.hands
    word = window.ask(
        lambda it: next(word for word in _WORDS if any(word in text for text in it.session.study.documents))
    )
    hands.press("ctrl+shift+f")
    window.wait(lambda it: it.desk.search.line.hasFocus())
    person.write(word)
    window.wait(lambda it: it.desk.search.make_cluster.isVisible() and it.desk.search.query.text == word)
    person.look("30-search")
    seen = window.ask(
        lambda it: {
            "said": it.desk.search.result.text(),
            "found": [row for row, text in enumerate(it.session.study.documents) if word in text.casefold()],
            "counted": sum(listed(it).values()),
        }
    )
    seen["reach"] = window.ask(out_of_reach)
    person.click(lambda it: button(it.desk.search, _("Make a cluster…")))
    window.wait(lambda _it: dialog(QInputDialog))
    hands.type("Found by a word")
    hands.press("Return")
    window.wait(lambda it: "Found by a word" in listed(it) and not it.session.is_busy)
    seen["members"] = window.ask(lambda it: rows_of(it, "Found by a word"))
    person.click(lambda it: button(it.desk.search, _("Clear")))
    window.wait(lambda it: it.desk.search.query is None and not it.desk.search.make_cluster.isVisible())
    seen["counted_after"] = window.ask(lambda it: sum(listed(it).values()))
    seen["n_comments"] = window.ask(lambda it: len(it.session.study.documents))
    person.look("31-cleared")
    return seen


def filter_by_a_column(person: Person) -> dict[str, Any]:
    """Tick a value of the column before the comments, see the counts follow, and take the chip away."""
    window = person.window
    column = window.ask(lambda it: it.session.study.text_columns[0] - 1)
    label = window.ask(lambda it: it.session.study.table.labels()[column])
    person.click(lambda it: button(it.desk.filters, _("Filter…")))
    window.wait(lambda _it: entry(label))
    person.look("40-filter-menu")
    person.click(lambda _it: entry(label))
    window.wait(lambda _it: dialog(FilterDialog))
    person.click(first_box)
    person.look("41-filter-dialog")
    person.click(lambda _it: button(dialog(FilterDialog), _("Filter")))
    window.wait(lambda it: it.desk.filters.filters and it.desk.filters.result.text())
    person.look("42-filtered")
    seen = window.ask(
        lambda it: {
            "said": it.desk.filters.result.text(),
            "counted": sum(listed(it).values()),
            "passing": sum(
                value == it.desk.filters.filters[0].values[0] for value in it.session.study.table.column(column)
            ),
        }
    )
    seen["reach"] = window.ask(out_of_reach)
    seen["looks_hovered"] = window.ask(lambda it: it.desk.filters.add.underMouse())
    person.click(lambda it: button(it.desk.filters, "✕"))
    window.wait(lambda it: not it.desk.filters.filters)
    seen["counted_after"] = window.ask(lambda it: sum(listed(it).values()))
    return seen


def rename_in_the_list(person: Person) -> dict[str, Any]:
    """Give a name, leave the next one as it is, stop at the one after; take the name back."""
    window, hands = person.window, person.hands
    before = window.ask(names)
    (first, _one), (second, _two), (third, _three) = window.ask(lambda it: by_size(it)[:3])
    show_top_of_list(person)
    person.click(lambda it: in_list(it, first))
    hands.press("F2")
    window.wait(lambda it: editor(it) == before[first])
    hands.press("ctrl+a")
    hands.type("Named by keys")
    person.look("50-rename")
    hands.press("Return")
    window.wait(lambda it: editor(it) == before[second])
    renamed = window.ask(lambda it: names(it)[first])
    hands.press("Return")
    window.wait(lambda it: editor(it) == before[third])
    hands.type("never said")
    hands.press("Escape")
    window.wait(lambda it: it.desk.clusters.view.findChild(QLineEdit) is None)
    others = window.ask(lambda it: {id_: name for id_, name in names(it).items() if id_ != first})
    has_focus = window.ask(lambda it: it.desk.clusters.view.hasFocus())
    hands.press("ctrl+z")
    window.wait(lambda it: names(it) == before and not it.session.is_busy)
    person.look("51-renamed-back")
    del before[first]
    return {"renamed": renamed, "others_stay": others == before, "has_focus": has_focus}


def walk_through_history(person: Person) -> dict[str, Any]:
    """Go to the moment after the first edit by a click, and back to the newest."""
    window = person.window
    now = window.ask(names)
    entries = window.ask(history)
    person.click(lambda it: tab(it, _("History")))
    newest = window.ask(lambda it: it.desk.history.model.now)
    person.look("60-history")
    person.click(lambda it: in_history(it, 1))
    window.wait(lambda it: it.desk.history.model.now == 1 and not it.session.is_busy)
    person.look("61-back")
    then = window.ask(names)
    person.click(lambda it: in_history(it, newest))
    window.wait(lambda it: it.desk.history.model.now == newest and not it.session.is_busy)
    person.look("62-forth")
    return {"entries": entries, "is_other": then != now, "is_back": window.ask(names) == now}


def review(person: Person) -> dict[str, Any]:
    """Accept a name, type another, and leave."""
    window, hands = person.window, person.hands
    hands.press("ctrl+j")
    window.wait(lambda it: it.desk.review.name.hasFocus() and it.desk.review.name.text())
    person.look("70-review")
    seen: dict[str, Any] = {"begun": window.ask(reviewed), "reach": window.ask(out_of_reach)}
    first = window.ask(lambda it: (it.selection.cluster, it.desk.review.name.text()))
    hands.press("Return")
    window.wait(lambda it: it.selection.cluster != first[0] and it.desk.review.name.hasFocus())
    seen["accepted"] = window.ask(lambda it: it.session.study.labelling.clusters[first[0]].named_by_hand)
    second, was = window.ask(lambda it: (it.selection.cluster, names(it)[it.selection.cluster]))
    hands.type("Typed in the review")
    person.look("71-typed")
    hands.press("Return")
    window.wait(lambda it: it.selection.cluster not in {first[0], second})
    seen["typed"] = window.ask(lambda it: names(it)[second])
    seen["ended"] = window.ask(reviewed)
    seen["has_focus"] = window.ask(lambda it: it.desk.review.name.hasFocus())
    person.look("72-reviewed")
    hands.press("ctrl+z")
    window.wait(lambda it: names(it)[second] == was and not it.session.is_busy)
    hands.press("ctrl+shift+z")
    window.wait(lambda it: names(it)[second] == seen["typed"] and not it.session.is_busy)
    person.click(lambda it: tab(it, _("No cluster")))
    window.wait(lambda it: it.desk.noise.isVisible())
    person.look("73-no-cluster")
    seen["reach"] += window.ask(out_of_reach)
    person.click(lambda it: tab(it, _("Details")))
    window.wait(lambda it: it.desk.comment.isVisible() and not it.desk.review.is_seen)
    return seen


def move_panels(person: Person) -> dict[str, Any]:
    """Float the table, drag it to the right side, close the history and open it again by the menu."""
    window, hands = person.window, person.hands
    show_panel(person, _("Comments"))
    person.click(title_of_comments, times=2)
    window.wait(lambda it: panel(it, "documents").isFloating())
    person.look("80-floating")
    start = window.rest(title_of_comments)
    end = window.ask(lambda it: it.desk.mapToGlobal(QPoint(it.desk.width() - 20, it.desk.height() // 2)).toTuple())
    hands.draw([(round(x), round(y)) for x, y in np.linspace(start, end, 24)])
    window.wait(lambda it: not panel(it, "documents").isFloating())
    person.look("81-docked")
    area = window.ask(lambda it: it.desk.dockWidgetArea(panel(it, "documents")).name)
    show_panel(person, _("History"), is_wanted=False)
    person.look("82-closed")
    show_panel(person, _("History"))
    person.look("83-opened")
    return {"area": area, "shape": window.rest(panels)}


def lasso(person: Person) -> dict[str, Any]:
    """Take the lasso and draw a circle around the middle of a cluster; return which comments lie in it."""
    window, hands = person.window, person.hands
    person.click(lambda it: centre(lasso_button(it)))
    show_top_of_list(person)
    person.click(lambda it: in_list(it, by_size(it)[1][0]))
    middle = window.rest(middle_of_chosen)
    turns = [2 * math.pi * corner / _CORNERS for corner in range(_CORNERS)]
    circle = [(round(middle[0] + _RADIUS * math.cos(t)), round(middle[1] + _RADIUS * math.sin(t))) for t in turns]
    surely, perhaps = window.ask(lambda it: (inside(it, middle, _RADIUS - 4), inside(it, middle, _RADIUS + 4)))
    hands.draw(circle)
    rows = window.wait(lambda it: np.flatnonzero(it.selection.chosen).tolist())
    said = window.ask(lambda it: it.desk.map.findChild(QLabel, "selection_count").text())
    return {"rows": rows, "surely": surely, "perhaps": perhaps, "said": said}


def lasso_button(window: MainWindow) -> QToolButton:
    """Return the button of the lasso."""
    wanted = window.desk.map.tools.tools[2]
    return next(one for one in window.desk.map.findChildren(QToolButton) if one.defaultAction() is wanted)


def middle_of_chosen(window: MainWindow) -> Place:
    """Return the comment of the selected cluster with the most others of it around, on the screen."""
    rows = members(window, window.selection.cluster)
    places = np.array([window.desk.map.place_of(row).toTuple() for row in rows])
    apart = np.linalg.norm(places[:, None] - places[None], axis=2)
    return on_screen(window, rows[int((apart < _RADIUS).sum(axis=1).argmax())])


def inside(window: MainWindow, middle: Place, radius: int) -> list[int]:
    """Return the comments in a circle on the screen."""
    count = len(window.session.study.documents)
    return [row for row in range(count) if math.dist(on_screen(window, row), middle) < radius]


def on_screen(window: MainWindow, row: int) -> Place:
    """Return where a comment is drawn on the screen."""
    place = window.desk.map.mapToGlobal(window.desk.map.place_of(row))
    return round(place.x()), round(place.y())


def names(window: MainWindow) -> dict[int, str]:
    """Return the names of the clusters by their ids."""
    return {id_: cluster.name for id_, cluster in window.session.study.labelling.clusters.items()}


def members(window: MainWindow, cluster: int) -> list[int]:
    """Return the comments of a cluster."""
    return np.flatnonzero(window.session.study.labelling.members == cluster).tolist()


def rows_of(window: MainWindow, name: str) -> list[int]:
    """Return the comments of the cluster of this name."""
    return next((members(window, id_) for id_, known in names(window).items() if known == name), [])


def by_size(window: MainWindow) -> list[tuple[int, str]]:
    """Return the clusters as the list shows them."""
    view = window.desk.clusters.view
    indexes = [view.model().index(row, 0) for row in range(view.model().rowCount())]
    return [(int(one.data(ID_ROLE)), one.data()) for one in indexes if one.data(ID_ROLE) != NOISE]


def listed(window: MainWindow) -> dict[str, int]:
    """Return the names at the top of the list and the numbers beside them."""
    model = window.desk.clusters.view.model()
    rows = [model.index(row, 0) for row in range(model.rowCount())]
    return {row.data(): int(str(row.data(NUMBER_ROLE)).replace(",", "")) for row in rows}


def parent_name(window: MainWindow, cluster: int) -> str:
    """Return the name of the group in which a cluster stands."""
    clusters = window.session.study.labelling.clusters
    return clusters[clusters[cluster].parent].name if clusters[cluster].parent is not None else ""


def index_in_list(window: MainWindow, cluster: int) -> Any:
    """Return the row of a cluster in the list."""
    model = window.desk.clusters.view.model()
    return model.mapFromSource(window.desk.cluster_model.index_of(cluster))


def in_list(window: MainWindow, cluster: int) -> Place:
    """Return where a cluster stands in the list."""
    view = window.desk.clusters.view
    place = view.viewport().mapToGlobal(view.visualRect(index_in_list(window, cluster)).center())
    return place.x(), place.y()


def show_top_of_list(person: Person) -> None:
    """Turn the wheel until the first clusters of the list are seen."""
    middle = person.window.rest(lambda it: centre(it.desk.clusters.view.viewport()))
    person.hands.scroll(*middle, clicks=15)
    person.window.wait(lambda it: it.desk.clusters.view.verticalScrollBar().value() == 0)


def drag_in_list(person: Person, cluster: int, onto: int) -> None:
    """Drag a cluster onto another."""
    show_top_of_list(person)
    start, end = person.window.rest(lambda it: (in_list(it, cluster), in_list(it, onto)))
    person.hands.draw([(round(x), round(y)) for x, y in np.linspace(start, end, 12)], pause=0.4)


def editor(window: MainWindow) -> str | None:
    """Return what stands in the field in which a name is typed; None where there is none, or it lacks the keyboard."""
    field = window.desk.clusters.view.findChild(QLineEdit)
    return field.text() if field is not None and field.hasFocus() else None


def cell(window: MainWindow, row: int) -> str:
    """Return which cluster the table says that a comment is in."""
    model = window.desk.documents.model
    return model.data(model.index(model.place_of(row), CLUSTER))


def history(window: MainWindow) -> list[str]:
    """Return the lines of the history, the latest first."""
    model = window.desk.history.model
    return [model.index(row).data() for row in range(model.rowCount())]


def in_history(window: MainWindow, number: int) -> Place:
    """Return where an edit stands in the history."""
    view, model = window.desk.history.view, window.desk.history.model
    index = model.index(model.row_of(number))
    assert index.data(EDIT_ROLE) == number
    place = view.viewport().mapToGlobal(view.visualRect(index).center())
    return place.x(), place.y()


def first_box(_window: MainWindow) -> Place:
    """Return where the box before the first value is."""
    values = dialog(FilterDialog).question.list
    line = values.visualItemRect(values.item(0))
    place = values.viewport().mapToGlobal(QPoint(line.left() + 12, line.center().y()))
    return place.x(), place.y()


def tab(window: MainWindow, title: str) -> Place | None:
    """Return where the tab of a panel is."""
    for bar in window.desk.findChildren(QTabBar):
        for position in range(bar.count()):
            if bar.isVisible() and bar.tabText(position) == title:
                place = bar.mapToGlobal(bar.tabRect(position).center())
                return place.x(), place.y()
    return None


def reviewed(window: MainWindow) -> str:
    """Return what the review says about how far it has come."""
    return window.desk.review.findChild(QLabel).text()


def panel(window: MainWindow, name: str) -> QDockWidget:
    """Return a panel."""
    return window.desk.findChild(QDockWidget, name)


def title_of_comments(window: MainWindow) -> Place:
    """Return a place on the title of the table's panel."""
    place = panel(window, "documents").mapToGlobal(QPoint(120, 14))
    return place.x(), place.y()


def show_panel(person: Person, title: str, *, is_wanted: bool = True) -> None:
    """Show or hide a panel by the menu."""
    if person.window.ask(lambda it: is_shown(it, title)) == is_wanted:
        return
    person.click(lambda it: in_menu_bar(it, _("&View")))
    person.click(lambda _it: entry(_("&Panels")))
    person.window.wait(lambda _it: entry(_("Review")))  # the submenu: there is a History in the menu above it, too
    person.click(lambda _it: entry(title))
    person.window.wait(lambda it: is_shown(it, title) == is_wanted)
    person.window.rest(lambda it: [panels(it), it.desk.map.width(), it.desk.map.height()])


def is_shown(window: MainWindow, title: str) -> bool:
    """Return whether the panel of this title is shown, be it behind another."""
    return next(action.isChecked() for action in window.desk.panel_actions() if action.text() == title)


def in_menu_bar(window: MainWindow, title: str) -> Place:
    """Return where a menu stands in the bar of menus."""
    bar = window.menuBar()
    action = next(action for action in bar.actions() if action.text() == title)
    place = bar.mapToGlobal(bar.actionGeometry(action).center())
    return place.x(), place.y()


def panels(window: MainWindow) -> dict[str, Any]:
    """Return where each panel is and how wide."""
    return {
        one.objectName(): [
            one.isHidden(),
            one.isFloating(),
            window.desk.dockWidgetArea(one).name,
            sorted(other.objectName() for other in window.desk.tabifiedDockWidgets(one)),
            one.width() if not one.visibleRegion().isEmpty() else None,  # the height depends on what is said above
        ]
        for one in window.desk.findChildren(QDockWidget)
    }


def out_of_reach(window: QWidget) -> list[str]:
    """Return the buttons and fields that are cut off by the screen or by what they stand in.

    What scrolls is left out: the rest of it comes by the wheel, or by the arrows beside the tabs.
    """
    screen = window.screen().geometry()
    parts = [one for one in window.findChildren(QWidget) if isinstance(one, _PARTS) and one.isVisible()]
    found = []
    for part in parts:
        around = parents(part)
        if any(isinstance(one, (QAbstractScrollArea, QTabBar)) or is_behind_another(one) for one in around):
            continue
        is_whole = part.visibleRegion().boundingRect() == part.rect()
        is_there = screen.contains(QRect(part.mapToGlobal(QPoint(0, 0)), part.size()))
        needed = part.minimumSizeHint() if isinstance(part, QAbstractButton) else QSize(0, 0)
        has_room = part.width() >= needed.width() and part.height() >= needed.height() - _BETWEEN_LINES
        if not (is_whole and is_there and has_room):
            found.append(f"{type(part).__name__} {part.accessibleName()} {words_on(part)} {part.size()} {needed}")
    return found


def parents(part: QWidget) -> list[QWidget]:
    """Return what a part stands in, from the inside out, up to its window."""
    above = part.parentWidget()
    return [] if above is None or part.isWindow() else [above, *parents(above)]


def is_behind_another(part: QWidget) -> bool:
    """Return whether a panel stands behind another one, whose tab is in front."""
    return isinstance(part, QDockWidget) and part.visibleRegion().isEmpty()


def words_on(part: QWidget) -> str:
    """Return the words on a button."""
    return part.text() if isinstance(part, QAbstractButton) else ""


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
