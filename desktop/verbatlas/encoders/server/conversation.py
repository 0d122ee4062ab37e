"""What is settled with a server before the first comment is sent: which model, how vectors travel, its fingerprint."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verbatlas.encoders.protocol import EncoderIdentity
from verbatlas.encoders.server.address import place
from verbatlas.encoders.server.answers import answering_model, raw_vectors, unit
from verbatlas.encoders.server.connection import Connection, Encoding, Server, ServerModel
from verbatlas.encoders.server.fingerprint import PROBE, fingerprint, remembered
from verbatlas.encoders.server.trouble import Kind, Trouble
from verbatlas.errors import Problem, UserError

_UNIT = 1e-3  # how far a length may be from 1


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """What a server has shown of itself.

    Attributes:
        models: All that it lists; none where it has no list.
        model: The one that answers.
        names: What it goes by, the surest first: in the list, what it was loaded from, and in its answers.
        encoding: How vectors travel.
        probe: The probe's vector, of unit length, float32, shape (n_dimensions,).
        has_unit_length: Whether vectors arrive with unit length.
    """

    models: tuple[ServerModel, ...]
    model: ServerModel
    names: tuple[str, ...]
    encoding: Encoding
    probe: NDArray[np.float32]
    has_unit_length: bool

    def identity(self, server: Server, *, prompt: str = "", service: str = "") -> EncoderIdentity:
        """Return the identity of the vectors: which model where, and how it answers.

        Args:
            server: Where it was asked.
            prompt: What is put before every document.
            service: A name that stands for the server's address, where an analyst has given it one: vectors of the
                same model may then be compared whichever of the service's addresses they came from.
        """
        where = service or place(server.address)
        reference = remembered(self.probe, where=f"{where}#{self.model.name}")
        return EncoderIdentity(
            model=self.model.name,
            revision=f"{len(reference)} {fingerprint(reference)}",
            pooling="server",
            prompt=prompt,
            precision=f"server {where}",
        )


async def settle(connection: Connection, *, address: str, model: str) -> Settled:
    """Find the model and see how it answers.

    Args:
        connection: To the server.
        address: The server's.
        model: Its name; blank for the first that the server lists.

    Raises:
        UserError: There is no such model (SERVER_NO_MODEL).
        Trouble: With whatever went wrong.
    """
    models = await _listed(connection)
    found = _find(models, model, address=address)
    encoding = Encoding.BASE64
    try:
        answer = await connection.embed([PROBE], model=found.name, encoding=encoding)
    except Trouble as trouble:
        if trouble.kind is Kind.NOT_FOUND and models:
            raise _no_model(model, models, address=address) from None
        if trouble.kind not in {Kind.REFUSED, Kind.FAILING}:
            raise
        encoding = Encoding.FLOAT
        answer = await connection.embed([PROBE], model=found.name, encoding=encoding)
    raw = raw_vectors(answer, n_texts=1)[0]
    has_unit_length = abs(float(np.linalg.norm(raw)) - 1) < _UNIT
    # A server without a list names its model in its answers only.
    names = (found.name, found.origin, answering_model(answer))
    named = tuple(dict.fromkeys(name for name in names if name))
    return Settled(models, found, named, encoding, unit(raw), has_unit_length)


async def _listed(connection: Connection) -> tuple[ServerModel, ...]:
    try:
        return await connection.models()
    except Trouble as trouble:
        if trouble.kind in {Kind.NOT_FOUND, Kind.REFUSED, Kind.NOT_VECTORS}:  # TEI has no list
            return ()
        raise


def _find(models: tuple[ServerModel, ...], wanted: str, *, address: str) -> ServerModel:
    """Return the model that is meant; some servers would answer to any name with the one that they have."""
    if not models:
        # A server without a list serves one model and does not look at the name.
        return ServerModel(wanted or "default")
    if not wanted:
        return models[0]
    for model in models:
        if model.name in {wanted, f"{wanted}:latest"}:  # the latter is Ollama's way to write it
            return model
    raise _no_model(wanted, models, address=address)


def _no_model(wanted: str, models: tuple[ServerModel, ...], *, address: str) -> UserError:
    names = [model.name for model in models]
    return UserError(Problem.SERVER_NO_MODEL, url=address, model=wanted or names[0], models=names)
