"""Whether an installed model is still what was downloaded: every file against what is recorded of it."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from verbatlas.encoders.hub.installed import InstalledModel, Origin
from verbatlas.encoders.hub.record import FileRecord, read_record, sha256_of
from verbatlas.encoders.packages import PACKAGES
from verbatlas.progress import Report, no_report

_SHA256_DIGITS, _GIT_DIGITS = 64, 40
_BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class CheckedModel:
    """What became of a model.

    Attributes:
        model: The model.
        n_checked: How many of its files could be compared; 0 where nothing is recorded of them.
        wrong: The files that are missing or are no longer what they were, sorted.
    """

    model: InstalledModel
    n_checked: int
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Expected:
    name: str
    size: int
    is_right: Callable[[Path, Callable[[int], None]], bool]


def check(models: Sequence[InstalledModel], *, report: Report = no_report) -> list[CheckedModel]:
    """Read every file of ``models`` and compare it.

    Args:
        models: As ``list_installed`` has them.
        report: Told how many bytes of all are read.

    Raises:
        Cancelled: The reporter no longer wants to know.
    """
    expected = [_expected(model) for model in models]
    total = sum(one.size for files in expected for one in files)
    done = 0
    checked = []

    def read(n_bytes: int) -> None:
        nonlocal done
        done += n_bytes
        report(min(done, total), total)

    report(0, total)
    for model, files in zip(models, expected, strict=True):
        wrong = sorted(one.name for one in files if not _is_right(model.folder / one.name, one, read))
        checked.append(CheckedModel(model, len(files), tuple(wrong)))
    report(total, total)
    return checked


def _is_right(path: Path, expected: _Expected, read: Callable[[int], None]) -> bool:
    try:
        return expected.is_right(path, read)
    except OSError:
        return False


def _expected(model: InstalledModel) -> list[_Expected]:
    if model.origin is Origin.PACKAGED:
        return _of_package(model)
    if model.origin is Origin.HUB_CACHE:
        return _of_cache(model.folder)
    record = read_record(model.folder)
    return [_of_record(file) for file in record.files] if record is not None else []


def _of_record(file: FileRecord) -> _Expected:
    return _Expected(file.name, file.size, lambda path, read: sha256_of(path, read=read) == file.sha256)


def _of_package(model: InstalledModel) -> list[_Expected]:
    """Return what is known of the files that a package brings."""
    digests = next((package.digests for package in PACKAGES if package.name == model.name), {})
    return [_of_record(FileRecord(name, _size(model.folder / name), digest)) for name, digest in digests.items()]


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _of_cache(snapshot: Path) -> list[_Expected]:
    """Return what the cache's names say: a file is a link to one that is named after its content."""
    found = []
    for path in sorted(snapshot.rglob("*")):
        if path.is_symlink():
            name, digest = path.relative_to(snapshot).as_posix(), path.readlink().name.lower()
            size = path.stat().st_size if path.exists() else 0
            if len(digest) == _SHA256_DIGITS:
                found.append(_of_record(FileRecord(name, size, digest)))
            elif len(digest) == _GIT_DIGITS:
                found.append(_of_git(name, size, digest))
    return found


def _of_git(name: str, size: int, digest: str) -> _Expected:
    return _Expected(name, size, lambda path, read: _git(path, read) == digest)


def _git(path: Path, read: Callable[[int], None]) -> str:
    """Return a file's name in git, which is how the hub knows small files."""
    digest = hashlib.sha1(f"blob {path.stat().st_size}\0".encode("ascii"), usedforsecurity=False)
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            read(len(block))
    return digest.hexdigest()
