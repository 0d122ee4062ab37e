"""The keys that belong to no menu: they work where the keyboard is, or while the mouse drags."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence

from verbatlas.app.actions import plain
from verbatlas.words import gettext as _


@dataclass(frozen=True, slots=True)
class Key:
    """One thing that a key does in its place.

    Attributes:
        title: What it does.
        keys: What is pressed, in words.
    """

    title: str
    keys: str


def other_keys() -> dict[str, tuple[Key, ...]]:
    """Return the keys of each place, by the words for that place."""
    return {_("On the map"): _map(), _("In the list of clusters"): _list(), _("In the review"): _review()}


def any_of(keys: Iterable[str]) -> str:
    """Return the words for "one of these keys"."""
    native = QKeySequence.SequenceFormat.NativeText
    return _(" or ").join(QKeySequence(one).toString(native) for one in keys)


def _map() -> tuple[Key, ...]:
    return (
        Key(_("Move the map"), _("Arrow keys")),
        Key(_("Zoom in"), any_of(["+"])),
        Key(_("Zoom out"), "−"),
        Key(_("Show the whole map"), any_of(["F"])),
        Key(_("Select nothing"), any_of(["Esc"])),
        Key(_("Add to the selected comments"), _("Shift while dragging or clicking")),
        Key(_("Take away from the selected comments"), _("Ctrl while dragging or clicking")),
    )


def _list() -> tuple[Key, ...]:
    return (
        Key(plain(_("Re&name the cluster")), any_of(["F2"])),
        Key(_("Keep the typed name and go to the next cluster"), _("Enter")),
    )


def _review() -> tuple[Key, ...]:
    return (
        Key(_("Accept and go on"), _("Enter")),
        Key(_("Name parts by their numbers"), _("2, 4-6: name")),
        Key(_("Turn the pages of the comments"), any_of(["PgUp", "PgDown"])),
        Key(plain(_("Merge…")), any_of(["Alt+M"])),
        Key(plain(_("Split…")), any_of(["Alt+S"])),
        Key(_("Back"), any_of(["Alt+B"])),
        Key(_("Later"), any_of(["Alt+N"])),
        Key(_("Look over the doubtful parts"), any_of(["Alt+L"])),
    )
