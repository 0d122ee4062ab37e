"""The parts of a workbook that is a zip, none of them larger than it says, and none too large to be one."""

import copy
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from verbatlas.errors import Problem, UserError
from verbatlas.tables.packed import LARGEST, SMALL, refuse_bomb
from verbatlas.tables.table import most_cells

LARGEST_BOOK = 2 * 1024**3  # bytes; its reader holds each text twice
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384  # of a spreadsheet
_MOST_CELLS = 50_000_000  # the reader makes one value for each, filled or not
_CHUNK = 1024 * 1024
_DEFLATES_TO = 1032  # times its size at most
_PARSED = {".xml", ".rels", ".bin"}
_SHEETS = "worksheets"  # only one of them is read, and it is looked through before


def refuse_large_parts(archive: zipfile.ZipFile, path: Path) -> None:
    """Let a workbook pass whose parts are no larger than those of a table can be.

    Raises:
        UserError: UNPACKED_TOO_LARGE.
        zipfile.BadZipFile, ValueError: The file is damaged.
    """
    parts = archive.infolist()
    refuse_large(path, packed=sum(part.compress_size for part in parts), held=sum(part.file_size for part in parts))
    for part in parts:
        name = PurePosixPath(plain_name(part.filename))
        may_lie = part.compress_size * _DEFLATES_TO > SMALL
        if may_lie and name.suffix in _PARSED and name.parent.name != _SHEETS:
            for _chunk in chunks_of(archive, part, path):
                pass


def refuse_large(path: Path, *, packed: int, held: int) -> None:
    """Let a workbook pass of which so many bytes are held in memory, and that has so many itself.

    Raises:
        UserError: UNPACKED_TOO_LARGE.
    """
    refuse_bomb(path, packed=packed, unpacked=held if held <= LARGEST_BOOK else LARGEST + 1)


def has_too_many_cells(cells: int, columns: int, *, filled: int) -> bool:
    """Return whether so many cells, of which some are filled, do not fit into the memory."""
    return columns > MOST_COLUMNS or cells > min(_MOST_CELLS, most_cells(filled))


def chunks_of(archive: zipfile.ZipFile, part: zipfile.ZipInfo, path: Path) -> Iterator[bytes]:
    """Yield the bytes of a part, all that there are: what the directory says of its size, others do not look at.

    Raises:
        UserError: UNPACKED_TOO_LARGE, if they are more than the directory says.
        zipfile.BadZipFile, zlib.error, EOFError: The file is damaged.
    """
    open_ended = copy.copy(part)
    open_ended.file_size = LARGEST
    done = 0
    with archive.open(open_ended) as file:
        while chunk := file.read(_CHUNK):
            done += len(chunk)
            if done > part.file_size:
                raise UserError(Problem.UNPACKED_TOO_LARGE, path=path)
            yield chunk


def part_called(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    """Return a part as the reader of workbooks finds it: large and small letters and both slashes are the same.

    Raises:
        KeyError: There is none.
        zipfile.BadZipFile: There are several, and nobody knows which one is read.
    """
    found = [part for part in archive.infolist() if plain_name(part.filename) == plain_name(name)]
    if not found:
        raise KeyError(name)
    if len(found) > 1:
        raise zipfile.BadZipFile(f"several parts are called {name}")
    return found[0]


def plain_name(name: str) -> str:
    """Return a part's name so that those which mean the same part are equal."""
    return name.replace("\\", "/").lstrip("/").lower()
