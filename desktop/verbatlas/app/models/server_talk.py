"""What happens on the page of a server: it is tried, compared with a local copy, and listed."""

from collections.abc import Callable, Collection
from typing import cast

from PySide6.QtCore import QObject, Signal

from verbatlas.app.live_preferences import LivePreferences
from verbatlas.app.models.engine_lane import EngineLane
from verbatlas.app.models.server_page import ServerPage
from verbatlas.encoders.catalogue import by_name
from verbatlas.encoders.reference import parse
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
        bug: Something failed that is our mistake: the exception.

    Args:
        own: What the person prefers.
        here: Which models are on this computer.
        parent: The owner.
    """

    changed = Signal()
    bug = Signal(object)

    def __init__(self, own: LivePreferences, *, here: Callable[[], Collection[str]], parent: QObject) -> None:
        super().__init__(parent)
        self._own = own
        self._here = here
        self._lane = EngineLane(self)
        self._page: ServerPage | None = None
        self._lane.answered.connect(self._on_answer)
        self._lane.failed.connect(self._on_failed)

    def show_in(self, page: ServerPage) -> None:
        """Do what is asked for in ``page``."""
        self._page = page
        page.test_asked.connect(self._test)
        page.keep_asked.connect(self._keep)
        page.forget_asked.connect(self._forget)
        page.address_changed.connect(self._on_address)
        page.show_kept(self._own.preferences.servers)

    def let_go(self) -> None:
        """Show nothing any more: the page is gone."""
        self._page = None
        self._lane.stop(_TEST)

    def close(self) -> None:
        """Stop everything."""
        self._lane.close()

    def _test(self, address: str, key: str, model: str) -> None:
        assert self._page is not None
        self._page.show_testing()
        if key:
            self._lane.ask(_KEY, KeepServerKeyRequest(address, key))
        self._lane.ask(_TEST, self._request(address, key, model))

    def _request(self, address: str, key: str, model: str) -> TestServerRequest:
        return TestServerRequest(address, model, key or None, self._local_copy(model))

    def _local_copy(self, model: str) -> str:
        """Return the encoder on this computer that runs the same model; blank where there is none."""
        offered = by_name(model)
        return offered.name if offered is not None and offered.name in self._here() else ""

    def _keep(self, encoder: str) -> None:
        assert self._page is not None
        try:
            self._own.remember_server(parse(encoder).text())
        except UserError as error:
            self._page.show_problem(sentence(error))
            return
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
        if name == _TEST and self._page is not None:
            result = cast(ServerTested, answer)
            self._page.show_answer(_tested_in_words(result), result.check.models)

    def _on_failed(self, _name: str, error: Exception) -> None:
        if isinstance(error, UserError) and self._page is not None:
            self._page.show_problem(sentence(error))
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
