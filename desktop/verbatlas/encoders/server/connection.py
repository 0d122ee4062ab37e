"""One server and the three things that are asked of it, by the official client; whatever fails becomes a Trouble."""

import asyncio
import contextlib
import email.utils
import json
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from verbatlas import network_guard
from verbatlas.encoders.server.address import is_loopback
from verbatlas.encoders.server.trouble import Kind, Trouble

if TYPE_CHECKING:
    import openai

MOST_AT_ONCE = 16  # requests
_CONNECT_SECONDS = 5.0


class Encoding(StrEnum):
    """How vectors travel."""

    BASE64 = "base64"  # exact, and a fifth of the size of the other
    FLOAT = "float"


@dataclass(frozen=True, slots=True)
class Server:
    """Whom to ask.

    Attributes:
        address: As ``address.clean`` returns it.
        key: Its API key; never shown and never written down.
    """

    address: str
    key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ServerModel:
    """A model that a server lists.

    Attributes:
        name: By which it is asked for.
        max_tokens: The longest text that it takes, where the server says; SGLang and vLLM do.
        origin: The hub id or folder that it was loaded from, where the server says, as these two do; blank elsewhere.
    """

    name: str
    max_tokens: int | None = None
    origin: str = ""


class Connection:
    """Asks one server, up to MOST_AT_ONCE requests at a time; open it in the event loop that uses it."""

    def __init__(self, server: Server, client: "openai.AsyncOpenAI", *, seconds: float) -> None:
        self._server = server
        self._client = client
        self._seconds = seconds

    async def models(self) -> tuple[ServerModel, ...]:
        """Return the models that the server lists.

        Raises:
            Trouble: With whatever went wrong.
        """
        with _troubles(self._server):
            async with asyncio.timeout(self._seconds):
                answer = await self._client.models.with_raw_response.list()
        return _models(_read(answer.content))

    async def embed(self, texts: Sequence[str], *, model: str, encoding: Encoding) -> object:
        """Return what the server answers, as the values of its JSON.

        Args:
            texts: None of them blank.
            model: Its name at the server.
            encoding: How the vectors shall travel.

        Raises:
            Trouble: With whatever went wrong.
        """
        with _troubles(self._server):
            async with asyncio.timeout(self._seconds):
                answer = await self._client.embeddings.with_raw_response.create(
                    input=list(texts), model=model, encoding_format=encoding.value
                )
        return _read(answer.content)


@contextlib.asynccontextmanager
async def connect(server: Server, *, seconds: float) -> AsyncIterator[Connection]:
    """Open a connection to ``server``; nothing is sent yet.

    Args:
        server: Whom to ask.
        seconds: How long one request may take.

    Raises:
        UserError: Nothing beyond this computer may be reached (OFFLINE).
        Trouble: The key cannot be sent: it has letters that no key has.
    """
    import openai  # noqa: PLC0415 - takes a second or two, and is needed only where a server is asked

    if not (server.key.isascii() and server.key.isprintable()):
        raise Trouble(Kind.KEY)
    http = openai.DefaultAsyncHttpxClient(
        # Another place than the one that was named would be sent the comments.
        follow_redirects=False,
        # A company's proxy does not reach this computer.
        trust_env=not is_loopback(server.address),
        timeout=openai.Timeout(None, connect=_CONNECT_SECONDS),
    )
    # Tries are counted and told by the encoder.
    client = openai.AsyncOpenAI(base_url=server.address, api_key=server.key or "EMPTY", http_client=http, max_retries=0)
    with network_guard.opened(_hosts(server.address)):
        async with http:
            yield Connection(server, client, seconds=seconds)


def _hosts(address: str) -> list[str]:
    """Return the hosts that are connected to: the server's, or that of a proxy on the way to it."""
    host = urlsplit(address).hostname or ""
    if is_loopback(address):
        return [host]
    return [host, *(urlsplit(proxy).hostname or "" for proxy in urllib.request.getproxies().values())]


@contextlib.contextmanager
def _troubles(server: Server) -> Iterator[None]:
    """Turn what the client raises into a Trouble, without the key that a server may repeat."""
    import httpx2  # noqa: PLC0415 - what the client speaks HTTP with
    import openai  # noqa: PLC0415

    try:
        yield
    except TimeoutError:
        raise Trouble(Kind.SLOW) from None
    except openai.APIConnectionError as error:
        cause = error.__cause__
        is_absent = isinstance(cause, (httpx2.ConnectError, httpx2.ConnectTimeout))
        raise Trouble(Kind.ABSENT if is_absent else Kind.LOST, str(cause or error)) from None
    except openai.APIStatusError as error:
        words = _words(error).replace(server.key, "…") if server.key else _words(error)
        raise Trouble(_kind(error.status_code), words, retry_after=_retry_after(error.response.headers)) from None
    except httpx2.HTTPError as error:  # while the body of an answer is read
        raise Trouble(Kind.LOST, str(error)) from None


def _kind(status: int) -> Kind:
    if status in {401, 403}:
        return Kind.KEY
    if status == 404:
        return Kind.NOT_FOUND
    if status == 429:
        return Kind.BUSY
    if status in {408, 504}:
        return Kind.SLOW
    return Kind.FAILING if status >= 500 else Kind.REFUSED


def _words(error: "openai.APIStatusError") -> str:
    """Return what the server says for itself: each has another place for it."""
    said: object = error.body if error.body is not None else error.response.text
    for _ in range(4):
        if isinstance(said, Mapping):
            said = next((said[name] for name in ("message", "msg", "error", "detail") if said.get(name)), str(said))
        elif isinstance(said, list) and said:
            said = said[0]
        else:
            break
    if location := error.response.headers.get("location"):
        said = f"{error.status_code} → {location}"
    return str(said) or f"HTTP {error.status_code}"


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that the server asks to wait, written as a number or as a date."""
    said = headers.get("retry-after", "")
    try:
        return max(0.0, float(said))
    except ValueError:
        pass
    try:
        return max(0.0, email.utils.parsedate_to_datetime(said).timestamp() - time.time())
    except ValueError:
        return None


def _read(content: bytes) -> object:
    try:
        answer: object = json.loads(content)
    except ValueError:
        raise Trouble(Kind.NOT_VECTORS, content[:2_000].decode("utf-8", "replace")) from None
    return answer


def _models(answer: object) -> tuple[ServerModel, ...]:
    listed = answer.get("data") if isinstance(answer, dict) else None
    if not isinstance(listed, list):
        return ()
    found = [entry for entry in listed if isinstance(entry, dict) and isinstance(entry.get("id"), str)]
    return tuple(
        ServerModel(entry["id"], _positive(entry.get("max_model_len")), _text(entry.get("root"))) for entry in found
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _positive(value: object) -> int | None:
    return value if isinstance(value, int) and value > 0 else None
