"""The Test button: whether a server answers, with what, and how fast."""

import time
from dataclasses import dataclass

from verbatlas.encoders.server import hearing
from verbatlas.encoders.server.address import clean
from verbatlas.encoders.server.connection import Encoding, Server, connect
from verbatlas.encoders.server.conversation import settle
from verbatlas.encoders.server.fingerprint import PROBE
from verbatlas.encoders.server.keys import find_key
from verbatlas.encoders.server.trouble import Trouble
from verbatlas.progress import Report, no_report

_SECONDS = 30.0  # for one request: whoever presses a button waits for it


@dataclass(frozen=True, slots=True)
class ServerCheck:
    """What a server has shown of itself.

    Attributes:
        address: As it will be kept.
        models: The names of all that it lists; none where it has no list.
        model: The one that answered.
        max_tokens: The longest text that it takes, where the server says.
        n_dimensions: How long its vectors are.
        round_trip_ms: Milliseconds for one short text, there and back.
        has_unit_length: Whether vectors arrive with unit length; they are made so in any case.
        has_base64: Whether vectors travel in base64, exactly and in little space.
    """

    address: str
    models: tuple[str, ...]
    model: str
    max_tokens: int | None
    n_dimensions: int
    round_trip_ms: float
    has_unit_length: bool
    has_base64: bool


def check(address: str, model: str = "", *, key: str | None = None, report: Report = no_report) -> ServerCheck:
    """Ask the server for its models and for a vector, twice, and return what came.

    Nothing is tried again: whoever presses a button wants to know how things are now.

    Args:
        address: The server's.
        model: Its name at the server; blank for the first that the server lists.
        key: The API key; None for the one in the keyring or the environment.
        report: Asked ten times a second whether the answer is still wanted.

    Raises:
        UserError: What is wrong with the server: a Problem that begins with SERVER.
        Cancelled: The reporter no longer wants the answer.
    """
    server = _server(address, key)

    async def work() -> ServerCheck:
        async with connect(server, seconds=_SECONDS) as connection:
            settled = await settle(connection, address=server.address, model=model)
            began = time.monotonic()  # the first answer may have waited for the model to warm up
            await connection.embed([PROBE], model=settled.model.name, encoding=settled.encoding)
            return ServerCheck(
                address=server.address,
                models=tuple(listed.name for listed in settled.models),
                model=settled.model.name,
                max_tokens=settled.model.max_tokens,
                n_dimensions=len(settled.probe),
                round_trip_ms=1000 * (time.monotonic() - began),
                has_unit_length=settled.has_unit_length,
                has_base64=settled.encoding is Encoding.BASE64,
            )

    try:
        return hearing.run(work(), hear=lambda: report(0, 1))
    except Trouble as trouble:
        raise trouble.as_error(server.address) from None


def _server(address: str, key: str | None) -> Server:
    cleaned = clean(address)
    return Server(cleaned, find_key(cleaned) if key is None else key)
