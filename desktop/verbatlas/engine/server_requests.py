"""What the window asks of a server before it is used, as requests to the engine's process."""

from dataclasses import dataclass, field
from pathlib import Path

from verbatlas.encoders.server.check import ServerCheck, check
from verbatlas.encoders.server.comparison import Agreement
from verbatlas.encoders.server.encoder import ServerEncoder
from verbatlas.encoders.server.keys import keep_key
from verbatlas.engine.local_copy import agreement_with_copy
from verbatlas.engine.messages import Tell
from verbatlas.engine.stages import Stage, StageReport, begin


@dataclass(frozen=True, slots=True)
class ServerTested:
    """How a server did.

    Attributes:
        check: What it has shown of itself.
        agreement: How far it answers as the local copy of its model; None where there was none to compare with.
    """

    check: ServerCheck
    agreement: Agreement | None


@dataclass(frozen=True, slots=True)
class TestServerRequest:
    """Try a server, as ``check.check`` does, and compare it with a local copy of its model where there is one.

    Attributes:
        address: The server's.
        model: Its name at the server; blank for the first that the server lists.
        key: Its API key; None for the one in the keyring or the environment.
        folders: Where models of the person's own lie.
    """

    address: str
    model: str = ""
    key: str | None = field(default=None, repr=False)
    folders: tuple[Path, ...] = ()

    def run(self, report: StageReport, folder: Path, tell: Tell) -> ServerTested:  # noqa: ARG002 - small
        """Do the work in the engine's process."""
        prepare = begin(report, Stage.PREPARE, 1)
        checked = check(self.address, self.model, key=self.key, report=prepare)
        server = ServerEncoder(self.address, checked.model, key=self.key)
        return ServerTested(checked, agreement_with_copy(server, folders=self.folders, is_asked=True, report=prepare))


@dataclass(frozen=True, slots=True)
class KeepServerKeyRequest:
    """Keep a server's API key in the system's keyring, as ``keys.keep_key`` does.

    Attributes:
        address: The server's.
        key: The key; blank and ``EMPTY`` remove what is kept.
    """

    address: str
    key: str = field(repr=False)

    def run(self, report: StageReport, folder: Path, tell: Tell) -> None:  # noqa: ARG002 - nothing to report
        """Do the work in the engine's process."""
        keep_key(self.address, self.key)
