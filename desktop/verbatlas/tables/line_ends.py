r"""Line ends that were written twice: where text with ``\r\n`` is written by what makes that of every ``\n``."""

from collections.abc import Iterator

TWICE, _ONCE = "\r\r\n", "\r\n"


def text_with_ends_once(text: str) -> str:
    r"""Return ``text`` with every ``\r\r\n`` made ``\r\n``."""
    return text.replace(TWICE, _ONCE)


def ends_once(pieces: Iterator[bytes]) -> Iterator[bytes]:
    r"""Yield ``pieces`` of UTF-8 with every ``\r\r\n`` made ``\r\n``, also where it is cut between two."""
    held = b""
    for piece in pieces:
        whole = held + piece
        end = len(whole.rstrip(b"\r"))
        held = whole[end:]
        if end:
            yield whole[:end].replace(TWICE.encode(), _ONCE.encode())
    if held:
        yield held
