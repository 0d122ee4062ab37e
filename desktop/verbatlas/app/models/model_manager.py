"""The window of models and what works behind it, which lives on when the window is closed."""

import contextlib
from collections.abc import Callable

from PySide6.QtCore import QFileSystemWatcher, QObject, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from verbatlas.app.background import Background
from verbatlas.app.live_preferences import LivePreferences
from verbatlas.app.models.models_window import ModelsWindow
from verbatlas.app.models.server_talk import ServerTalk
from verbatlas.app.models.shelf_keeper import ShelfKeeper
from verbatlas.app.models.storage_keeper import StorageKeeper
from verbatlas.app.sending import host_beyond, may_send
from verbatlas.encoders import AUTO, Precision
from verbatlas.encoders.hub.network import Network, endpoint_of_environment
from verbatlas.encoders.reference import parse
from verbatlas.errors import UserError
from verbatlas.model_words import encoder_title
from verbatlas.problem_words import sentence
from verbatlas.sentences import leaves_computer_sentence
from verbatlas.shared_settings import config_folder
from verbatlas.words import gettext as _


class ModelManager(QObject):
    """Let a person get models, connect servers, and use them for the open study.

    Attributes:
        use_asked: Read the comments of the open study with this encoder, and how exactly: a Precision's value.
        changed: Other encoders can be picked now.
        bug: Something failed that is our mistake: the exception.

    Args:
        window: The main window.
        background: Looks at the disk.
        own: What the person prefers.
    """

    use_asked = Signal(str, str)
    changed = Signal()
    bug = Signal(object)

    def __init__(self, window: QWidget, background: Background, own: LivePreferences) -> None:
        super().__init__(window)
        self._window = window
        self._own = own
        self._view: ModelsWindow | None = None
        self._may_use = False
        self.shelf = ShelfKeeper(background, own, network=self.network, parent=self)
        self.servers = ServerTalk(own, parent=self)
        self.storage = StorageKeeper(background, own, self)
        self.servers.use_asked.connect(self._use)
        for part in (self.shelf, self.servers):
            part.changed.connect(self.changed)
            part.bug.connect(self.bug)
        self.storage.bug.connect(self.bug)
        own.shared_changed.connect(self._show_network)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(own.look_at_shared)

    @property
    def view(self) -> ModelsWindow | None:
        """The window, while it is open."""
        return self._view

    def offered(self) -> list[tuple[str, str]]:
        """Return what can be picked at once: each encoder's name and its words."""
        names = [AUTO, *self._here(), *self._own.preferences.servers]
        return [(name, encoder_title(name)) for name in names]

    def network(self) -> Network:
        """Return how the network is reached, as the person set it.

        Raises:
            UserError: An address is none (ADDRESS_WRONG).
        """
        preferences = self._own.preferences
        return Network.from_environment().changed(endpoint=preferences.mirror, proxy=preferences.proxy)

    def open(self) -> None:
        """Show the window, or bring it to the front."""
        if self._view is None:
            self._own.look_at_shared()
            self._watch_shared()
            self._view = ModelsWindow(self._window)
            self._connect(self._view)
        self._view.show()
        self._view.raise_()
        self._view.activateWindow()

    def allow_use(self, *, is_possible: bool) -> None:
        """Say whether there is a study whose comments could be read by another encoder."""
        self._may_use = is_possible
        if self._view is not None:
            self._view.details.allow_use(is_possible=is_possible)
            self._view.server.allow_use(is_possible=is_possible)

    def ask_before_sending(
        self, encoder: str, go_on: Callable[[], None], *, words: Callable[[str], str] = leaves_computer_sentence
    ) -> None:
        """Go on, but the first time that text would leave this computer only if the person agrees.

        Args:
            encoder: What would get it.
            go_on: What is done then.
            words: Returns what the person must know, from the server's address.
        """
        if may_send(encoder, self._own.preferences):
            go_on()
            return
        host = host_beyond(encoder)

        def agree() -> None:
            self._own.remember_told_host(host)
            go_on()

        question = QMessageBox(self._view or self._window)
        question.setIcon(QMessageBox.Icon.Warning)
        question.setWindowTitle(_("The comments leave this computer"))
        question.setText(words(parse(encoder).name))
        question.addButton(_("Send them"), QMessageBox.ButtonRole.AcceptRole).clicked.connect(agree)
        question.addButton(QMessageBox.StandardButton.Cancel)
        question.open()

    def close(self) -> None:
        """Stop everything; what has arrived of a model is kept."""
        if self._view is not None:
            self._view.close()
        self.shelf.close()
        self.servers.close()

    def _connect(self, view: ModelsWindow) -> None:
        view.details.use_asked.connect(self._use)
        view.network.changed.connect(self._on_network)
        view.closed.connect(self._on_closed)
        self._show_network()
        self.servers.show_in(view.server)
        self.storage.show_in(view.network.kept)
        self.shelf.show_in(view)
        self.allow_use(is_possible=self._may_use)

    def _use(self, encoder: str, precision: str = Precision.AUTO.value) -> None:
        try:
            name = parse(encoder).text()
        except UserError as error:
            assert self._view is not None
            self._view.server.show_problem(sentence(error))
            return
        self.ask_before_sending(name, lambda: self._go_on_with(name, precision))

    def _go_on_with(self, name: str, precision: str) -> None:
        if self._view is not None:
            self._view.close()
        self.use_asked.emit(name, precision)

    def _on_network(self, mirror: str, proxy: str, is_offline: bool) -> None:  # noqa: FBT001 - a signal's argument
        self._own.use_network(mirror=mirror, proxy=proxy)
        if is_offline == self._own.shared.is_offline:
            return
        words = ""
        try:
            self._own.stay_offline(is_offline=is_offline)
        except UserError as error:
            words = sentence(error)
            self._show_network()
        if self._view is not None:
            self._view.network.show_problem(words)

    def _watch_shared(self) -> None:
        """Hear of what another window sets; where the folder cannot be made nothing can be set."""
        with contextlib.suppress(OSError):
            config_folder().mkdir(parents=True, exist_ok=True)
            # The folder: a file that is replaced is another one, which nobody watches.
            self._watcher.addPath(str(config_folder()))

    def _show_network(self) -> None:
        if self._view is not None:
            preferences = self._own.preferences
            self._view.network.show_network(
                mirror=preferences.mirror,
                proxy=preferences.proxy,
                is_offline=self._own.shared.is_offline,
                environment=endpoint_of_environment(),
            )

    def _on_closed(self, _result: int) -> None:
        self.servers.let_go()
        self.storage.let_go()
        if self._view is not None:
            self._view.deleteLater()
        self._view = None

    def _here(self) -> list[str]:
        return [model.name for model in self.shelf.models if model.is_here]
