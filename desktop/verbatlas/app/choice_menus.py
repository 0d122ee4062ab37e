"""The submenus that depend on the moment: recent studies, samples, colours, languages."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from verbatlas.app.preferences import Preferences, Scheme
from verbatlas.app.samples import samples
from verbatlas.words import gettext as _

# Each language is called by its own name, so that whoever cannot read the window finds it.
_LANGUAGES = {"en": "English", "zh_CN": "简体中文"}


def fill_recent(menu: QMenu, preferences: Preferences, open_study: Callable[[Path], None]) -> None:
    """List the studies opened before."""
    for entry in preferences.recent:
        menu.addAction(entry.title.replace("&", "&&"), partial(open_study, Path(entry.study)))
    if not preferences.recent:
        menu.addAction(_("None yet")).setEnabled(False)


def fill_samples(menu: QMenu, open_sample: Callable[[str], None]) -> None:
    """List the tables that come with the program."""
    for sample in samples():
        menu.addAction(f"{sample.title}: {sample.about}", partial(open_sample, sample.name))


def fill_schemes(menu: QMenu, preferences: Preferences, use: Callable[[Scheme], None]) -> None:
    """Offer the colours of the window, the present ones ticked."""
    words: dict[str, str] = {Scheme.AUTO: _("Like the system"), Scheme.LIGHT: _("Light"), Scheme.DARK: _("Dark")}
    _fill_choice(menu, words, preferences.scheme, use)


def fill_languages(menu: QMenu, preferences: Preferences, use: Callable[[str], None]) -> None:
    """Offer the languages, the present one ticked."""
    _fill_choice(menu, {"auto": _("Like the system"), **_LANGUAGES}, preferences.language, use)


def _fill_choice(menu: QMenu, words: Mapping[str, str], current: str, use: Callable[..., None]) -> None:
    group = QActionGroup(menu)
    for value, title in words.items():
        action = menu.addAction(title, partial(use, value))
        action.setCheckable(True)
        action.setChecked(value == current)
        group.addAction(action)
