"""What a model's own files say about how it is to be used; nothing of the model is run or loaded for it."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from verbatlas.encoders.local.model_json import read_json
from verbatlas.encoders.local.modules import DenseLayer, read_modules
from verbatlas.encoders.local.prompts import Prompts, read_prompts
from verbatlas.encoders.local.refusal import Refusal, refused
from verbatlas.encoders.local.weights import weight_files

_LIMIT_FILES = (
    "sentence_bert_config.json",
    "sentence_roberta_config.json",
    "sentence_distilbert_config.json",
    "sentence_camembert_config.json",
    "sentence_albert_config.json",
    "sentence_xlm-roberta_config.json",
    "sentence_xlnet_config.json",
)
# Their positions begin after the padding's number, so two of them are never used.
_POSITIONS_AFTER_PADDING = (
    "roberta",
    "xlm-roberta",
    "xlm-roberta-xl",
    "camembert",
    "mpnet",
    "longformer",
    "data2vec-text",
)
_ENDLESS = 1_000_000  # tokenizers without a limit name a far larger number
_USUAL_LIMIT = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelDescription:
    """What the files of a model say.

    Attributes:
        folder: Where they are.
        architecture: ``bert``, ``xlm-roberta``, ``qwen3``, … as config.json has it.
        pooling: ``cls``, ``mean``, ``mean_sqrt``, ``weighted_mean``, ``max`` or ``last``; several joined by ``+``.
        dense: Layers after the pooling.
        normalises: Whether the model itself makes unit vectors; they are made in any case.
        max_tokens: The longest input, its special tokens included.
        n_dimensions: The length of a vector.
        dtype: In which its weights are kept: ``float32``, ``float16``, ``bfloat16``; blank where the files are silent.
        lower_case: Whether texts are to be lower-cased before anything else.
        pad_token: The number of the token that fills up short texts.
        prompts: What the files say about instructions.
        weights: The safetensors files, in order.
    """

    folder: Path
    architecture: str
    pooling: str
    dense: tuple[DenseLayer, ...]
    normalises: bool
    max_tokens: int
    n_dimensions: int
    dtype: str
    lower_case: bool
    pad_token: int
    prompts: Prompts
    weights: tuple[Path, ...]

    @property
    def all_weights(self) -> tuple[Path, ...]:
        """The safetensors files of the transformer and of the layers after it."""
        return self.weights + tuple(layer.weights for layer in self.dense)


def describe(folder: Path) -> ModelDescription:
    """Return what the files of the model in ``folder`` say, as SentenceTransformer would understand them.

    Raises:
        UserError: MODEL_REFUSED, with the reason.
    """
    config = read_json(folder, "config.json")
    modules = read_modules(folder)
    root = modules.transformer
    if root != folder:
        config = read_json(root, "config.json")
    architecture = str(config.get("model_type", ""))
    _check(folder, config)
    n_dimensions = _hidden_size(folder, config) * (modules.pooling.count("+") + 1)
    if modules.dense:
        n_dimensions = modules.dense[-1].n_out
    limits = next((found for name in _LIMIT_FILES if (found := read_json(root, name))), {})
    return ModelDescription(
        folder=folder,
        architecture=architecture,
        pooling=modules.pooling,
        dense=modules.dense,
        normalises=modules.normalises,
        max_tokens=_max_tokens(root, config, limits),
        n_dimensions=n_dimensions,
        dtype=str(config.get("dtype") or config.get("torch_dtype") or ""),
        lower_case=bool(limits.get("do_lower_case", False)),
        pad_token=int(config.get("pad_token_id") or 0),
        prompts=read_prompts(folder),
        weights=weight_files(root),
    )


class Disagreement(StrEnum):
    """What the model's own files say otherwise than was known of it; theirs is done."""

    POOLING = "pooling"
    MAX_TOKENS = "max_tokens"
    N_DIMENSIONS = "n_dimensions"
    DOCUMENT_PROMPT = "document_prompt"
    QUERY_PROMPT = "query_prompt"


def disagreements(
    description: ModelDescription,
    *,
    pooling: str = "",
    max_tokens: int = 0,
    n_dimensions: int = 0,
    prompts: Prompts | None = None,
) -> dict[Disagreement, tuple[object, object]]:
    """Return where a model's files and what was known of it differ: (what the files say, what was known) by value.

    Args:
        description: What the files say.
        pooling: What was known; blank for nothing.
        max_tokens: What was known; 0 for nothing.
        n_dimensions: What was known; 0 for nothing.
        prompts: What was known; where the files are silent, there is nothing to disagree about.
    """
    prompts = prompts or Prompts()
    own = description.prompts
    pairs: dict[Disagreement, tuple[object, object]] = {
        Disagreement.POOLING: (description.pooling, pooling or description.pooling),
        Disagreement.MAX_TOKENS: (description.max_tokens, max_tokens or description.max_tokens),
        Disagreement.N_DIMENSIONS: (description.n_dimensions, n_dimensions or description.n_dimensions),
        Disagreement.DOCUMENT_PROMPT: (own.document, prompts.document),
        Disagreement.QUERY_PROMPT: (own.query, prompts.query),
    }
    return {kind: (says, known) for kind, (says, known) in pairs.items() if None not in (says, known) and says != known}


def _check(folder: Path, config: dict[str, Any]) -> None:
    if not config.get("model_type"):
        if (folder / "adapter_config.json").exists():
            raise refused(folder.name, Refusal.ADAPTER, detail="adapter_config.json")
        raise refused(folder.name, Refusal.NO_MODEL, detail="config.json")
    if "auto_map" in config:
        raise refused(folder.name, Refusal.REMOTE_CODE, detail="config.json: auto_map")
    if (folder / "adapter_config.json").exists():
        raise refused(folder.name, Refusal.ADAPTER, detail="adapter_config.json")
    if config.get("is_encoder_decoder"):
        raise refused(folder.name, Refusal.NO_TEXT_ENCODER, detail=str(config["model_type"]))


def _hidden_size(folder: Path, config: dict[str, Any]) -> int:
    for name in ("hidden_size", "dim", "d_model", "n_embd"):
        if isinstance(config.get(name), int):
            return int(config[name])
    raise refused(folder.name, Refusal.NO_TEXT_ENCODER, detail=str(config["model_type"]))


def _max_tokens(folder: Path, config: dict[str, Any], limits: dict[str, Any]) -> int:
    tokenizer = read_json(folder, "tokenizer_config.json")
    positions = config.get("max_position_embeddings") or _ENDLESS
    if config["model_type"] in _POSITIONS_AFTER_PADDING:
        positions -= 2
    wanted = limits.get("max_seq_length") or tokenizer.get("model_max_length") or _ENDLESS
    longest = min(int(wanted), int(positions))
    return longest if longest < _ENDLESS else _USUAL_LIMIT
