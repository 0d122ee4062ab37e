"""The sockets of this process: those that reach beyond this computer can be broken off while others use them."""

import contextlib
import socket
import threading
import weakref
from collections.abc import Callable

_INTERNET = frozenset({socket.AF_INET, socket.AF_INET6})


class OpenSockets:
    """Knows every socket that was made since, without keeping any open.

    Args:
        is_outside: Whether a host, as a socket's address has it, lies beyond this computer.
    """

    def __init__(self, *, is_outside: Callable[[str], bool]) -> None:
        self._is_outside = is_outside
        # Held by whoever makes a socket, which a collection of garbage may do while it is held already.
        self._lock = threading.RLock()
        self._made: weakref.WeakSet[socket.socket] = weakref.WeakSet()
        self._connecting: weakref.WeakSet[socket.socket] = weakref.WeakSet()

    def note(self, made: socket.socket) -> None:
        """Remember a socket that is being made: also those that a library makes of another, as for encryption."""
        with self._lock, contextlib.suppress(TypeError):  # of the bare kind, which nothing can be hung on
            self._made.add(made)

    def note_connecting(self, begun: socket.socket) -> None:
        """Remember that a socket is on its way beyond this computer, where it has no peer yet."""
        with self._lock, contextlib.suppress(TypeError):
            self._connecting.add(begun)

    def outside(self) -> list[socket.socket]:
        """Return the sockets that are connected to a host beyond this computer, or on their way to one."""
        with self._lock:
            made, connecting = list(self._made), set(self._connecting)
        return [one for one in made if one.fileno() >= 0 and (one in connecting or self._leads_outside(one))]

    def break_off(self) -> None:
        """End what :meth:`outside` returns: whoever reads there finds the end, and whoever writes there fails."""
        for one in self.outside():
            with contextlib.suppress(OSError):  # too early or too late for it: the next time
                # Not its own method, which in an encrypted one would first forget the encryption.
                socket.socket.shutdown(one, socket.SHUT_RDWR)
                with self._lock:
                    self._made.discard(one)
                    self._connecting.discard(one)

    def _leads_outside(self, one: socket.socket) -> bool:
        if one.family not in _INTERNET:
            return False
        try:
            return self._is_outside(one.getpeername()[0])
        except OSError:  # not connected, or closed meanwhile
            return False
