"""Find out whether the chains of sectors in an old .xls come to an end: its reader follows those that run in a circle.

Microsoft's [MS-CFB]: a compound file is a row of sectors, and a table, itself in sectors, says which sector follows
each. Small streams are chains of small sectors, with a table of their own, within one larger stream.
"""

import struct
from collections.abc import Sequence
from typing import IO

import numpy as np
from numpy.typing import NDArray

from verbatlas.tables.source import Source

_IN_HEADER = 109  # sectors of the table are listed in the header, the others in a chain of their own
_ENTRY = 128  # bytes of a directory entry
_LARGE = 4096  # bytes: smaller streams are in small sectors
_READ = {"workbook", "book"}  # the streams that are read

Numbers = NDArray[np.uint32]


def chains_end(source: Source) -> bool:
    """Return whether no chain of sectors that the reader of ``source`` follows runs in a circle.

    Raises:
        OSError: The file cannot be read.
    """
    with source.open("rb") as file:
        header = file.read(512)
        if len(header) < 512:
            return True
        (shift,) = struct.unpack_from("<H", header, 30)
        directory, small, lists = (struct.unpack_from("<I", header, at)[0] for at in (48, 60, 68))
        if shift not in {9, 12}:
            return True
        sectors = _Sectors(file, 1 << shift, source.stat().st_size)
        listed = sectors.listed(np.frombuffer(header, "<u4", _IN_HEADER, 76), lists)
        if listed is None:
            return False
        table = sectors.numbers(listed)[: sectors.count]
        entries, small_table = _chain(table, directory), _chain(table, small)
        if entries is None or small_table is None:
            return False
        small_numbers = sectors.numbers(small_table)
        starts = _starts(b"".join(map(sectors.content, entries)))
        return all(_chain(small_numbers if is_small else table, start) is not None for start, is_small in starts)


class _Sectors:
    """The sectors of a file; those that are not there are empty.

    Attributes:
        count: How many there are.
    """

    def __init__(self, file: IO[bytes], size: int, file_size: int) -> None:
        self._file, self._size = file, size
        self.count = file_size // size

    def content(self, number: int) -> bytes:
        """Return one of them."""
        self._file.seek((number + 1) * self._size)
        return self._file.read(self._size)

    def numbers(self, sectors: Sequence[int]) -> Numbers:
        """Return the numbers that some of them hold one after the other."""
        data = b"".join(map(self.content, sectors))
        return np.frombuffer(data, "<u4", len(data) // 4)

    def listed(self, in_header: Numbers, start: int) -> Sequence[int] | None:
        """Return the sectors of the table; None if the list of them comes to no end."""
        found, seen = [in_header], set()
        while start < self.count:
            if start in seen:
                return None
            seen.add(start)
            numbers = self.numbers([start])
            if not len(numbers):
                break
            found.append(numbers[:-1])
            start = numbers.item(-1)
        every = np.concatenate(found)
        every = every[every < self.count]
        return every.tolist() if len(every) <= self.count else None


def _chain(table: Numbers, start: int) -> Sequence[int] | None:
    """Return the sectors of a chain as far as they are known; None if it comes to no end."""
    found: list[int] = []
    while start < len(table):
        found.append(start)
        if len(found) > len(table):
            return None
        start = table.item(start)
    return found


def _starts(directory: bytes) -> list[tuple[int, bool]]:
    """Return where the streams that are read begin, and whether their sectors are small ones."""
    found = []
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        (length,) = struct.unpack_from("<H", directory, at + 64)
        start, size = struct.unpack_from("<2I", directory, at + 116)
        name = directory[at : at + min(max(length - 2, 0), 64)].decode("utf-16-le", "replace")
        if at == 0:  # holds the small sectors
            found.append((start, False))
        elif name.lower() in _READ:
            found.append((start, size < _LARGE))
    return found
