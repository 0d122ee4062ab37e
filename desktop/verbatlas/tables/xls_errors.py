"""Find in the records of an old Excel sheet the cells whose formulas failed ([MS-XLS] 2.4.24, 2.4.127 and 2.4.28)."""

import struct
from collections.abc import Iterator

from verbatlas.tables.lost_cells import SHOWN, LostCells
from verbatlas.tables.source import Source

_BOF, _EOF, _SHEET, _FORMULA, _BOOLEAN_OR_ERROR = 0x809, 0x0A, 0x85, 0x06, 0x205
_IN_UTF16 = 1
_IS_ERROR = b"\x02"


def xls_errors(source: Source, *, sheet: str) -> list[LostCells]:
    """Return the cells of a sheet whose formulas failed; none where the file is not as it should be."""
    import olefile  # noqa: PLC0415 - only where an old workbook is read

    try:
        with source.open("rb") as file, olefile.OleFileIO(file) as opened:
            name = next(name for name in ("Workbook", "Book") if opened.exists(name))
            book = opened.openstream(name).read()
        start = next(place for place, found in _sheets(book) if found == sheet)
        return list(_failed(book, start))
    except (OSError, StopIteration, struct.error, IndexError, ValueError):
        return []  # the sheet's reader says whether the file is damaged


def _records(book: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Yield the kind and content of the records from ``start`` to the end of the part that begins there."""
    place, depth = start, 0
    while place + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, place)
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 1:  # a chart within a sheet is a part of its own
            yield kind, book[place + 4 : place + 4 + length]
        if depth <= 0:
            return
        place += 4 + length


def _sheets(book: bytes) -> Iterator[tuple[int, str]]:
    """Yield where each sheet begins, and its name."""
    is_utf16_known = False
    for kind, content in _records(book, 0):
        if kind == _BOF:
            is_utf16_known = content[:2] == b"\x00\x06"
        elif kind == _SHEET:
            (place, length), name = struct.unpack_from("<I2xB", content), content[7:]
            if not is_utf16_known:
                yield place, name[:length].decode("latin-1")
            elif name[0] & _IN_UTF16:
                yield place, name[1 : 1 + 2 * length].decode("utf-16-le", "replace")
            else:
                yield place, name[1 : 1 + length].decode("latin-1")


def _failed(book: bytes, start: int) -> Iterator[LostCells]:
    for kind, content in _records(book, start):
        if kind == _BOOLEAN_OR_ERROR and content[7:8] == b"\x01":
            code = content[6]
        elif kind == _FORMULA and content[6:7] == _IS_ERROR and content[12:14] == b"\xff\xff":
            code = content[8]
        else:
            continue
        row, column = struct.unpack_from("<HH", content)
        yield LostCells(row, column, SHOWN.get(code, "#N/A"))
