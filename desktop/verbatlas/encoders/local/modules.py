"""The steps of a model in the layout of sentence-transformers: transformer, pooling, dense layers, normalisation."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from verbatlas.encoders.local.model_json import read_json, read_json_list
from verbatlas.encoders.local.refusal import Refusal, refused

_POOLINGS = {
    "cls": "cls",
    "mean": "mean",
    "mean_sqrt_len_tokens": "mean_sqrt",
    "weightedmean": "weighted_mean",
    "max": "max",
    "lasttoken": "last",
}
# In older files, in the order in which several are joined.
_POOLING_FLAGS = {
    "pooling_mode_cls_token": "cls",
    "pooling_mode_max_tokens": "max",
    "pooling_mode_mean_tokens": "mean",
    "pooling_mode_mean_sqrt_len_tokens": "mean_sqrt",
    "pooling_mode_weightedmean_tokens": "weighted_mean",
    "pooling_mode_lasttoken": "last",
}
ACTIVATIONS = ("Identity", "Tanh", "ReLU", "GELU", "SiLU", "Sigmoid")  # all of them classes of torch.nn


@dataclass(frozen=True, slots=True)
class DenseLayer:
    """A linear layer after the pooling.

    Attributes:
        weights: Its safetensors file, with ``linear.weight`` and, where it has one, ``linear.bias``.
        n_in: How many numbers it takes.
        n_out: How many it gives.
        bias: Whether it adds a bias.
        activation: The function after it, one of ``ACTIVATIONS``.
    """

    weights: Path
    n_in: int
    n_out: int
    bias: bool
    activation: str


@dataclass(frozen=True, slots=True)
class Modules:
    """The steps.

    Attributes:
        transformer: The folder of the transformer's own files.
        pooling: As in ``ModelDescription``.
        dense: The layers after it.
        normalises: Whether unit vectors come last.
    """

    transformer: Path
    pooling: str
    dense: tuple[DenseLayer, ...]
    normalises: bool


def read_modules(folder: Path) -> Modules:
    """Return the steps of the model in ``folder``; a bare transformer gets the mean, as in sentence-transformers.

    Raises:
        UserError: MODEL_REFUSED: a step is unknown, brings code of its own, or its weights are no safetensors.
    """
    transformer, pooling, normalises = folder, "mean", False
    dense: list[DenseLayer] = []
    for number, module in enumerate(read_json_list(folder, "modules.json")):
        place = _inside(folder, str(module.get("path", "")))
        kind = _kind(folder, str(module.get("type", "")))
        if (kind == "Transformer") != (number == 0):
            raise refused(folder.name, Refusal.MODULE_UNKNOWN, detail=f"modules.json: {kind}")
        if kind == "Transformer":
            transformer = place
        elif kind == "Pooling":
            pooling = _pooling(folder, read_json(place, "config.json"))
        elif kind == "Dense" and not normalises:
            dense.append(_dense(folder, place))
        elif kind == "Normalize":
            normalises = True
        elif kind != "Dropout":
            raise refused(folder.name, Refusal.MODULE_UNKNOWN, detail=f"modules.json: {kind}")
    return Modules(transformer, pooling, tuple(dense), normalises)


def _inside(folder: Path, path: str) -> Path:
    """Return the folder of a step, which may be nowhere but in the model's own."""
    place = folder / path
    if not place.resolve().is_relative_to(folder.resolve()):
        raise refused(folder.name, Refusal.MODULE_UNKNOWN, detail=f"modules.json: {path}")
    return place


def _kind(folder: Path, type_name: str) -> str:
    package, _, kind = type_name.rpartition(".")
    if package.split(".")[0] != "sentence_transformers":
        raise refused(folder.name, Refusal.REMOTE_CODE, detail=f"modules.json: {type_name}")
    return kind


def _pooling(folder: Path, config: dict[str, Any]) -> str:
    if not config.get("include_prompt", True):
        raise refused(folder.name, Refusal.POOLING_UNKNOWN, detail="include_prompt: false")
    if "pooling_mode" in config:
        named = config["pooling_mode"]
        modes = [named] if isinstance(named, str) else list(named)
    else:
        flags = [flag for flag in _POOLING_FLAGS if config.get(flag)]
        unknown = [name for name, on in config.items() if name.startswith("pooling_mode") and on and name not in flags]
        if unknown:
            raise refused(folder.name, Refusal.POOLING_UNKNOWN, detail=unknown[0])
        return "+".join(_POOLING_FLAGS[flag] for flag in flags) or "mean"
    for mode in modes:
        if mode not in _POOLINGS:
            raise refused(folder.name, Refusal.POOLING_UNKNOWN, detail=str(mode))
    return "+".join(_POOLINGS[mode] for mode in modes)


def _dense(folder: Path, place: Path) -> DenseLayer:
    config = read_json(place, "config.json")
    weights = place / "model.safetensors"
    if not weights.is_file():
        raise refused(folder.name, Refusal.NO_SAFETENSORS, detail=place.name)
    activation = str(config.get("activation_function", "Tanh")).rpartition(".")[2]
    known = activation in ACTIVATIONS and isinstance(config.get("in_features"), int)
    if (
        not known
        or config.get("use_residual")
        or config.get("module_input_name", "sentence_embedding") != "sentence_embedding"
    ):
        raise refused(folder.name, Refusal.MODULE_UNKNOWN, detail=f"{place.name}: {activation}")
    n_in, n_out = int(config["in_features"]), int(config["out_features"])
    return DenseLayer(weights, n_in, n_out, bool(config.get("bias", True)), activation)
