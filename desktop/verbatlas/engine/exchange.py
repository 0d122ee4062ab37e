"""The files through which arrays and documents pass from one process to the other."""

import contextlib
import errno
import itertools
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from verbatlas.errors import Problem, UserError


class Reference(Protocol):
    """A value that lies in files."""

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files."""


@dataclass(frozen=True, slots=True)
class ArrayReference:
    """An array that lies in a ``.npy`` file.

    Attributes:
        path: The file.
        shape: The array's shape, so that a reader can plan without opening it.
    """

    path: Path
    shape: tuple[int, ...]

    @property
    def paths(self) -> tuple[Path, ...]:
        """The file."""
        return (self.path,)

    def load(self) -> NDArray[Any]:
        """Return the array, read-only and mapped from the file: only what is used comes into memory."""
        return np.asarray(np.load(self.path, mmap_mode="r", allow_pickle=False))


@dataclass(frozen=True, slots=True)
class DocumentsReference:
    """Documents that lie in one UTF-8 file, with the byte offsets of where each begins and the last ends.

    Attributes:
        path: The text, one document after the other, nothing between them.
        offsets: Shape (n_documents + 1,), int64.
    """

    path: Path
    offsets: ArrayReference

    @property
    def paths(self) -> tuple[Path, ...]:
        """The text and the offsets."""
        return self.path, *self.offsets.paths

    def load(self) -> tuple[str, ...]:
        """Return the documents exactly as they were, lone surrogates included."""
        text = self.path.read_bytes()
        bounds = self.offsets.load().tolist()
        return tuple(text[start:end].decode("utf-8", "surrogatepass") for start, end in itertools.pairwise(bounds))

    def take(self, rows: NDArray[np.int64]) -> tuple[str, ...]:
        """Return some of the documents in the order of ``rows``; only they are read, the fastest in rising order."""
        offsets = self.offsets.load()
        starts, ends = offsets[rows].tolist(), offsets[rows + 1].tolist()
        found = []
        with self.path.open("rb") as file:
            for start, end in zip(starts, ends, strict=True):
                file.seek(start)
                found.append(file.read(end - start).decode("utf-8", "surrogatepass"))
        return tuple(found)


def write_array(folder: Path, name: str, array: NDArray[Any]) -> ArrayReference:
    """Write ``array`` into ``folder`` as ``name.npy``.

    Raises:
        UserError: The disk is full (DISK_FULL).
    """
    path = folder / f"{name}.npy"
    with told_when_full(folder):
        np.save(path, np.ascontiguousarray(array), allow_pickle=False)
    return ArrayReference(path=path, shape=array.shape)


def write_documents(folder: Path, name: str, documents: Sequence[str]) -> DocumentsReference:
    """Write ``documents`` into ``folder`` as ``name.utf8`` and ``name.npy``.

    Raises:
        UserError: The disk is full (DISK_FULL).
    """
    path = folder / f"{name}.utf8"
    offsets = np.zeros(len(documents) + 1, dtype=np.int64)
    with told_when_full(folder), path.open("wb") as file:
        for row, document in enumerate(documents, start=1):
            offsets[row] = offsets[row - 1] + file.write(document.encode("utf-8", "surrogatepass"))
    return DocumentsReference(path=path, offsets=write_array(folder, name, offsets))


def remove(*references: Reference) -> None:
    """Remove the files behind ``references``; what Windows still holds is left for the folder's end."""
    for reference in references:
        for path in reference.paths:
            remove_path(path)


def remove_path(path: Path) -> None:
    """Remove a file, or a folder with what is in it, as far as the operating system lets go of it."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            path.unlink()


def job_folder(root: Path, ticket: int) -> Path:
    """Return where the job with ``ticket`` keeps its files, so that they can go when it fails."""
    return root / f"job-{ticket}"


@contextlib.contextmanager
def told_when_full(folder: Path) -> Iterator[None]:
    """Turn the operating system's word for a full disk into the person's.

    Raises:
        UserError: The disk that holds ``folder`` is full (DISK_FULL).
    """
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise UserError(Problem.DISK_FULL, path=folder) from error
        raise
