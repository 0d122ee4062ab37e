"""Where the files of models lie: our own folder, and the cache that other programs share."""

import os
from pathlib import Path

import platformdirs


def models_folder() -> Path:
    """Return the folder of downloaded models, which need not exist: in the user's data folder.

    VERBATLAS_MODELS_DIR names another one, for a larger disk or one that colleagues share.
    """
    chosen = os.environ.get("VERBATLAS_MODELS_DIR")
    if chosen:
        return Path(chosen).expanduser()
    data = os.environ.get("VERBATLAS_DATA_DIR")
    return (Path(data) if data else Path(platformdirs.user_data_dir("verbatlas", appauthor=False))) / "models"


def begun_folder(hub_id: str) -> Path:
    """Return where the files of a model lie while it is downloaded, until all are there."""
    return models_folder() / ".begun" / folder_name(hub_id)


def hub_cache() -> Path:
    """Return the folder in which other programs keep models of the hub, as huggingface_hub finds it."""
    for variable in ("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE"):
        if chosen := os.environ.get(variable):
            return _expanded(chosen)
    if home := os.environ.get("HF_HOME"):
        return _expanded(home) / "hub"
    caches = os.environ.get("XDG_CACHE_HOME")
    return (_expanded(caches) if caches else Path.home() / ".cache") / "huggingface" / "hub"


def folder_name(hub_id: str) -> str:
    """Return the name of a model's folder among others: ``BAAI--bge-m3`` for ``BAAI/bge-m3``."""
    return hub_id.replace("/", "--")


def hub_id_of(name: str) -> str:
    """Return the hub id of the model whose :func:`folder_name` is ``name``."""
    return name.replace("--", "/", 1)


def _expanded(path: str) -> Path:
    return Path(os.path.expandvars(path)).expanduser()
