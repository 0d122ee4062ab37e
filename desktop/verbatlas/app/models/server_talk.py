"""What happens on the page of a server: it is tried, compared with a local copy, and listed."""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QObject, Signal

from verbatlas.app.live_preferences import LivePreferences
from verbatlas.app.models.engine_lane import EngineLane
from verbatlas.app.models.server_page import ServerPage
from verbatlas.encoders.reference import Reference, parse
from verbatlas.engine.server_requests import KeepServerKeyRequest, ServerTested, TestServerRequest
from verbatlas.errors import UserError
from verbatlas.problem_words import sentence
from verbatlas.progress import Cancelled
from verbatlas.sentences import agreement_sentence, leaves_computer_sentence
from verbatlas.words import gettext as _

_TEST, _KEY = "test", "key"


class ServerTalk(QObject):
    """Talk to servers for a page.

    Attributes:
        changed: Other servers are listed now.
        use_asked: Read the comments with this encoder; its key is kept.
        bug: Something failed that is our mistake: the exception.

    Args:
        own: What the person prefers.
        parent: The owner.
    """

    changed = Signal()
    use_asked = Signal(str)
    bug = Signal(object)

    def __init__(self, own: LivePreferences, *, parent: QObject) -> None:
        super().__init__(parent)
        self._own = own
        self._lane = EngineLane(self)
        self._page: ServerPage | None = None
        self._n_keys = 0
        self._with_key: dict[str, Callable[[], None]] = {}  # what goes on when a key is kept
        self._lane.answered.connect(self._on_answer)
        self._lane.failed.connect(self._on_failed)

    def show_in(self, page: ServerPage) -> None:
        """Do what is asked for in ``page``."""
        self._page = page
        page.test_asked.connect(self._test)
        page.keep_asked.connect(self._keep)
        page.use_asked.connect(self._use)
        page.forget_asked.connect(self._forget)
        page.address_changed.connect(self._on_address)
        page.show_kept(self._own.preferences.servers)

    def let_go(self) -> None:
        """Show nothing any more: the page is gone."""
        self._page = None
        self._with_key.clear()
        self._lane.stop(_TEST)

    def close(self) -> None:
        """Stop everything."""
        self._lane.close()

    def _test(self, address: str, key: str, model: str) -> None:
        assert self._page is not None
        self._page.show_testing()
        self._keep_key(address, key, lambda: None)
        folders = self._own.preferences.model_places
        self._lane.ask(_TEST, TestServerRequest(address, model, key or None, folders))

    def _keep_key(self, address: str, key: str, go_on: Callable[[], None]) -> None:
        """Keep a key where one was typed, and then go on: what goes on asks for it by the address."""
        if not key:
            go_on()
            return
        self._n_keys += 1
        name = f"{_KEY} {self._n_keys}"
        self._with_key[name] = go_on
        self._lane.ask(name, KeepServerKeyRequest(address, key))

    def _keep(self, encoder: str, key: str) -> None:
        if (reference := self._understood(encoder)) is not None:
            self._keep_key(reference.name, key, lambda: self._list(reference.text()))

    def _use(self, encoder: str, key: str) -> None:
        if (reference := self._understood(encoder)) is not None:
            self._keep_key(reference.name, key, lambda: self.use_asked.emit(reference.text()))

    def _understood(self, encoder: str) -> Reference | None:
        """Return what was typed as an encoder; None, with a word on the page, where it is none."""
        assert self._page is not None
        try:
            return parse(encoder)
        except UserError as error:
            self._page.show_problem(sentence(error))
            return None

    def _list(self, encoder: str) -> None:
        assert self._page is not None
        self._own.remember_server(encoder)
        self._page.show_kept(self._own.preferences.servers)
        self.changed.emit()

    def _forget(self, encoder: str) -> None:
        assert self._page is not None
        self._own.forget_server(encoder)
        self._page.show_kept(self._own.preferences.servers)
        self.changed.emit()

    def _on_address(self, address: str) -> None:
        assert self._page is not None
        try:
            self._page.warn(leaves_computer_sentence(address))
        except UserError:  # not an address yet
            self._page.warn("")

    def _on_answer(self, name: str, answer: object) -> None:
        if self._page is None:
            return
        if name != _TEST:
            self._page.show_key_problem("")
            self._with_key.pop(name, lambda: None)()
        else:
            result = cast(ServerTested, answer)
            self._page.show_answer(_tested_in_words(result), result.check.models)

    def _on_failed(self, name: str, error: Exception) -> None:
        self._with_key.pop(name, None)
        if isinstance(error, UserError) and self._page is not None:
            show = self._page.show_problem if name == _TEST else self._page.show_key_problem
            show(sentence(error))
        elif not isinstance(error, Cancelled | UserError):
            if self._page is not None:
                self._page.show_problem("")
            self.bug.emit(error)


def _tested_in_words(result: ServerTested) -> str:
    check = result.check
    said = [
        _("{model} answers in {ms} ms with {n} numbers for each comment.").format(
            model=check.model, ms=round(check.round_trip_ms), n=f"{check.n_dimensions:,}"
        )
    ]
    if result.agreement is not None:
        warning = agreement_sentence(result.agreement)
        same = _("It answers as the same model on this computer does (similarity {lowest}).")
        said.append(warning or same.format(lowest=f"{result.agreement.lowest:.4f}"))
    return " ".join(said)
