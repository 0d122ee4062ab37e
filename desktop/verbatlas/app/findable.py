"""Everything that can be found by its words: the entries of all menus, and what the map and the panels offer."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QMenu, QMenuBar, QWidget

from verbatlas.app.actions import plain
from verbatlas.words import gettext as _

if TYPE_CHECKING:  # brings the map along
    from verbatlas.app.desk import Desk

_ITSELF = "find_action"
_NATIVE = QKeySequence.SequenceFormat.NativeText


@dataclass(frozen=True, slots=True)
class Findable:
    """One thing that a person can do now.

    Attributes:
        title: Its words.
        run: Does it.
        place: The menu, panel or offer that it belongs to, where its words alone do not say that.
        keys: What can be pressed for it.
    """

    title: str
    run: Callable[[], object]
    place: str = ""
    keys: str = ""

    @property
    def detail(self) -> str:
        """What is shown behind the title."""
        return "  ·  ".join(words for words in (self.place, self.keys) if words)


def of_menu_bar(bar: QMenuBar) -> Iterator[Findable]:
    """Return what can be done by the menus, submenus included; what stands in a menu itself is clear without it."""
    for action in bar.actions():
        if (menu := _menu_of(action)) is not None:
            yield from of_menu(menu, place="")


def of_menu(menu: QMenu, *, place: str) -> Iterator[Findable]:
    """Return what can be done by a menu and its submenus, filled as they are when a person opens them."""
    menu.aboutToShow.emit()
    for action in menu.actions():
        if not action.isEnabled() or action.objectName() == _ITSELF:
            continue
        if (submenu := _menu_of(action)) is not None:
            yield from of_menu(submenu, place=_words(action.text()))
        elif action.text():
            yield _of_action(action, place)


def of_desk(desk: "Desk") -> Iterator[Findable]:
    """Return what can be done by the tools, bars and panels around the map, and stands in no menu of the window."""
    yield from _of_map(desk)
    yield from _of_search_and_filters(desk)
    yield from _of_offers(desk)


def _of_map(desk: "Desk") -> Iterator[Findable]:
    tools = desk.map.tools
    for action in (*tools.tools, *tools.zooms[:2], tools.clear, tools.copy):  # the whole map stands in a menu
        yield _of_action(action, _("Map"))
    for position in range(tools.colours.count()):
        run = partial(tools.take_colour, position)
        yield Findable(tools.colours.itemText(position), run, _("Colour the map by"))


def _of_search_and_filters(desk: "Desk") -> Iterator[Findable]:
    search, filters = desk.search, desk.filters
    yield from _of_button(search.select, search, title=_("Select the comments that were found"))
    yield from _of_button(search.make_cluster, search, title=search.make_cluster.toolTip())
    yield from _of_button(search.clear, search, title=search.clear.toolTip())
    if filters.add.isEnabled():
        yield from of_menu(filters.menu, place=_("Add a filter"))
    yield from _of_button(filters.clear, filters, title=_("Clear all filters"))


def _of_offers(desk: "Desk") -> Iterator[Findable]:
    """Return the answers to what is offered: to merge the cluster that is read, to move comments."""
    card, proposal = desk.comment.cluster, desk.proposal
    yield from _of_button(card.merge, desk.comment, place=card.nearest_words)
    for button in (proposal.look, proposal.accept, proposal.refuse):
        yield from _of_button(button, desk, place=proposal.text)


def _of_action(action: QAction, place: str) -> Findable:
    """Return what an action does, with a tick behind its place where it is in use already."""
    tick = " ✓" if action.isChecked() else ""
    return Findable(_words(action.text()), action.trigger, place + tick, action.shortcut().toString(_NATIVE))


def _of_button(button: QAbstractButton, panel: QWidget, *, title: str = "", place: str = "") -> Iterator[Findable]:
    """Return what a button does, if it can be pressed once its panel is seen."""
    if button.isEnabled() and button.isVisibleTo(panel):
        yield Findable(title or _words(button.text()), button.click, place)


def _menu_of(action: QAction) -> QMenu | None:
    menu = action.menu()
    return menu if isinstance(menu, QMenu) else None


def _words(text: str) -> str:
    """Return the text of an action without mnemonic mark and dots; a doubled ampersand is one."""
    return "&".join(plain(part) for part in text.split("&&"))
