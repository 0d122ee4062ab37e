"""Actions as data: menus, the toolbar and the page of shortcuts all grow from one table."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QToolBar, QWidget

from verbatlas.words import gettext as _


class Menu(StrEnum):
    """The menus of the window, in their order; what stands within another comes at its end."""

    FILE = "file"
    EDIT = "edit"
    CLUSTERS = "clusters"
    NO_CLUSTER = "no_cluster"
    VIEW = "view"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Situation:
    """What the window is in the middle of; it decides which actions make sense.

    Attributes:
        has_study: A study is open.
        has_map: Its comments have places and clusters.
        busy: A job is running.
        is_outdated: The controls ask for something else than what is shown.
        has_noise: Some comments are in no cluster.
        has_cluster: A cluster is selected.
        has_chosen: Comments are selected on the map.
        has_document: A comment is read.
        undo: There is an edit to take back.
        redo: There is an edit to bring back.
        read_only: The study may be looked at but not changed.
    """

    has_study: bool = False
    has_map: bool = False
    busy: bool = False
    is_outdated: bool = False
    has_noise: bool = False
    has_cluster: bool = False
    has_chosen: bool = False
    has_document: bool = False
    undo: bool = False
    redo: bool = False
    read_only: bool = False


# Menus that stand within another.
_WITHIN = {Menu.NO_CLUSTER: Menu.CLUSTERS}


def always(situation: Situation) -> bool:  # noqa: ARG001 - one of the answers to "when?"
    """Return True: the action makes sense at any time."""
    return True


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that a person can do.

    Attributes:
        name: Its one name in code, tests and the log, such as ``open``.
        title: Its words in menus, ``&`` before the mnemonic.
        run: What it does.
        menu: Where it stands; actions of a menu keep the table's order.
        shortcuts: Keys, the first one shown.
        icon: Name of the icon; none when empty.
        when: In which situations it makes sense.
        in_toolbar: Its words in the toolbar, which are shorter; not there when empty.
        starts_group: Whether a line goes above it in its menu.
        submenu: Fills a submenu when it opens, instead of ``run``.
    """

    name: str
    title: str
    menu: Menu
    run: Callable[[], None] | None = None
    shortcuts: tuple[str, ...] = ()
    icon: str = ""
    when: Callable[[Situation], bool] = always
    in_toolbar: str = ""
    starts_group: bool = False
    submenu: Callable[[QMenu], None] | None = None

    @property
    def plain_title(self) -> str:
        """The title without mnemonic mark and dots, for the page of shortcuts."""
        return plain(self.title)


def plain(title: str) -> str:
    """Return a title without dots and mnemonic mark, which Chinese titles have in brackets at their end."""
    return re.sub(r"\(&.\)|&|…", "", title)


def menu_titles() -> dict[Menu, str]:
    """Return the words of the menus."""
    return {
        Menu.FILE: _("&File"),
        Menu.EDIT: _("&Edit"),
        Menu.CLUSTERS: _("&Clusters"),
        Menu.NO_CLUSTER: _("C&omments in no cluster"),
        Menu.VIEW: _("&View"),
        Menu.HELP: _("&Help"),
    }


class ActionTable(QObject):
    """The table come to life: one QAction per action, enabled as the situation says."""

    def __init__(self, actions: Iterable[Action], owner: QWidget) -> None:
        super().__init__(owner)
        self.specs = tuple(actions)
        self._live: dict[str, QAction] = {spec.name: self._make(spec, owner) for spec in self.specs}

    def __getitem__(self, name: str) -> QAction:
        """Return the live action called ``name``."""
        return self._live[name]

    def of_menu(self, menu: Menu) -> list[Action]:
        """Return the actions that stand in a menu."""
        return [spec for spec in self.specs if spec.menu is menu]

    def fill_menu_bar(self, bar: QMenuBar) -> None:
        """Add every menu with its actions."""
        filled: dict[Menu, QMenu] = {}
        for menu, title in menu_titles().items():
            if menu in _WITHIN:
                filled[_WITHIN[menu]].addSeparator()
                filled[menu] = filled[_WITHIN[menu]].addMenu(title)
            else:
                filled[menu] = bar.addMenu(title)
            self._fill_menu(filled[menu], self.of_menu(menu))

    def fill_toolbar(self, bar: QToolBar) -> None:
        """Add the actions that belong in the toolbar."""
        for spec in self.specs:
            if spec.in_toolbar:
                bar.addAction(self._live[spec.name])

    def follow(self, situation: Situation) -> None:
        """Enable what makes sense in ``situation`` and nothing else."""
        for spec in self.specs:
            self._live[spec.name].setEnabled(spec.when(situation))

    def retitle(self, name: str, title: str) -> None:
        """Show other words for an action in the menus and its tool tip; the toolbar keeps its own."""
        action, spec = self._live[name], next(spec for spec in self.specs if spec.name == name)
        if action.text() != title:
            action.setText(title)
            action.setToolTip(_tool_tip(plain(title).replace("&&", "&"), spec.shortcuts))
            if spec.in_toolbar:
                action.setIconText(spec.in_toolbar)

    def use_icons(self, icons: Mapping[str, QIcon]) -> None:
        """Show ``icons``, by their names; called again when the colours change."""
        for spec in self.specs:
            if spec.icon in icons:
                self._live[spec.name].setIcon(icons[spec.icon])

    def _make(self, spec: Action, owner: QWidget) -> QAction:
        action = QAction(spec.title, self)
        action.setObjectName(spec.name)
        action.setShortcuts([QKeySequence(keys) for keys in spec.shortcuts])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        if spec.shortcuts:
            action.setToolTip(_tool_tip(spec.plain_title, spec.shortcuts))
        if spec.in_toolbar:
            action.setIconText(spec.in_toolbar)
        if (run := spec.run) is not None:
            action.triggered.connect(lambda: run())  # noqa: PLW0108 - Qt would pass "checked" on
        if spec.submenu is None:
            owner.addAction(action)
        return action

    def _fill_menu(self, menu: QMenu, specs: list[Action]) -> None:
        for spec in specs:
            if spec.starts_group:
                menu.addSeparator()
            if spec.submenu is None:
                menu.addAction(self._live[spec.name])
            else:
                self._add_submenu(menu, spec)

    def _add_submenu(self, menu: QMenu, spec: Action) -> None:
        submenu = menu.addMenu(spec.title)
        submenu.menuAction().setObjectName(spec.name)
        fill = spec.submenu
        assert fill is not None

        def refill() -> None:
            submenu.clear()
            fill(submenu)

        submenu.aboutToShow.connect(refill)
        refill()


def _tool_tip(title: str, shortcuts: tuple[str, ...]) -> str:
    shown = QKeySequence(shortcuts[0]).toString(QKeySequence.SequenceFormat.NativeText)
    return f"{title} ({shown})"
