"""What a person sees at the desk, and where they would put the pointer."""

import math
from typing import Any

import numpy as np
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import (
    QDockWidget,
    QLabel,
    QLineEdit,
    QTabBar,
    QToolButton,
)
from watching import Person, Place, centre, dialog, entry

from verbatlas.app.clusters.cluster_model import ID_ROLE, NUMBER_ROLE
from verbatlas.app.documents.listing import CLUSTER
from verbatlas.app.filters.filter_dialog import FilterDialog
from verbatlas.app.history.history_model import NUMBER_ROLE as EDIT_ROLE
from verbatlas.app.main_window import MainWindow
from verbatlas.study import NOISE
from verbatlas.words import gettext as _


def lasso_button(window: MainWindow) -> QToolButton:
    """Return the button of the lasso."""
    wanted = window.desk.map.tools.tools[2]
    return next(one for one in window.desk.map.findChildren(QToolButton) if one.defaultAction() is wanted)


def middle_of_chosen(window: MainWindow, radius: int) -> Place:
    """Return the comment of the selected cluster with the most others of it within ``radius`` pixels."""
    rows = members(window, window.selection.cluster)
    places = np.array([window.desk.map.place_of(row).toTuple() for row in rows])
    apart = np.linalg.norm(places[:, None] - places[None], axis=2)
    return on_screen(window, rows[int((apart < radius).sum(axis=1).argmax())])


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
