"""Sockets that lead out of this computer are found and broken off; all others go on."""

import gc
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from verbatlas.network_guard import opened
from verbatlas.open_sockets import OpenSockets


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def connected(stack: ExitStack, host: str) -> tuple[socket.socket, socket.socket]:
    server = stack.enter_context(socket.create_server((host, 0)))
    here = stack.enter_context(socket.create_connection(server.getsockname(), timeout=30))
    return here, stack.enter_context(server.accept()[0])


def test_only_what_leads_outside_is_broken_off(stack: ExitStack, own_address: str) -> None:
    sockets = OpenSockets(is_outside=lambda host: host == own_address)
    stack.enter_context(opened([own_address]))  # the guard may have been put up by another test
    (out, far), (near, far_near) = connected(stack, own_address), connected(stack, "127.0.0.1")
    unconnected = stack.enter_context(socket.socket())
    for one in (out, near, unconnected):
        sockets.note(one)
    heard: list[bytes] = []
    listener = threading.Thread(target=lambda: heard.append(out.recv(1)))
    listener.start()

    assert sockets.outside() == [out]
    sockets.break_off()

    listener.join(10)
    assert heard == [b""]
    assert far.recv(1) == b""
    assert sockets.outside() == []
    near.sendall(b"x")
    assert far_near.recv(1) == b"x"


def test_one_that_is_still_on_its_way_counts(stack: ExitStack) -> None:
    sockets = OpenSockets(is_outside=lambda host: False)
    begun = stack.enter_context(socket.socket())
    sockets.note(begun)
    sockets.note_connecting(begun)
    assert sockets.outside() == [begun]
    begun.close()
    assert sockets.outside() == []


def test_nothing_is_kept_open_by_being_known() -> None:
    sockets = OpenSockets(is_outside=lambda host: True)
    one, other = socket.socketpair()
    sockets.note(one)
    with one, other:
        pass
    del one
    gc.collect()
    assert sockets.outside() == []
