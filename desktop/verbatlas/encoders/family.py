"""Which known model is meant by the names that servers and folders give it, and the instructions that it wants."""

import json
import re
from collections.abc import Iterable
from pathlib import Path

from verbatlas.encoders.catalogue import CatalogueModel, by_name
from verbatlas.encoders.hub.record import read_record
from verbatlas.encoders.local.prompts import Prompts

_IN_HUB_CACHE = "models--"  # how a folder of the hub's cache begins: models--owner--name/snapshots/revision
# Models that are not offered, but whose makers want the same instructions as for one that is.
_SIBLINGS = (
    (re.compile(r"(multilingual-)?e5-(small|base|large)(-v2)?"), "multilingual-e5-small"),
    (re.compile(r"qwen3-embedding(-[\d.]+b)?"), "Qwen3-Embedding-0.6B"),
    (re.compile(r"bge-(small|base|large)-zh"), "bge-large-zh-v1.5"),
)


def plain_name(name: str) -> str:
    """Return what a model is called without its owner, folders and tag, in small letters; blank for a blank name.

    It is the same for ``BAAI/bge-m3``, ``bge-m3:latest`` as Ollama has it, ``/models/bge-m3``, and a folder in the
    hub's cache.
    """
    return _name_and_tag(name)[0]


def known_model(name: str) -> CatalogueModel | None:
    """Return the model of the catalogue that a server or a folder calls by ``name``; None where none is known."""
    plain, tag = _name_and_tag(name)
    for called in (plain, f"{plain}-{tag}"):  # qwen3-embedding:0.6b
        model = by_name(called)
        if model is not None and model.hub_id:
            return model
    return None


def first_known(names: Iterable[str]) -> CatalogueModel | None:
    """Return the model of the catalogue that the first of ``names`` means that means one; None where none does."""
    return next((model for name in names if (model := known_model(name)) is not None), None)


def known_prompts(names: Iterable[str]) -> Prompts:
    """Return the instructions of the model that goes by ``names``, the surest first; silent where none is known."""
    for name in names:
        model = known_model(name) or _sibling(name)
        if model is not None:
            return Prompts(document=model.document_prompt, query=model.query_prompt)
    return Prompts()


def names_in(folder: Path) -> tuple[str, ...]:
    """Return the names that a model's folder goes by, the surest first.

    They are the hub id that it was downloaded by, the one in its configuration, and that of the folder itself.
    """
    record = read_record(folder)
    names = ("" if record is None else record.hub_id, _name_in_configuration(folder), str(folder.absolute()))
    return tuple(name for name in names if name)


def _name_and_tag(name: str) -> tuple[str, str]:
    parts = [part for part in re.split(r"[/\\]", name.strip().casefold()) if part]
    for part in parts:
        if part.startswith(_IN_HUB_CACHE):
            return part.rpartition("--")[2], ""
    last, _colon, tag = (parts[-1] if parts else "").partition(":")
    return last, tag


def _sibling(name: str) -> CatalogueModel | None:
    plain = plain_name(name)
    return next((by_name(like) for pattern, like in _SIBLINGS if pattern.fullmatch(plain)), None)


def _name_in_configuration(folder: Path) -> str:
    """Return what a model was loaded from when it was saved; blank where that is not written down."""
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):  # whoever loads the model says what is wrong with it
        return ""
    name = config.get("_name_or_path") if isinstance(config, dict) else ""
    return name if isinstance(name, str) else ""
