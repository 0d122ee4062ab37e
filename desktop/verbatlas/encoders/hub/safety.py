"""What a model must not need: program code from its makers. Looked at before its weights are fetched."""

import json
from pathlib import Path

from verbatlas.errors import Problem, UserError

_OUR_MODULES = "sentence_transformers."


def refuse_unsafe_settings(folder: Path, *, model: str) -> None:
    """Refuse a model whose settings ask for code that does not come with the libraries.

    The settings are there already, the weights not yet: this is the one place to refuse a model before its download.

    Args:
        folder: Where its settings are.
        model: What it is called.

    Raises:
        UserError: It needs such code (MODEL_NEEDS_CODE), or its settings cannot be read (MODEL_NOT_FOR_TEXT).
    """
    for name in ("config.json", "tokenizer_config.json"):
        if (folder / name).is_file():
            settings = _read(folder / name, model)
            if not isinstance(settings, dict):
                raise UserError(Problem.MODEL_NOT_FOR_TEXT, model=model, file=name)
            if settings.get("auto_map"):
                raise UserError(Problem.MODEL_NEEDS_CODE, model=model)
    if (folder / "modules.json").is_file():
        modules = _read(folder / "modules.json", model)
        if not isinstance(modules, list) or not all(_is_known(module) for module in modules):
            raise UserError(Problem.MODEL_NEEDS_CODE, model=model)


def _is_known(module: object) -> bool:
    return isinstance(module, dict) and str(module.get("type", "")).startswith(_OUR_MODULES)


def _read(path: Path, model: str) -> object:
    try:
        found: object = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise UserError(Problem.MODEL_NOT_FOR_TEXT, model=model, file=path.name) from error
    return found
