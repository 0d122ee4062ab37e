"""A model from the hub to this computer: whole or not at all, and never twice what has arrived already."""

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from verbatlas.encoders.hub.installed import is_whole
from verbatlas.encoders.hub.network import Network
from verbatlas.encoders.hub.places import begun_folder, folder_name, models_folder
from verbatlas.encoders.hub.plan import Plan, plan
from verbatlas.encoders.hub.record import FileRecord, ModelRecord, read_record, write_record
from verbatlas.encoders.hub.safety import refuse_unsafe_settings
from verbatlas.encoders.hub.session import Patience, Session, session, told
from verbatlas.encoders.hub.transfer import Transfer
from verbatlas.encoders.hub.watch import Watch, watched
from verbatlas.errors import Problem, UserError
from verbatlas.progress import Report, no_report

_LOCKS = ".locks"
_SPARE = 50_000_000  # bytes that a disk should keep besides
_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class DownloadedModel:
    """A model that has been brought.

    Attributes:
        folder: Where its files lie.
        record: Where it came from and what its files are.
    """

    folder: Path
    record: ModelRecord


def free_bytes(folder: Path) -> int:
    """Return the room on the disk of ``folder``, in bytes."""
    return shutil.disk_usage(folder).free


def download(
    hub_id: str,
    *,
    network: Network,
    report: Report = no_report,
    patience: Patience | None = None,
    free: Callable[[Path], int] = free_bytes,
) -> DownloadedModel:
    """Bring a model into our folder of models, and only the files of it that are used.

    What arrived in an earlier download that was stopped, or killed, is kept and gone on from. A version that is there
    is replaced when the new one is whole.

    Args:
        hub_id: The model.
        network: The way to the hub.
        report: Told how many bytes of all are there; (0, 0) while the hub is asked what there is.
        patience: How long to wait for the hub.
        free: How much room a disk has.

    Raises:
        UserError: With what is in the way: the network, the hub, the disk, or the model itself.
        Cancelled: The reporter no longer wants it.
    """
    patience = patience or Patience()
    models = models_folder()
    with told(hub_id, network, models), locked(hub_id), session(network, patience) as visit:
        return watched(lambda watch: _download(hub_id, models, visit=visit, watch=watch, free=free), report=report)


@contextlib.contextmanager
def locked(hub_id: str) -> Iterator[None]:
    """Keep other windows and commands from changing the same model.

    Raises:
        UserError: One of them is changing it (MODEL_BUSY).
        OSError: Our folder cannot be written.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - not for the window's process

    locks = models_folder() / _LOCKS
    locks.mkdir(parents=True, exist_ok=True)
    lock = FileLock(locks / f"{folder_name(hub_id)}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise UserError(Problem.MODEL_BUSY, model=hub_id) from error
    try:
        yield
    finally:
        lock.release()


def _download(
    hub_id: str, models: Path, *, visit: Session, watch: Watch, free: Callable[[Path], int]
) -> DownloadedModel:
    wanted = plan(hub_id, visit=visit, watch=watch)
    there = models / folder_name(hub_id)
    record = read_record(there)
    if record is not None and _is_same(record, wanted) and is_whole(there):
        watch.begin(done=wanted.size, total=wanted.size)
        return DownloadedModel(there, record)
    begun = begun_folder(hub_id)
    begun.mkdir(parents=True, exist_ok=True)
    transfer = Transfer(visit, watch, hub_id, begun)
    _clear_away(transfer, wanted)
    _begin(transfer, wanted, free=free)
    record = _fetch(transfer, wanted)
    write_record(begun, record)
    _put_in_place(begun, there)
    return DownloadedModel(there, record)


def _is_same(record: ModelRecord, wanted: Plan) -> bool:
    return (record.revision, record.pull_request) == (wanted.revision, wanted.pull_request)


def _clear_away(transfer: Transfer, wanted: Plan) -> None:
    """Remove what an earlier download of another version has left."""
    kept = {transfer.folder / file.name for file in wanted.files} | {transfer.part(file) for file in wanted.files}
    for path in transfer.folder.rglob("*"):
        if path.is_file() and path not in kept:
            path.unlink()


def _begin(transfer: Transfer, wanted: Plan, *, free: Callable[[Path], int]) -> None:
    """Count what is there and see that the disk has room for the rest.

    Raises:
        UserError: It has not (DISK_TOO_SMALL).
    """
    done = sum(transfer.n_present(file) for file in wanted.files)
    transfer.watch.begin(done=done, total=wanted.size)
    needed, there = wanted.size - done + _SPARE, free(transfer.folder)
    if needed > there:
        path = transfer.folder.parent.parent
        raise UserError(Problem.DISK_TOO_SMALL, path=path, needed=-(-needed // _MB), free=there // _MB)


def _fetch(transfer: Transfer, wanted: Plan) -> ModelRecord:
    """Bring the settings, look at them, and bring the weights."""
    records = []
    has_looked = False
    for file in wanted.files:
        if not (file.is_settings or has_looked):
            _refuse_unsafe(transfer)
            has_looked = True
        records.append(FileRecord(file.name, file.size, transfer.fetch(file)))
    endpoint = transfer.visit.network.endpoint
    return ModelRecord(wanted.hub_id, wanted.revision, endpoint, wanted.pull_request, tuple(records))


def _refuse_unsafe(transfer: Transfer) -> None:
    try:
        refuse_unsafe_settings(transfer.folder, model=transfer.hub_id)
    except UserError:
        shutil.rmtree(transfer.folder, ignore_errors=True)
        raise


def _put_in_place(begun: Path, there: Path) -> None:
    """Make the whole model appear at once, in place of an older version."""
    old = begun.with_name(f"{begun.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if there.exists():
        there.rename(old)
    begun.rename(there)
    if hasattr(os, "O_DIRECTORY"):  # where a folder can be made sure of
        descriptor = os.open(there.parent, os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    shutil.rmtree(old, ignore_errors=True)
