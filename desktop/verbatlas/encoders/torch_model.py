"""MiniLM run by PyTorch: what is converted for OpenVINO, and what runs where OpenVINO cannot."""

from pathlib import Path

import numpy as np
import torch
import transformers
from numpy.typing import NDArray
from safetensors.torch import load_file

from verbatlas.encoders.model_files import WEIGHTS


class PooledUnitVectors(torch.nn.Module):  # type: ignore[misc] # torch brings no types here
    """BERT, mean pooling over the tokens of a text, and division by the length.

    As in https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2. The weights are read by safetensors alone:
    there is no hub to ask, no pickle to open and no remote code to run.

    Raises:
        RuntimeError: The weights are those of another model.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        config = transformers.BertConfig.from_json_file(folder / "config.json")
        self.bert = transformers.BertModel(config, add_pooling_layer=False)
        missing, _ = self.bert.load_state_dict(load_file(folder / WEIGHTS), strict=False)
        if missing:
            raise RuntimeError(f"the weights lack {missing}")
        self.eval()

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Return unit vectors: float32, shape (n_texts, n_dimensions); ids and mask have shape (n_texts, n_tokens)."""
        hidden = self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        weights = attention_mask[:, :, None].to(hidden.dtype)
        pooled = (hidden * weights).sum(1) / weights.sum(1).clamp(min=1e-9)
        return torch.nn.functional.normalize(pooled, dim=1)


class TorchModel:
    """The model in ``folder``, in fp32 on the CPU."""

    precision = "fp32 (PyTorch)"

    def __init__(self, folder: Path) -> None:
        self._module = PooledUnitVectors(folder)

    def __call__(self, ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return unit vectors: float32, shape (n_texts, n_dimensions)."""
        with torch.inference_mode():
            vectors: NDArray[np.float32] = self._module(torch.from_numpy(ids), torch.from_numpy(mask)).numpy()
        return vectors
