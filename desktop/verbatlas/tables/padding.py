"""Leave out what stands behind the last line of a text: zeros where its end was lost, and the end of a DOS file."""

import io
import os
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Literal

from verbatlas.tables.encoding import detect_mark
from verbatlas.tables.source import Source
from verbatlas.tables.wide_encoding import unit_bytes, wide_encoding

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_PADDING = b"\x00\x1a"
_AT_ONCE = 64 * 1024


def without_padding(source: Source) -> tuple[Source, int]:
    """Return the text of ``source`` and how many bytes follow it; a file of nothing else is left as it is.

    Raises:
        OSError: It cannot be read.
    """
    size = source.stat().st_size
    with source.open("rb") as file:
        end = _last_of_text(file, size)
        if end in {0, size}:
            return source, 0
        file.seek(0)
        head = file.read(min(_AT_ONCE, end))
    mark = detect_mark(head)
    unit = unit_bytes(mark.name if mark else wide_encoding(head))
    end = min(size, end + -end % unit)  # half of a unit may be zeros of its own
    return (source, 0) if end == size else (Beginning(source, end), size - end)


def _last_of_text(file: IO[bytes], size: int) -> int:
    end = size
    while end > 0:
        begin = max(0, end - _AT_ONCE)
        file.seek(begin)
        kept = len(file.read(end - begin).rstrip(_PADDING))
        if kept:
            return begin + kept
        end = begin
    return 0


@dataclass(frozen=True, slots=True)
class Beginning:
    """The first bytes of a source, which is one too.

    Attributes:
        source: All of it.
        size: How many bytes.
    """

    source: Source
    size: int

    @property
    def suffix(self) -> str:
        """What its name ends with."""
        return self.source.suffix

    def open(self, mode: Literal["rb"]) -> IO[bytes]:
        """Open the bytes for reading, from the first on."""
        return io.BufferedReader(_Limited(self.source.open(mode), self.size))

    def stat(self) -> os.stat_result:
        """Return how large it is."""
        return os.stat_result((0o100444, 0, 0, 1, 0, 0, self.size, 0, 0, 0))

    def read_bytes(self) -> bytes:
        """Return all of it."""
        with self.source.open("rb") as file:
            return file.read(self.size)


class _Limited(io.RawIOBase):
    """The first bytes of a file."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        self._file, self._size = file, size

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        if whence == os.SEEK_END:
            return self._file.seek(self._size + offset)
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def readinto(self, buffer: "WriteableBuffer") -> int:
        room = memoryview(buffer).cast("B")
        block = self._file.read(max(0, min(len(room), self._size - self._file.tell())))
        room[: len(block)] = block
        return len(block)

    def close(self) -> None:
        self._file.close()
        super().close()
