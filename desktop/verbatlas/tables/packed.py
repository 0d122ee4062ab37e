"""Look into .gz and .zip files without putting anything on the disk, and refuse those made to fill the memory."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from verbatlas.errors import Problem, UserError
from verbatlas.progress import Report
from verbatlas.tables.source import Source, Unpacked

LARGEST = 4 * 1024**3  # bytes; a table of this size does not fit into the memory of an office computer anyway
SMALL = 64 * 1024**2  # bytes; up to here no ratio is suspicious
_LARGEST_RATIO = 200  # text shrinks to a tenth or a twentieth; a thousandth is a bomb
_CHUNK = 1024 * 1024
_NO_TABLES = {".png", ".jpg", ".jpeg", ".gif", ".pdf", ".doc", ".docx", ".exe", ".html", ".htm", ".xml", ".md", ".zip"}
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, gzip.BadGzipFile, NotImplementedError, ValueError, IndexError)


def members(source: Source, path: Path) -> tuple[str, ...]:
    """Return the names of the files in a zip that may be tables, the largest first.

    Raises:
        UserError: FILE_DAMAGED, FILE_PROTECTED or ARCHIVE_NO_TABLE.
    """
    try:
        with source.open("rb") as file, zipfile.ZipFile(file) as archive:
            found = [info for info in archive.infolist() if _may_be_table(info)]
    except _DAMAGED as error:
        raise UserError(Problem.FILE_DAMAGED, path=path) from error
    if not found:
        raise UserError(Problem.ARCHIVE_NO_TABLE, path=path)
    if any(info.flag_bits & 1 for info in found):
        raise UserError(Problem.FILE_PROTECTED, path=path)
    return tuple(info.filename for info in sorted(found, key=lambda info: -info.file_size))


def unzip(source: Source, path: Path, *, member: str, report: Report) -> Unpacked:
    """Return one file of a zip.

    Raises:
        UserError: FILE_DAMAGED, FILE_PROTECTED or UNPACKED_TOO_LARGE.
        Cancelled: The reporter no longer wants it.
    """
    try:
        with source.open("rb") as file, zipfile.ZipFile(file) as archive:
            info = archive.getinfo(member)
            refuse_bomb(path, packed=info.compress_size, unpacked=info.file_size)
            with archive.open(info) as unpacked:
                data = _whole(unpacked, path, packed=info.compress_size, report=report)
                return Unpacked(path, data, PurePosixPath(member).suffix)
    except _DAMAGED as error:
        raise UserError(Problem.FILE_DAMAGED, path=path) from error
    except RuntimeError as error:  # how zipfile says that it wants a password
        raise UserError(Problem.FILE_PROTECTED, path=path) from error


def gunzip(source: Source, path: Path, *, report: Report) -> Unpacked:
    """Return what a gzip file holds.

    Raises:
        UserError: FILE_DAMAGED or UNPACKED_TOO_LARGE.
        Cancelled: The reporter no longer wants it.
    """
    try:
        with source.open("rb") as file, gzip.GzipFile(fileobj=file) as unpacked:
            data = _whole(unpacked, path, packed=source.stat().st_size, report=report)
            return Unpacked(path, data, PurePosixPath(path.stem).suffix)
    except _DAMAGED as error:
        raise UserError(Problem.FILE_DAMAGED, path=path) from error


def refuse_bomb(path: Path, *, packed: int, unpacked: int) -> None:
    """Let a file pass that unpacks to a size which is possible for a table.

    Raises:
        UserError: UNPACKED_TOO_LARGE.
    """
    if unpacked > LARGEST or (unpacked > SMALL and unpacked > packed * _LARGEST_RATIO):
        raise UserError(Problem.UNPACKED_TOO_LARGE, path=path)


def _whole(file: IO[bytes] | gzip.GzipFile, path: Path, *, packed: int, report: Report) -> bytes:
    kept = io.BytesIO()  # gives its bytes away without a copy, during which no other thread would run
    for chunk in _chunks(file):
        kept.write(chunk)
        refuse_bomb(path, packed=packed, unpacked=kept.tell())
        report(0, packed)  # a cancel point; how much is left to unpack is not known
    return kept.getvalue()


def _chunks(file: IO[bytes] | gzip.GzipFile) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk


def _may_be_table(info: zipfile.ZipInfo) -> bool:
    """Leave out folders, what macOS adds, hidden and empty files, and those whose names say that they are no tables."""
    path = PurePosixPath(info.filename)
    is_extra = path.parts[:1] == ("__MACOSX",) or path.name.startswith((".", "~$"))
    return not info.is_dir() and info.file_size > 0 and not is_extra and path.suffix.lower() not in _NO_TABLES
