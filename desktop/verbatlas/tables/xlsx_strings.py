"""How long the shared strings of an XLSX file are: a cell that names one by its number has all of its text."""

import re
import zipfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from verbatlas.errors import Problem, UserError
from verbatlas.progress import Report
from verbatlas.tables.book_parts import LARGEST_BOOK, chunks_of, part_called

_LONGEST_TAG = 1024  # bytes
_SHORTEST = 10  # bytes of XML that a string takes at least
_FREE = 1_000_000  # strings that may be announced and not come
_STRING = re.compile(rb"<(?:[\w.-]{1,20}:)?si[\s/>]")
_ANNOUNCED = re.compile(rb"""\suniqueCount\s*=\s*["']\s*\+?(\d{1,30})""")


def string_lengths(archive: zipfile.ZipFile, path: Path, *, report: Report) -> NDArray[np.int64]:
    """Return how many bytes each shared string takes in the file, its tags included: int64, shape (n_strings,).

    Raises:
        UserError: UNPACKED_TOO_LARGE, also if far more strings are announced than there are: its reader makes room.
        Cancelled: The reporter no longer wants it.
        zipfile.BadZipFile, ValueError: The file is damaged.
    """
    try:
        part = part_called(archive, "xl/sharedStrings.xml")
    except KeyError:
        return np.zeros(0, np.int64)
    if part.file_size > LARGEST_BOOK:
        raise UserError(Problem.UNPACKED_TOO_LARGE, path=path)
    starts: list[NDArray[np.int64]] = []
    held, done = b"", 0
    for chunk in chunks_of(archive, part, path):
        report(0, 1)
        text = held + chunk
        if any(
            len(count) > 18 or int(count) > _FREE + part.file_size // _SHORTEST for count in _ANNOUNCED.findall(text)
        ):
            raise UserError(Problem.UNPACKED_TOO_LARGE, path=path)
        is_last = done + len(chunk) >= part.file_size
        end = len(text) if is_last else max(0, len(text) - _LONGEST_TAG)
        found = [match.start() for match in _STRING.finditer(text) if match.start() < end]
        begin = done - len(held)
        starts.append(np.array(found, np.int64) + begin)
        done += len(chunk)
        held = text[end:]
    return np.diff(np.concatenate([*starts, np.array([done])]))
