"""Where the bytes of a table come from: a file, or what was unpacked of one, which is never put on the disk."""

import io
import os
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal, Protocol


class Source(Protocol):
    """What the readers use of a path."""

    @property
    def suffix(self) -> str:
        """What its name ends with, such as ``.csv``."""

    def open(self, mode: Literal["rb"]) -> IO[bytes]:
        """Open the bytes for reading, from the first on."""

    def stat(self) -> os.stat_result:
        """Return how large it is."""

    def read_bytes(self) -> bytes:
        """Return all of it."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The bytes of one file of an archive, with the few methods of a path that readers use.

    Attributes:
        path: The archive, which is what a person knows.
        data: The bytes, unpacked.
        suffix: What the name of the file in the archive ends with.
    """

    path: Path
    data: bytes
    suffix: str = ""

    def open(self, mode: Literal["rb"]) -> IO[bytes]:  # noqa: ARG002 - a path's signature
        """Open the bytes for reading, from the first on."""
        return io.BytesIO(self.data)

    def stat(self) -> os.stat_result:
        """Return how large it is."""
        return os.stat_result((0o100444, 0, 0, 1, 0, 0, len(self.data), 0, 0, 0))

    def read_bytes(self) -> bytes:
        """Return all of it."""
        return self.data

    def __str__(self) -> str:
        return str(self.path)
