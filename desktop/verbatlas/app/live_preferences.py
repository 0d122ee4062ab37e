"""The preferences of the person at the window: changed here, saved at once, announced to whom it concerns."""

import os
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, Signal

from verbatlas.app.export_choice import ExportChoice
from verbatlas.app.preferences import PreferenceFile, Preferences, Scheme
from verbatlas.shared_settings import change_shared, shared_settings


class LivePreferences(QObject):
    """Hold the preferences.

    Attributes:
        changed: The preferences are different now.
        shared_changed: What holds in every process is different now, set here or in another window; SharedSettings.
    """

    changed = Signal(object)
    shared_changed = Signal(object)

    def __init__(self, file: PreferenceFile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self.preferences = file.load()
        self.shared = shared_settings()

    def use_scheme(self, scheme: Scheme) -> None:
        """Prefer light, dark, or what the system says."""
        self._change(replace(self.preferences, scheme=scheme))

    def use_language(self, language: str) -> None:
        """Prefer a language from the next start on."""
        self._change(replace(self.preferences, language=language))

    def remember_folder(self, folder: Path) -> None:
        """Let the next file dialog start in ``folder``."""
        self._change(replace(self.preferences, folder=str(folder)))

    def remember_study(self, study: Path, *, title: str) -> None:
        """Put ``study`` first among the recent ones."""
        self._change(self.preferences.opened(study, title=title))

    def remember_export(self, choice: ExportChoice, *, ending: str) -> None:
        """Remember how the table was exported, for the next time.

        Args:
            choice: What was chosen; which file and which rows is another matter every time.
            ending: The ending of the file; empty for that of the source.
        """
        self._change(
            replace(
                self.preferences,
                left_out=tuple(sorted(choice.left_out)),
                export_ending=ending,
                export_form=choice.form,
                export_guards=choice.guard_formulas,
                export_one_per_cluster=choice.one_per_cluster,
            )
        )

    def remember_model_folder(self, folder: Path) -> None:
        """Look for models in ``folder`` too."""
        folders = dict.fromkeys((*self.preferences.model_folders, str(folder)))
        self._change(replace(self.preferences, model_folders=tuple(folders)))

    def remember_server(self, encoder: str) -> None:
        """List a server's model among what can read comments."""
        servers = dict.fromkeys((*self.preferences.servers, encoder))
        self._change(replace(self.preferences, servers=tuple(servers)))

    def forget_server(self, encoder: str) -> None:
        """Take a server's model off the list."""
        servers = tuple(server for server in self.preferences.servers if server != encoder)
        self._change(replace(self.preferences, servers=servers))

    def remember_told_host(self, host: str) -> None:
        """Remember that the person knows and wants that comments are sent to ``host``."""
        hosts = dict.fromkeys((*self.preferences.told_hosts, host))
        self._change(replace(self.preferences, told_hosts=tuple(hosts)))

    def use_network(self, *, mirror: str, proxy: str) -> None:
        """Reach the hub by another way."""
        self._change(replace(self.preferences, mirror=mirror, proxy=proxy))

    def stay_offline(self, *, is_offline: bool) -> None:
        """Let no process of ours reach anything beyond this computer, or let them all again.

        Raises:
            UserError: It cannot be saved, and so nothing is changed (OUTPUT_UNWRITABLE).
        """
        change_shared(is_offline=is_offline)
        self.look_at_shared()

    def limit_cache(self, n_bytes: int) -> None:
        """Keep at most so many bytes of vectors, in every process of ours.

        Raises:
            UserError: It cannot be saved, and so nothing is changed (OUTPUT_UNWRITABLE).
        """
        change_shared(cache_bytes=n_bytes)
        self.look_at_shared()

    def forget_study(self, study: Path) -> None:
        """Take ``study`` off the recent ones."""
        self._change(self.preferences.without(study))

    def writable_beside(self, file: Path) -> Path:
        """Return ``file``, or its name in the last used folder or home where its own cannot be written."""
        for folder in (file.parent, Path(self.preferences.folder or Path.home())):
            if os.access(folder, os.W_OK):
                return folder / file.name
        return Path.home() / file.name

    def look_at_shared(self) -> None:
        """See what another window has set."""
        shared = shared_settings()
        if shared != self.shared:
            self.shared = shared
            self.shared_changed.emit(shared)

    def _change(self, preferences: Preferences) -> None:
        if preferences != self.preferences:
            self.preferences = preferences
            self._file.save(preferences)
            self.changed.emit(preferences)

    def shape(self, part: str) -> QByteArray:
        """Return the remembered shape of a part of the window; empty when there is none."""
        return self._file.shape(part)

    def save_shape(self, part: str, shape: QByteArray) -> None:
        """Remember the shape of a part of the window."""
        self._file.save_shape(part, shape)
