"""A wall around every process of ours: no connection leaves this computer unless the analyst asked for it.

It stands at Python's own events (``sys.addaudithook``), so that no library can go round it by another module: a name is
not looked up and a socket is not connected unless the way to that host is open just now. Connections on this computer
pass. It cannot see what a native library sends past Python (those that could are told not to, in
``encoders/telemetry.py``), and a socket that is given a name instead of an address asks for that name's address before
it is refused.

The offline switch (``shared_settings.py``) is asked each time, so it holds in a process that runs when it is turned:
nothing new is let out, and while a way is open a thread looks at the switch and breaks off what is connected already.
"""

import contextlib
import functools
import ipaddress
import os
import socket
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from verbatlas.errors import Problem, UserError
from verbatlas.open_sockets import OpenSockets
from verbatlas.progress import Cancelled
from verbatlas.shared_settings import shared_settings

# Processes that a guarded one starts find it set, and are guarded from their first import of this package on.
VARIABLE = "VERBATLAS_NETWORK_GUARD"
_OFFLINE_VARIABLES = ("VERBATLAS_OFFLINE", "HF_HUB_OFFLINE")
_NAME_EVENTS = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
_ADDRESS_EVENTS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
# What servers print as the address where they listen; from here it leads to this computer.
_EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - recognised, not listened on
_INTERNET = frozenset({socket.AF_INET, socket.AF_INET6})
_THIS_COMPUTER = frozenset(getattr(socket, name) for name in ("AF_UNIX", "AF_NETLINK") if hasattr(socket, name))
_GLANCE = 0.1  # seconds between two looks at the switch


class NetworkRefused(PermissionError):  # noqa: N818 - what happened, as with Cancelled
    """A connection was tried that nobody had asked for.

    Attributes:
        host: Where it should have gone.
    """

    def __init__(self, host: str) -> None:
        super().__init__(f"no connection to {host}: nobody asked for one")
        self.host = host


class _Wall:
    """Which ways are open in this process; closed ones stay closed whatever a library does."""

    def __init__(self) -> None:
        self.is_installed = False
        self.heeds_switch = True
        self.sockets = OpenSockets(is_outside=lambda host: not is_this_computer(host))
        self._lock = threading.RLock()  # the end of a forgotten request may come in the middle of anything
        self._hosts: Counter[str] = Counter()
        self._addresses: frozenset[str] = frozenset()
        self._follower: threading.Thread | None = None

    def open(self, host: str) -> None:
        with self._lock:
            self._hosts[host] += 1
            # Only while it matters: a process that reaches nothing has no thread for it.
            if not is_this_computer(host) and (self._follower is None or not self._follower.is_alive()):
                self._follower = threading.Thread(target=self._follow_switch, name="offline switch", daemon=True)
                self._follower.start()

    def close(self, hosts: Iterable[str]) -> None:
        with self._lock:
            self._hosts.subtract(hosts)
            self._hosts = +self._hosts
            if not self._hosts:
                self._addresses = frozenset()

    def note(self, host: str, addresses: Iterable[str]) -> None:
        """Remember what an open host's name was found to mean."""
        if host in self._hosts:
            with self._lock:
                self._addresses |= frozenset(addresses)

    def is_open(self, host: str) -> bool:
        return (host in self._hosts or host in self._addresses) and not is_offline()

    def open_outside(self) -> str:
        """Return the first host beyond this computer to which a way is open; blank if there is none."""
        with self._lock:
            return next((host for host in self._hosts if not is_this_computer(host)), "")

    def _follow_switch(self) -> None:
        """Break off what leaves this computer when it is to stay offline, as long as anything leaves it."""
        while True:
            if is_offline():
                self.sockets.break_off()
            leads_outside = bool(self.sockets.outside())
            with self._lock:
                if not (leads_outside or any(not is_this_computer(host) for host in self._hosts)):
                    self._follower = None
                    return
            time.sleep(_GLANCE)


_wall = _Wall()


def install() -> None:
    """Raise the wall in this process, for good, and in those that it will start. A second call changes nothing."""
    if _wall.is_installed:
        return
    _wall.is_installed = True
    os.environ[VARIABLE] = "1"
    # The event of a lookup tells the name and not what was found, which is what a socket is connected to.
    socket.getaddrinfo = _noting(socket.getaddrinfo)
    sys.addaudithook(_watch)


def is_offline() -> bool:
    """Return whether nothing may be asked for at this moment: by the environment, or by the switch in the settings."""
    if any(is_yes(os.environ.get(name, "")) for name in _OFFLINE_VARIABLES):
        return True
    return _wall.heeds_switch and shared_settings().is_offline


def is_yes(value: str) -> bool:
    """Return whether the value of an environment variable switches something on."""
    return value.strip().casefold() in {"1", "on", "yes", "true"}


def ignore_switch() -> None:
    """Let this process ask although the switch in the settings says no: whoever started it said so."""
    _wall.heeds_switch = False


def stop_if_offline() -> None:
    """Go on only if this process does not reach beyond this computer, or still may.

    Whoever waits for the network calls this again and again.

    Raises:
        UserError: It has been switched to stay offline since it began (WENT_OFFLINE).
    """
    host = _wall.open_outside()
    if host and is_offline():
        raise UserError(Problem.WENT_OFFLINE, host=host)


class Opening:
    """The ways that one request of the analyst's holds open."""

    def __init__(self) -> None:
        self._hosts: list[str] = []
        self._is_closed = False

    def also(self, host: str) -> None:
        """Open the way to ``host`` too, to which one of the others sends us; nothing once the request is over."""
        # This computer needs no way; and a name of it that somebody's server says is elsewhere must not get one.
        if not self._is_closed and not is_this_computer(host):
            self._hosts.append(_plain(host))
            _wall.open(self._hosts[-1])

    def close(self) -> None:
        """Close them again, for good."""
        self._is_closed = True
        _wall.close(self._hosts)


@contextlib.contextmanager
def opened(hosts: Iterable[str]) -> Iterator[Opening]:
    """Open the ways to ``hosts`` (names or addresses) while a request runs that the analyst made.

    Raises:
        UserError: This process is to stay offline and a host is not this computer (OFFLINE), or it was switched so
            while the request ran, which then failed for that (WENT_OFFLINE).
    """
    opening = Opening()
    try:
        for host in hosts:
            if is_offline() and not is_this_computer(host):
                raise UserError(Problem.OFFLINE, host=host)
            opening.also(host)
        yield opening
    except (UserError, Cancelled):
        raise
    except Exception:
        stop_if_offline()  # the reason, whatever a library makes of a connection that is broken off
        raise
    finally:
        opening.close()


def is_this_computer(host: str) -> bool:
    """Return whether ``host`` (a name or an address) never leaves this computer."""
    plain = _plain(host)
    if plain == "localhost" or plain.endswith(".localhost") or plain in _EVERYWHERE:
        return True
    address = _address(plain)
    mapped = getattr(address, "ipv4_mapped", None)
    return address is not None and (mapped or address).is_loopback


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.__new__":
        _wall.sockets.note(arguments[0])
    elif event in _NAME_EVENTS:
        _watch_name(arguments[0])
    elif event in _ADDRESS_EVENTS:
        _watch_address(arguments[0], arguments[1])


def _watch_name(name: str | bytes | bytearray | None) -> None:
    host = _plain(name)
    # Looking up an address, or nothing (this computer), sends nothing.
    if host and _address(host) is None and not (is_this_computer(host) or _wall.is_open(host)):
        raise NetworkRefused(host)


def _watch_address(connection: socket.socket, address: Any) -> None:
    if address is None or connection.family in _THIS_COMPUTER:
        return
    if connection.family not in _INTERNET or not isinstance(address, tuple) or not address:
        raise NetworkRefused(str(address))
    host = _plain(address[0])
    if is_this_computer(host):
        return
    if not _wall.is_open(host):
        raise NetworkRefused(host)
    _wall.sockets.note_connecting(connection)


def _noting(look_up: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(look_up)
    def look_up_and_note(host: Any, *arguments: Any, **options: Any) -> Any:
        found = look_up(host, *arguments, **options)
        _wall.note(_plain(host), (_plain(one[4][0]) for one in found))
        return found

    return look_up_and_note


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _plain(host: str | bytes | bytearray | None) -> str:
    """Return a host as it is compared: small letters, no zone of an address, no dot at the end."""
    text = host.decode("ascii", "replace") if isinstance(host, (bytes, bytearray)) else str(host or "")
    return text.partition("%")[0].strip("[]").rstrip(".").casefold()
