"""What a person does at the desk, step by step: each returns what was seen on the way."""

import math
from typing import Any

import numpy as np
from desk_seen import (
    by_size,
    cell,
    drag_in_list,
    editor,
    first_box,
    history,
    in_history,
    in_list,
    inside,
    lasso_button,
    listed,
    members,
    middle_of_chosen,
    names,
    on_screen,
    panel,
    panels,
    parent_name,
    reviewed,
    rows_of,
    show_panel,
    show_top_of_list,
    tab,
    title_of_comments,
)
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import (
    QInputDialog,
    QLabel,
    QLineEdit,
)
from reach import out_of_reach
from watching import Person, button, centre, dialog, entry

from verbatlas.app.filters.filter_dialog import FilterDialog
from verbatlas.app.type_ahead import TypeAhead
from verbatlas.words import gettext as _

_RADIUS = 46  # pixels of a lasso
_CORNERS = 24
_WORDS = ("grinder", "电池")  # in some comments of the one sample or the other; the latter stand inside sentences


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
    """Draw around points while the window is busy, and move them to the cluster that a few letters find."""
    window, hands = person.window, person.hands
    drawn = lasso(person, is_busy=True)
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


def lasso(person: Person, *, is_busy: bool = False) -> dict[str, Any]:
    """Take the lasso and draw a circle around the middle of a cluster; return which comments lie in it.

    Args:
        person: Draws.
        is_busy: The window hears nothing of the drawing before it is nearly done.
    """
    window, hands = person.window, person.hands
    person.click(lambda it: centre(lasso_button(it)))
    show_top_of_list(person)
    person.click(lambda it: in_list(it, by_size(it)[1][0]))
    middle = window.rest(lambda it: middle_of_chosen(it, _RADIUS))
    turns = [2 * math.pi * corner / _CORNERS for corner in range(_CORNERS)]
    circle = [(round(middle[0] + _RADIUS * math.cos(t)), round(middle[1] + _RADIUS * math.sin(t))) for t in turns]
    surely, perhaps = window.ask(lambda it: (inside(it, middle, _RADIUS - 4), inside(it, middle, _RADIUS + 4)))
    hands.move(*circle[0])
    window.rest(lambda it: it.desk.map.canvas.underMouse())
    if is_busy:
        window.keep_busy(0.4)
    hands.draw(circle)
    rows = window.wait(lambda it: np.flatnonzero(it.selection.chosen).tolist())
    said = window.ask(lambda it: it.desk.map.findChild(QLabel, "selection_count").text())
    return {"rows": rows, "surely": surely, "perhaps": perhaps, "said": said}
