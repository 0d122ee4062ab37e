"""Models leave this computer: only those that Verbatlas or another program downloaded, never an analyst's own files."""

import shutil
import uuid
from collections.abc import Collection
from pathlib import Path

from verbatlas.encoders.hub.download import locked
from verbatlas.encoders.hub.installed import InstalledModel, Origin, list_installed
from verbatlas.encoders.hub.places import begun_folder, folder_name, hub_cache, models_folder
from verbatlas.encoders.reference import Reference, ReferenceKind
from verbatlas.errors import Problem, UserError

_REMOVABLE = frozenset({Origin.DOWNLOADED, Origin.HUB_CACHE})


def remove(reference: Reference, *, origins: Collection[Origin] = _REMOVABLE) -> list[InstalledModel]:
    """Delete a model, and what an unfinished download of it has left, and return what was deleted.

    Args:
        reference: The model.
        origins: From where: our own folder, the cache shared with other programs, or both.

    Raises:
        UserError: It has no files (MODEL_HAS_NO_FILES), lies in a folder or package that is not ours to delete from
            (MODEL_NOT_OURS), is not installed (MODEL_NOT_INSTALLED), is being downloaded (MODEL_BUSY), or the disk
            refuses (OUTPUT_UNWRITABLE).
    """
    if reference.kind is ReferenceKind.FOLDER:
        raise UserError(Problem.MODEL_NOT_OURS, model=reference.name, path=reference.name)
    hub_id = reference.hub_id
    if not hub_id:
        raise UserError(Problem.MODEL_HAS_NO_FILES, model=reference.text())
    same = [model for model in list_installed() if model.hub_id.casefold() == hub_id.casefold()]
    removed = [model for model in same if model.is_removable and model.origin in origins]
    begun = begun_folder(hub_id)
    if not removed and not begun.exists():
        if same:
            raise UserError(Problem.MODEL_NOT_OURS, model=reference.name, path=same[0].folder)
        raise UserError(Problem.MODEL_NOT_INSTALLED, model=reference.name)
    try:
        with locked(hub_id):
            for model in removed:
                _delete(_root(model))
            shutil.rmtree(begun, ignore_errors=True)
    except OSError as error:
        path, reason = error.filename or models_folder(), error.strerror or str(error)
        raise UserError(Problem.OUTPUT_UNWRITABLE, path=path, reason=reason) from error
    return removed


def _root(model: InstalledModel) -> Path:
    """Return the folder that holds all of a model, and nothing else."""
    if model.origin is Origin.DOWNLOADED:
        return models_folder() / folder_name(model.hub_id)
    return hub_cache() / f"models--{folder_name(model.hub_id)}"


def _delete(folder: Path) -> None:
    """Take a folder away at once, so that nobody meets half a model, and then delete it."""
    away = folder.with_name(f".removed-{uuid.uuid4().hex}")
    folder.rename(away)
    shutil.rmtree(away)
