"""What a person prefers and did last: one frozen value, kept in one small file."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings

from verbatlas.tables import TextForm

MOST_RECENT = 8


class Scheme(StrEnum):
    """Light or dark, or what the system says."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Recent:
    """A study that was open before.

    Attributes:
        study: Path of the study file.
        title: What the person knows it by: the name of the table that it was made from.
    """

    study: str
    title: str


@dataclass(frozen=True, slots=True)
class Preferences:
    """Everything that outlives the window.

    Attributes:
        scheme: Colours of the window.
        language: ``auto``, ``en`` or ``zh_CN``.
        folder: Where the last file was opened; the file dialog starts there.
        recent: Studies opened before, the latest first.
        left_out: Label columns that the last export was not to have.
        export_ending: The ending of its file; empty for that of the source.
        export_form: Its encoding and dialect, as ``tables.TextForm`` has it.
        export_guards: Whether its cells were protected against being run as formulas.
        export_one_per_cluster: Whether each cluster got a file of its own.
        mirror: Where models are downloaded from in place of the hub; blank for the hub itself.
        proxy: What downloads and servers are reached through; blank for what the system says.
        servers: The servers' models that were added, as encoders are named: ``http://host:port/v1#model``.
        told_hosts: The servers of which the person knows that the comments leave this computer.
        model_folders: Folders with a model of the person's own.
    """

    scheme: Scheme = Scheme.AUTO
    language: str = "auto"
    folder: str = ""
    recent: tuple[Recent, ...] = ()
    left_out: tuple[str, ...] = ()
    export_ending: str = ""
    export_form: TextForm = TextForm.AUTO
    export_guards: bool = True
    export_one_per_cluster: bool = False
    mirror: str = ""
    proxy: str = ""
    servers: tuple[str, ...] = ()
    told_hosts: tuple[str, ...] = ()
    model_folders: tuple[str, ...] = ()

    @property
    def model_places(self) -> tuple[Path, ...]:
        """``model_folders`` as paths."""
        return tuple(map(Path, self.model_folders))

    def opened(self, study: Path, *, title: str) -> "Preferences":
        """Return these preferences with ``study`` first among the recent ones."""
        others = tuple(entry for entry in self.recent if entry.study != str(study))
        return replace(self, recent=(Recent(str(study), title), *others)[:MOST_RECENT])

    def without(self, study: Path) -> "Preferences":
        """Return these preferences with ``study`` no longer among the recent ones."""
        return replace(self, recent=tuple(entry for entry in self.recent if entry.study != str(study)))


def _strings(values: Any) -> tuple[str, ...]:
    return tuple(str(value) for value in values)


# How each field is read back; what cannot be read falls back to the default.
_READERS: dict[str, Callable[[Any], Any]] = {
    "scheme": Scheme,
    "language": str,
    "folder": str,
    "left_out": _strings,
    "export_ending": str,
    "export_form": TextForm,
    "export_guards": bool,
    "export_one_per_cluster": bool,
    "mirror": str,
    "proxy": str,
    "servers": _strings,
    "told_hosts": _strings,
    "model_folders": _strings,
    "recent": lambda entries: tuple(Recent(str(entry["study"]), str(entry["title"])) for entry in entries),
}


class PreferenceFile:
    """The file behind the preferences and the remembered shape of the window."""

    def __init__(self, path: Path) -> None:
        self._settings = QSettings(str(path), QSettings.Format.IniFormat)

    def load(self) -> Preferences:
        """Return what was saved; the default for everything that is absent or damaged."""
        try:
            saved = json.loads(str(self._settings.value("preferences", "{}")))
        except ValueError:
            return Preferences()
        if not isinstance(saved, dict):
            return Preferences()
        known: dict[str, Any] = {}
        for field in fields(Preferences):
            try:
                known[field.name] = _READERS[field.name](saved[field.name])
            except (KeyError, TypeError, ValueError):
                continue
        return Preferences(**known)

    def save(self, preferences: Preferences) -> None:
        """Write ``preferences`` at once."""
        self._settings.setValue("preferences", json.dumps(asdict(preferences), ensure_ascii=False))
        self._settings.sync()

    def shape(self, part: str) -> QByteArray:
        """Return the remembered shape of a part of the window; empty when there is none."""
        value = self._settings.value(f"shape/{part}")
        return value if isinstance(value, QByteArray) else QByteArray()

    def save_shape(self, part: str, shape: QByteArray) -> None:
        """Remember the shape of a part of the window."""
        self._settings.setValue(f"shape/{part}", shape)
