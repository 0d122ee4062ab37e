"""What a process that a guarded one starts does: it imports something of ours, and tries to get out."""

import socket

from verbatlas.errors import Problem  # any import of ours is enough

OUTSIDE = "192.0.2.1"  # set aside for documents: nobody has it (RFC 5737)


def try_outside(address: tuple[str, int] = (OUTSIDE, 80)) -> str:
    """Connect and return how that ended, by the name of the exception."""
    assert Problem.OFFLINE
    with socket.socket() as connection:
        connection.settimeout(5)
        try:
            connection.connect(address)
        except OSError as error:
            return type(error).__name__
    return "connected"


def leave_note(path: str) -> None:
    """Write how trying ended into a file."""
    with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123 - as few modules as possible
        file.write(try_outside())
