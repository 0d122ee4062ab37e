"""A model run by PyTorch: what is converted for OpenVINO, what runs on graphics cards, and where OpenVINO cannot."""

from typing import Any

import numpy as np
import torch
import transformers
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.torch import load_file

from verbatlas.encoders.local.description import ModelDescription
from verbatlas.encoders.local.modules import DenseLayer
from verbatlas.encoders.local.precision import Way
from verbatlas.encoders.local.refusal import Refusal, refused

_DTYPES = {"fp32": torch.float32, "fp16": torch.float16, "bf16": torch.bfloat16}
_WITH_POOLER = ("bert", "roberta", "xlm-roberta", "xlm-roberta-xl", "camembert", "mpnet", "electra", "ernie")
_UNUSED = "pooler."  # a layer for another task that some architectures have and no pooling reads


class PooledUnitVectors(torch.nn.Module):  # type: ignore[misc] # torch brings no types here
    """A transformer, the pooling of its tokens, its dense layers, and division by the length.

    As in sentence-transformers, for texts that are filled up on the right: causal models cannot see what comes after
    their last token, and others do not look at what is masked, so the side makes no difference. The weights are read
    by safetensors alone: there is no hub to ask, no pickle to open and no remote code to run.

    Raises:
        UserError: MODEL_REFUSED: the weights lack a part, or transformers does not know the architecture.
    """

    def __init__(self, description: ModelDescription) -> None:
        super().__init__()
        self.transformer = _transformer(description)
        self.dense = torch.nn.Sequential(*(_dense(layer) for layer in description.dense))
        self._poolings = description.pooling.split("+")
        # What a causal model would remember for the next token is of no use here.
        self._options = {"use_cache": False} if self.transformer.config.to_dict().get("use_cache") else {}
        self.eval()

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Return unit vectors: float32, shape (n_texts, n_dimensions); ids and mask have shape (n_texts, n_tokens)."""
        found = self.transformer(input_ids=input_ids, attention_mask=attention_mask, **self._options)
        hidden = found.last_hidden_state.float()
        pooled = torch.cat([_pooled(hidden, attention_mask, pooling) for pooling in self._poolings], dim=1)
        return torch.nn.functional.normalize(self.dense(pooled), dim=1)


class TorchModel:
    """The described model, on a processor or graphics card.

    Args:
        description: Of the model.
        arithmetic: ``fp32``, ``fp16`` or ``bf16``.
        device: ``cpu``, ``cuda`` or ``mps``.
    """

    def __init__(self, description: ModelDescription, *, arithmetic: str = "fp32", device: str = "cpu") -> None:
        self.way = Way(runtime="PyTorch", arithmetic=arithmetic, device=_device_name(device))
        self._device = torch.device(device)
        self._module = PooledUnitVectors(description)
        self._module.transformer.to(_DTYPES[arithmetic])
        self._module.to(self._device)

    def __call__(self, ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return unit vectors: float32, shape (n_texts, n_dimensions)."""
        with torch.inference_mode():
            vectors = self._module(torch.from_numpy(ids).to(self._device), torch.from_numpy(mask).to(self._device))
            found: NDArray[np.float32] = vectors.cpu().numpy()
        return found


def can_use(device: str) -> bool:
    """Return whether PyTorch can use the device, ``cuda`` or ``mps``."""
    return bool(torch.cuda.is_available() if device == "cuda" else torch.backends.mps.is_available())


def card_arithmetics(device: str) -> tuple[str, ...]:
    """Return the shorter numbers that the graphics card has instructions for."""
    return (
        ("bf16", "fp16") if device == "cuda" and torch.cuda.is_bf16_supported(including_emulation=False) else ("fp16",)
    )


def _device_name(device: str) -> str:
    if device == "cuda":
        return str(torch.cuda.get_device_name())
    return {"cpu": "CPU", "mps": "Apple GPU"}[device]


def _transformer(description: ModelDescription) -> Any:
    transformers.utils.logging.set_verbosity_error()  # it would list the layers that are not needed
    transformers.utils.logging.disable_progress_bar()
    folder, name = description.weights[0].parent, description.folder.name
    wanted: dict[str, Any] = {"add_pooling_layer": False} if description.architecture in _WITH_POOLER else {}
    try:
        model, found = transformers.AutoModel.from_pretrained(
            str(folder),
            local_files_only=True,
            trust_remote_code=False,
            use_safetensors=True,
            dtype=torch.float32,
            output_loading_info=True,
            **wanted,
        )
    except (ValueError, KeyError, ImportError) as error:
        raise refused(name, Refusal.NO_TEXT_ENCODER, detail=str(error).strip().partition("\n")[0]) from error
    except (OSError, SafetensorError) as error:
        raise refused(name, Refusal.WEIGHTS_INCOMPLETE, detail=str(error).strip().partition("\n")[0]) from error
    missing = sorted(key for key in found["missing_keys"] if not key.startswith(_UNUSED))
    if missing or found.get("mismatched_keys"):
        raise refused(name, Refusal.WEIGHTS_INCOMPLETE, detail=missing[0] if missing else str(found["mismatched_keys"]))
    return model


def _dense(layer: DenseLayer) -> torch.nn.Module:
    linear = torch.nn.Linear(layer.n_in, layer.n_out, bias=layer.bias)
    weights = {key.removeprefix("linear."): value.float() for key, value in load_file(layer.weights).items()}
    linear.load_state_dict(weights)
    return torch.nn.Sequential(linear, getattr(torch.nn, layer.activation)())


def _pooled(hidden: torch.Tensor, mask: torch.Tensor, pooling: str) -> torch.Tensor:
    """Return one vector per text, as the Pooling module of sentence-transformers does."""
    if pooling == "cls":
        return hidden[:, 0]
    if pooling == "last":
        last = (mask.sum(1) - 1).clamp(min=0)[:, None, None].expand(-1, 1, hidden.shape[2])
        return hidden.gather(1, last).squeeze(1)
    inside = mask[:, :, None].to(hidden.dtype)
    if pooling == "max":
        return (hidden * inside + (inside - 1) * 1e9).max(1).values
    if pooling == "weighted_mean":
        inside = inside * (torch.arange(mask.shape[1], device=mask.device, dtype=hidden.dtype) + 1)[None, :, None]
    n_tokens = inside.sum(1).clamp(min=1e-9)
    return (hidden * inside).sum(1) / (n_tokens.sqrt() if pooling == "mean_sqrt" else n_tokens)
