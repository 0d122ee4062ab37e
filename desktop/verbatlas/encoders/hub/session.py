"""One visit to the hub: the way there is open, the client is ours, and every failure has a sentence."""

import contextlib
import errno
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from verbatlas import network_guard
from verbatlas.encoders.hub.network import HUB, Network
from verbatlas.encoders.hub.watch import Watch
from verbatlas.encoders.telemetry import forbid_telemetry
from verbatlas.errors import Problem, UserError

if TYPE_CHECKING:
    import httpx2
    from huggingface_hub import HfApi

_ASK_AGAIN = frozenset({408, 429, 500, 502, 503, 504})
_NOT_ALLOWED = frozenset({401, 403})
_PROXY_WANTS_PASSWORD = 407
_LONGEST_PAUSE = 30.0  # seconds
_DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the hub is waited for.

    Attributes:
        connect: Seconds for a connection.
        read: Seconds without a single byte.
        tries: How often something is tried that brings nothing.
        pause: Seconds before the second try; each next pause is twice as long.
    """

    connect: float = 10.0
    read: float = 20.0
    tries: int = 4
    pause: float = 1.0


@dataclass(frozen=True, slots=True)
class Session:
    """An open way to the hub.

    Attributes:
        api: The hub's own client library.
        network: The way.
        patience: How long to wait.
    """

    api: "HfApi"
    network: Network
    patience: Patience

    @property
    def client(self) -> "httpx2.Client":
        """The HTTP client that the library uses."""
        from huggingface_hub import get_session  # noqa: PLC0415 - heavy

        return get_session()


@contextlib.contextmanager
def session(network: Network, patience: Patience) -> Iterator[Session]:
    """Open the way to the hub, and to where it sends us for files, until the end of the block.

    Raises:
        UserError: Verbatlas is to work offline (OFFLINE), or has been switched so meanwhile (WENT_OFFLINE).
    """
    if network.offline:
        raise UserError(Problem.OFFLINE, host=network.host)
    forbid_telemetry()
    import httpx2  # noqa: PLC0415 - heavy, and not for the window's process
    from huggingface_hub import HfApi, close_session, constants, set_client_factory  # noqa: PLC0415

    constants.HF_HUB_DISABLE_TELEMETRY = True  # also where something imported the library before
    with network_guard.opened([network.first_hop]) as opening:

        def follow(response: httpx2.Response) -> None:
            if response.has_redirect_location and not network.proxy:
                opening.also(response.url.join(response.headers["location"]).host)

        def new_client() -> httpx2.Client:
            return httpx2.Client(
                verify=httpx2.create_ssl_context(),
                trust_env=False,
                proxy=network.proxy or None,
                timeout=httpx2.Timeout(patience.read, connect=patience.connect),
                follow_redirects=True,
                event_hooks={"response": [follow]},
            )

        set_client_factory(new_client)
        # A key that the person keeps for the hub is shown to nobody else, and so to no mirror.
        token = None if network.endpoint == HUB else False
        api = HfApi(endpoint=network.endpoint, token=token, library_name="verbatlas")
        try:
            yield Session(api, network, patience)
        finally:
            close_session()


def asked(call: Callable[[], Result], *, visit: Session, watch: Watch) -> Result:
    """Return what the hub answers, asking again with growing pauses while it is in trouble.

    A hub that cannot be connected to is not asked again: at the beginning that is no passing trouble.

    Raises:
        HfHubHTTPError: It refuses.
        TransportError: It does not answer.
        Cancelled: The answer is no longer wanted.
    """
    tries = 0
    while True:
        watch.check()
        try:
            return call()
        except Exception as error:
            tries += 1
            if tries >= visit.patience.tries or not is_passing(error) or _is_refused_connection(error):
                raise
            watch.wait(pause_before(tries, visit.patience, error))


def is_passing(error: BaseException) -> bool:
    """Return whether what failed may work if tried again."""
    import httpx2  # noqa: PLC0415 - heavy

    if _refusal(error) is not None or _is_distrust(error) or isinstance(error, httpx2.ProxyError):
        return False
    if isinstance(error, httpx2.HTTPStatusError) or hasattr(error, "response"):
        return _status(error) in _ASK_AGAIN
    return isinstance(error, httpx2.TransportError)


def pause_before(tries: int, patience: Patience, error: BaseException | None) -> float:
    """Return the seconds to wait before the next of ``tries``: as long as the hub asks for, or ever longer."""
    wished = str(getattr(getattr(error, "response", None), "headers", {}).get("Retry-After", ""))
    growing: float = patience.pause * 2 ** (tries - 1)
    return min(_LONGEST_PAUSE, max(growing, float(wished) if wished.isdigit() else 0.0))


@contextlib.contextmanager
def told(model: str, network: Network, folder: Path) -> Iterator[None]:
    """Turn what goes wrong with the hub or the disk into what a person can be told.

    Raises:
        UserError: With the sentence's values.
    """
    import httpx2  # noqa: PLC0415 - heavy
    from huggingface_hub.errors import GatedRepoError, HfHubHTTPError, RepositoryNotFoundError  # noqa: PLC0415

    try:
        yield
    except GatedRepoError as error:
        raise UserError(Problem.MODEL_GATED, model=model, host=network.host) from error
    except RepositoryNotFoundError as error:  # the hub says 401 also of what is not there
        raise UserError(Problem.MODEL_UNKNOWN_TO_HUB, model=model, host=network.host) from error
    except HfHubHTTPError as error:
        raise _of_status(_status(error), model, network) from error
    except httpx2.ProxyError as error:
        raise UserError(Problem.PROXY_FAILING, host=network.first_hop) from error
    except httpx2.TransportError as error:
        raise _of_transport(error, network) from error
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise UserError(Problem.HUB_FAILING, host=network.host, status=type(error).__name__) from error
    except OSError as error:
        if error.errno in _DISK_FULL:
            raise UserError(Problem.DISK_FULL, path=folder) from error
        raise UserError(Problem.OUTPUT_UNWRITABLE, path=folder, reason=error.strerror or str(error)) from error


def _of_status(status: int, model: str, network: Network) -> UserError:
    if status == _PROXY_WANTS_PASSWORD:
        return UserError(Problem.PROXY_FAILING, host=network.first_hop)
    if status in _NOT_ALLOWED:
        return UserError(Problem.MODEL_GATED, model=model, host=network.host)
    if 400 <= status < 500 and status not in _ASK_AGAIN:
        return UserError(Problem.MODEL_UNKNOWN_TO_HUB, model=model, host=network.host)
    return UserError(Problem.HUB_FAILING, host=network.host, status=status)


def _of_transport(error: BaseException, network: Network) -> UserError:
    if _is_distrust(error):
        return UserError(Problem.HUB_UNTRUSTED, host=network.host)
    if network.proxy and _is_refused_connection(error):
        return UserError(Problem.PROXY_FAILING, host=network.first_hop)
    return UserError(Problem.HUB_UNREACHABLE, host=network.host)


def _status(error: BaseException) -> int:
    return int(getattr(getattr(error, "response", None), "status_code", 0))


def _refusal(error: BaseException) -> network_guard.NetworkRefused | None:
    return next((one for one in _chain(error) if isinstance(one, network_guard.NetworkRefused)), None)


def _is_distrust(error: BaseException) -> bool:
    return any(isinstance(one, ssl.SSLCertVerificationError) for one in _chain(error))


def _is_refused_connection(error: BaseException) -> bool:
    import httpx2  # noqa: PLC0415 - heavy

    return isinstance(error, (httpx2.ConnectError, httpx2.ConnectTimeout))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
