"""The files of the models that come with Verbatlas, checked before use."""

from pathlib import Path

from verbatlas.encoders.local.weights import after, file_digest, kept_digest
from verbatlas.encoders.packages import ModelPackage
from verbatlas.errors import Problem, UserError
from verbatlas.progress import Report


def find_model(package: ModelPackage) -> Path:
    """Return the folder of the model's files, without running any code of the package that brings them.

    Raises:
        UserError: MODEL_MISSING.
    """
    folder = package.folder()
    if folder is None:
        raise UserError(Problem.MODEL_MISSING, model=package.title)
    return folder


def check_model(package: ModelPackage, folder: Path, *, report: Report) -> None:
    """Compare every file that is used with the one that was published; see :func:`kept_digest` for the largest.

    Args:
        package: What brings the model.
        folder: Where the files are.
        report: Told how many bytes of all are read.

    Raises:
        UserError: MODEL_DAMAGED, with the first file that differs or is missing.
        Cancelled: The reporter no longer wants the model.
    """
    sizes = {name: _size(folder / name) for name in package.digests}
    total, done = sum(sizes.values()), 0
    for name, expected in package.digests.items():
        counted = after(report, done, total)
        try:
            # The large file only once, as long as its size and time stay: it is converted, or has sums of its own.
            digest = (kept_digest if name == package.large else file_digest)(folder / name, report=counted)
        except OSError as error:
            raise UserError(Problem.MODEL_DAMAGED, model=package.title, file=folder / name) from error
        if digest != expected:
            raise UserError(Problem.MODEL_DAMAGED, model=package.title, file=folder / name)
        done += sizes[name]
        report(done, total)


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0
