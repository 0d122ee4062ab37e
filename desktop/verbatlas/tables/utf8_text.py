"""The text of a file as UTF-8, a piece at a time, whatever encoding the file is in."""

import codecs
import itertools
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from typing import IO

from verbatlas.tables.threads import Threads
from verbatlas.tables.utf8_check import refuse_invalid

_BLOCK = 4 * 1024 * 1024  # bytes
_DECODED_AT_ONCE = 256 * 1024  # bytes: so long other threads wait
_BLOCKS_AHEAD = 4
_FIRST_AHEAD = 24  # as much as is read while the encoding is found out
_LONGEST_CHARACTER = 4


def utf8_pieces(
    blocks: Iterator[bytes], encoding: str, *, byte_order_mark: bool, replaces: bool, threads: Threads | None = None
) -> Iterator[bytes]:
    """Yield a text in UTF-8; a character may be cut between two pieces.

    Args:
        blocks: The bytes of the text, as of ``blocks_of``.
        encoding: Python's name of the codec.
        byte_order_mark: Whether the text begins with one, which is no part of it.
        replaces: Whether invalid bytes become U+FFFD.
        threads: Where UTF-8 is checked; here if not given.

    Raises:
        UnicodeDecodeError: The bytes are invalid in ``encoding``, and ``replaces`` is not set.
        OSError: The file cannot be read.
    """
    if codecs.lookup(encoding).name == "utf-8" and not replaces:
        yield from _checked(
            without_marks(blocks, 1) if byte_order_mark else blocks, None if threads is None else threads.beside
        )
        return
    decoder = codecs.getincrementaldecoder(encoding)("replace" if replaces else "strict")
    skipped = not byte_order_mark
    for block in itertools.chain(blocks, [b""]):
        parts = []
        for begin in range(0, max(len(block), 1), _DECODED_AT_ONCE):
            text = decoder.decode(block[begin : begin + _DECODED_AT_ONCE], final=not block)
            parts.append((text if skipped else text.removeprefix("\ufeff")).encode())
            skipped = skipped or bool(text)
        if piece := b"".join(parts):
            yield piece


def blocks_of(file: IO[bytes], threads: Threads | None = None) -> Iterator[bytes]:
    """Return the bytes of ``file`` block by block; with threads the first of them are read from now on.

    Args:
        file: Opened at its beginning.
        threads: Where it is read ahead of whoever takes the blocks; here if not given.
    """
    if threads is None:
        return iter(lambda: file.read(_BLOCK), b"")
    return _read_ahead(file, threads.ahead, deque(threads.ahead.submit(file.read, _BLOCK) for _ in range(_FIRST_AHEAD)))


def _read_ahead(file: IO[bytes], thread: Executor, waiting: "deque[Future[bytes]]") -> Iterator[bytes]:
    while block := waiting.popleft().result():
        if len(waiting) < _BLOCKS_AHEAD:
            waiting.append(thread.submit(file.read, _BLOCK))
        yield block


def without_marks(pieces: Iterator[bytes], count: int) -> Iterator[bytes]:
    """Yield ``pieces`` of UTF-8 without up to ``count`` byte order marks that they begin with."""
    held = b""
    for piece in itertools.chain(pieces, [b""]):
        held += piece
        if len(held) >= count * len(codecs.BOM_UTF8) or not piece:
            for _mark in range(count):
                held = held.removeprefix(codecs.BOM_UTF8)
            yield held
            yield from pieces
            return


def _checked(blocks: Iterator[bytes], threads: Executor | None) -> Iterator[bytes]:
    """Yield ``blocks`` of UTF-8 when they are known to be valid.

    What is whole within a block is checked apart from the others, and the characters between two blocks one by one.
    """
    between = codecs.getincrementaldecoder("utf-8")()
    waiting: deque[tuple[bytes, Future[None]]] = deque()
    for block in filter(None, blocks):
        begin, end = _whole_characters(block)
        between.decode(block[:begin], final=begin < len(block))
        between.decode(block[end:])
        if threads is None:
            refuse_invalid(block, begin, end)
            yield block
            continue
        waiting.append((block, threads.submit(refuse_invalid, block, begin, end)))
        if len(waiting) > _BLOCKS_AHEAD:
            yield _when_valid(*waiting.popleft())
    while waiting:
        yield _when_valid(*waiting.popleft())
    between.decode(b"", final=True)


def _when_valid(block: bytes, check: Future[None]) -> bytes:
    check.result()
    return block


def _whole_characters(block: bytes) -> tuple[int, int]:
    """Return where the first character of ``block`` begins that may be whole, and where the last such one ends."""
    most = min(_LONGEST_CHARACTER - 1, len(block))
    begin = next((at for at in range(most) if not 0x80 <= block[at] < 0xC0), most)
    for size in range(1, min(most, len(block) - begin) + 1):
        if block[-size] >= 0xC0:
            return begin, len(block) - size * (_length(block[-size]) > size)
    return begin, len(block)


def _length(first: int) -> int:
    """Return how many bytes the character has that begins with ``first``."""
    return 1 + (first >= 0xC0) + (first >= 0xE0) + (first >= 0xF0)
