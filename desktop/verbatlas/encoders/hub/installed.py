"""Which models are on this computer, and where: ours, those in the hub's cache, in named folders and in packages.

Plain looking at folders, quick enough for a thread of the window: no file of weights is opened.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from verbatlas.encoders.catalogue import by_name
from verbatlas.encoders.hub.places import begun_folder, folder_name, hub_cache, hub_id_of, models_folder
from verbatlas.encoders.hub.record import read_record
from verbatlas.encoders.packages import PACKAGES
from verbatlas.encoders.reference import Reference, ReferenceKind, is_hub_id
from verbatlas.errors import Problem, UserError

WEIGHTS, WEIGHTS_INDEX = "model.safetensors", "model.safetensors.index.json"
_CACHE_PREFIX = "models--"


class Origin(StrEnum):
    """Where an installed model comes from, the ones that are taken first before the others."""

    PACKAGED = "packaged"  # installed with Verbatlas
    DOWNLOADED = "downloaded"  # by Verbatlas, into its own folder
    HUB_CACHE = "hub_cache"  # by some program, into the cache that all of them share
    NAMED_FOLDER = "named_folder"  # in a folder that the analyst named


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model whose files are all there.

    Attributes:
        name: How it is chosen: its name in the catalogue, its hub id, or its absolute folder.
        hub_id: Its name on the hub; blank where that is not known.
        folder: Where its files lie.
        size: In bytes, on disk; what its removal gives back.
        revision: Which version: the hub's commit, or a package's version; blank where it is not known.
        origin: Where it comes from.
    """

    name: str
    hub_id: str
    folder: Path
    size: int
    revision: str
    origin: Origin

    @property
    def is_removable(self) -> bool:
        """Whether Verbatlas may delete it: never what came with a package or lies in a folder of the analyst's."""
        return self.origin in {Origin.DOWNLOADED, Origin.HUB_CACHE}


def list_installed(*, folders: Sequence[Path] = ()) -> list[InstalledModel]:
    """Return every whole model, in the order of :class:`Origin`, then by name.

    Args:
        folders: Folders that the analyst named: each is a model, or holds models.
    """
    found = [*_packaged(), *_downloaded(), *_in_hub_cache(), *_in_folders(folders)]
    order = list(Origin)
    return sorted(found, key=lambda model: (order.index(model.origin), model.name.casefold(), str(model.folder)))


def installed_names() -> frozenset[str]:
    """Return the names of all installed models but those in folders, which nobody takes without having been asked."""
    return frozenset(model.name for model in list_installed())


def find_installed(reference: Reference, *, folders: Sequence[Path] = ()) -> Path:
    """Return the folder of the model that ``reference`` means.

    Args:
        reference: A model with files: of the catalogue, of the hub, or a folder.
        folders: As in :func:`list_installed`.

    Raises:
        UserError: It is not installed (MODEL_NOT_INSTALLED), or there is no such folder (FILE_MISSING).
        ValueError: It is an encoder without files.
    """
    if reference.kind is ReferenceKind.FOLDER:
        folder = Path(reference.name)
        if not folder.is_dir():
            raise UserError(Problem.FILE_MISSING, path=folder)
        return folder
    hub_id = reference.hub_id
    if not hub_id:
        raise ValueError(f"{reference.text()!r} has no files")
    for model in list_installed(folders=folders):
        if model.hub_id.casefold() == hub_id.casefold():
            return model.folder
    raise UserError(Problem.MODEL_NOT_INSTALLED, model=reference.name)


def begun_size(hub_id: str) -> int:
    """Return how many bytes of a model are here of a download that was stopped; 0 if none was."""
    return _size(begun_folder(hub_id))


def is_whole(folder: Path) -> bool:
    """Return whether ``folder`` has all that a model needs: configuration, tokens, weights, and how to pool."""
    needed = ["config.json", "tokenizer.json", *_weights(folder), *_module_files(folder)]
    return all((folder / name).is_file() for name in needed)


def _weights(folder: Path) -> list[str]:
    index = _json(folder / WEIGHTS_INDEX)
    parts = index.get("weight_map") if isinstance(index, dict) else None
    return sorted({str(name) for name in parts.values()}) if isinstance(parts, dict) and parts else [WEIGHTS]


def _module_files(folder: Path) -> list[str]:
    """Return the settings of the modules after the transformer: without its pooling a model makes other vectors."""
    modules = _json(folder / "modules.json")
    paths = [one.get("path") for one in modules if _is_pooling(one)] if isinstance(modules, list) else []
    return [f"{path}/config.json" for path in paths if path]


def _is_pooling(module: object) -> bool:
    return isinstance(module, dict) and str(module.get("type", "")).endswith("Pooling")


def _json(path: Path) -> object:
    try:
        found: object = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found


def _packaged() -> Iterator[InstalledModel]:
    for package in PACKAGES:
        folder = package.folder()
        if folder is not None and all((folder / name).is_file() for name in package.digests):
            offered = by_name(package.name)
            hub_id = offered.hub_id if offered is not None else ""
            yield InstalledModel(package.name, hub_id, folder, _size(folder), package.version(), Origin.PACKAGED)


def _downloaded() -> Iterator[InstalledModel]:
    for folder in _subfolders(models_folder()):
        record = read_record(folder)
        if record is not None and folder.name == folder_name(record.hub_id) and is_whole(folder):
            name = _name_of(record.hub_id)
            yield InstalledModel(name, record.hub_id, folder, _size(folder), record.revision, Origin.DOWNLOADED)


def _in_hub_cache() -> Iterator[InstalledModel]:
    for repository in _subfolders(hub_cache()):
        hub_id = hub_id_of(repository.name.removeprefix(_CACHE_PREFIX))
        if not repository.name.startswith(_CACHE_PREFIX) or not is_hub_id(hub_id):
            continue
        snapshot = _whole_snapshot(repository)
        if snapshot is not None:
            name, size = _name_of(hub_id), _size(repository)
            yield InstalledModel(name, hub_id, snapshot, size, snapshot.name, Origin.HUB_CACHE)


def _whole_snapshot(repository: Path) -> Path | None:
    """Return the snapshot of the main branch if it is whole, else the newest that is."""
    snapshots = sorted(_subfolders(repository / "snapshots"), key=lambda one: one.stat().st_mtime, reverse=True)
    try:
        main = (repository / "refs" / "main").read_text(encoding="utf-8").strip()
    except OSError:
        main = ""
    snapshots.sort(key=lambda one: one.name != main)  # stable: the newest stays before the older
    return next((one for one in snapshots if is_whole(one)), None)


def _in_folders(folders: Sequence[Path]) -> Iterator[InstalledModel]:
    for named in dict.fromkeys(folder.absolute() for folder in folders):
        for folder in (named, *_subfolders(named)):
            if is_whole(folder):
                record = read_record(folder)
                hub_id, revision = (record.hub_id, record.revision) if record is not None else ("", "")
                yield InstalledModel(str(folder), hub_id, folder, _size(folder), revision, Origin.NAMED_FOLDER)


def _name_of(hub_id: str) -> str:
    offered = by_name(hub_id)
    return offered.name if offered is not None else hub_id


def _subfolders(folder: Path) -> list[Path]:
    try:
        return sorted(one for one in folder.iterdir() if one.is_dir() and not one.name.startswith("."))
    except OSError:
        return []


def _size(folder: Path) -> int:
    """Return what the files take on disk; links, as in the hub's cache, count with what they lead to, once."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
