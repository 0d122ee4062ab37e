"""Addresses of servers: what a person types, made one way of writing it, and whether text would leave this computer."""

from urllib.parse import urlsplit

from verbatlas import network_guard
from verbatlas.errors import Problem, UserError

DEFAULT_ADDRESS = "http://localhost:30000/v1"  # where SGLang listens


def clean(address: str) -> str:
    """Return ``address`` without what makes no difference: spaces, a slash at the end, capitals of the host.

    Raises:
        UserError: It is no address of a server, or has a user, a password or a query in it, which would end up in
            studies and logs (SERVER_ADDRESS).
    """
    typed = address.strip()
    with_scheme = typed if "://" in typed else f"http://{typed}"
    try:
        parts = urlsplit(with_scheme)
        is_good = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number
        is_good = False
    if not is_good or parts.username is not None or parts.query or parts.fragment or " " in typed:
        raise UserError(Problem.SERVER_ADDRESS, url=without_secrets(typed))
    return f"{parts.scheme}://{parts.netloc.lower()}{parts.path.rstrip('/')}"


def without_secrets(address: str) -> str:
    """Return ``address`` as it may be shown: without user, password and query."""
    scheme, separator, rest = address.rpartition("://")
    place, slash, path = rest.partition("/")
    return f"{scheme}{separator}{place.rpartition('@')[2]}{slash}{path.partition('?')[0]}"


def is_loopback(address: str) -> bool:
    """Return whether what is sent to ``address`` stays on this computer; no name is looked up."""
    return network_guard.is_this_computer(_host(address))


def place(address: str) -> str:
    """Return host, port and path, by which servers are told apart; every name of this computer is ``localhost``."""
    parts = urlsplit(clean(address))
    host = "localhost" if is_loopback(address) else _host(address)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return f"{host}:{port}{parts.path}"


def _host(address: str) -> str:
    return (urlsplit(clean(address)).hostname or "").rstrip(".")
