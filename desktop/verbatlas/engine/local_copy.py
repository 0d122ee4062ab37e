"""Whether a server answers as the copy of its model does that is on this computer."""

import logging
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from verbatlas import encoders
from verbatlas.encoders.family import known_model, plain_name
from verbatlas.encoders.hub.installed import InstalledModel, list_installed
from verbatlas.encoders.local.encoder import LocalEncoder
from verbatlas.encoders.server import known_agreements
from verbatlas.encoders.server.comparison import TEXTS, Agreement, compare
from verbatlas.encoders.server.encoder import Served, ServerEncoder
from verbatlas.encoders.server.known_agreements import Compared
from verbatlas.errors import UserError
from verbatlas.progress import Report

_log = logging.getLogger(__name__)


def copy_of(names: Iterable[str], installed: Sequence[InstalledModel]) -> InstalledModel | None:
    """Return the installed model that a server means by ``names``, the surest first; None where none is here.

    Names are compared without owner, folders and tag, whether the catalogue has the model or not.
    """
    for name in names:
        wanted, offered = plain_name(name), known_model(name)
        for model in installed:
            is_offered = offered is not None and model.name == offered.name
            if is_offered or wanted == plain_name(model.hub_id or str(model.folder)):
                return model
    return None


def agreement_with_copy(
    server: ServerEncoder, *, folders: Sequence[Path] = (), is_asked: bool = False, report: Report
) -> Agreement | None:
    """Compare a server with the local copy of its model, with one instruction for both; None where there is no copy.

    A server and its model are compared once; as long as the server answers the same, and the copy is the same, what
    came of it then is returned. A comparison that ended the process, as a model that is too large for this computer
    may, is not tried again either unless a person asks.

    Args:
        server: The server.
        folders: Where else models lie, as ``list_installed`` has it.
        is_asked: Whether a person wants it to be compared now, also once more.
        report: Asked all the time whether the answer is still wanted.

    Raises:
        UserError: What is wrong with the server.
        Cancelled: The reporter no longer wants the answer.
    """

    def listen(done: int, total: int) -> None:  # noqa: ARG001 - a few texts are no progress to show
        report(0, 1)

    served = server.served(report=listen)
    copy = copy_of(served.names, list_installed(folders=folders))
    local = None if copy is None else _loaded(copy)
    if local is None:
        return None
    key = f"{served.identity.key()} {local.name} {local.signature()}"
    known = None if is_asked else known_agreements.recall(key)
    if known is not None:
        return known.agreement
    return _compared(server, local, served, key=key, report=listen)


def _compared(
    server: ServerEncoder, local: LocalEncoder, served: Served, *, key: str, report: Report
) -> Agreement | None:
    known_agreements.remember(key, Compared())
    try:
        vectors = _vectors(local, served, report=report)
        agreement = None if vectors is None else compare(server, vectors, report=report)
    except BaseException:  # stopped, or the server failed
        known_agreements.forget(key)
        raise
    known_agreements.remember(key, Compared(agreement))
    return agreement


def _vectors(local: LocalEncoder, served: Served, *, report: Report) -> NDArray[np.float32] | None:
    """Return what the copy makes of the texts; None where it cannot be run, without which the server may be used."""
    try:
        return local.encode_after(served.prompt, TEXTS, report=report)
    except (UserError, RuntimeError, MemoryError) as error:
        _log.warning("%s cannot be compared with: %s", local.name, error)
        return None


def _loaded(model: InstalledModel) -> LocalEncoder | None:
    """Return the encoder of an installed model, not yet prepared; None where it is gone meanwhile."""
    try:
        encoder = encoders.load(model.name, seed=0)
    except UserError:
        return None
    return encoder if isinstance(encoder, LocalEncoder) else None
