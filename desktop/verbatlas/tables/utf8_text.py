"""The text of a file as UTF-8, a piece at a time, whatever encoding the file is in."""

import codecs
from collections.abc import Iterator
from typing import IO

import numpy as np

_BLOCK = 256 * 1024  # bytes: what is made of it stays in the processor's cache


def utf8_pieces(file: IO[bytes], encoding: str, *, byte_order_mark: bool, replaces: bool) -> Iterator[bytes]:
    """Yield the text of ``file``; a character may be cut between two pieces.

    Args:
        file: Opened at its beginning.
        encoding: Python's name of the codec.
        byte_order_mark: Whether the first character is no part of the text.
        replaces: Whether invalid bytes become U+FFFD.

    Raises:
        UnicodeDecodeError: The bytes are invalid in ``encoding``, and ``replaces`` is not set.
        OSError: The file cannot be read.
    """
    decoder = codecs.getincrementaldecoder(encoding)("replace" if replaces else "strict")
    is_utf8 = codecs.lookup(encoding).name == "utf-8" and not replaces
    skipped = not byte_order_mark
    while True:
        block = file.read(_BLOCK)
        if is_utf8 and skipped:
            _check(decoder, block)
            piece = block
        else:
            text = decoder.decode(block, final=not block)
            piece = (text if skipped else text[1:]).encode()
            if is_utf8 and text:
                piece += decoder.getstate()[0]  # of a cut character; the bytes from here on are as they are
            skipped = skipped or bool(text)
        if piece:
            yield piece
        if not block:
            return


def _check(decoder: codecs.IncrementalDecoder, block: bytes) -> None:
    """Refuse what is invalid; the text itself is not needed.

    Every run of bytes beyond ASCII is valid or not on its own. Where they are rare, only they are decoded, each with
    the ASCII byte behind it: with one emoji in it Python would make four bytes of every character of the block.
    """
    if block:
        if block.isascii() and not decoder.getstate()[0]:
            return
        codes = np.frombuffer(block, np.int8)
        is_kept = codes < 0
        if np.count_nonzero(is_kept) < len(block) // 4:
            is_kept[1:] |= is_kept[:-1]
            is_kept[0] = True  # it may be behind a character that the block before began
            block = codes[is_kept].tobytes()
        decoder.decode(block)
    else:
        decoder.decode(b"", final=True)
