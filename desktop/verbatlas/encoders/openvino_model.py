"""MiniLM run by OpenVINO, about 2.5 times as fast as by PyTorch: compiled for the processor that is there."""

import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from verbatlas.encoders.telemetry import forbid_telemetry

forbid_telemetry()
import openvino  # noqa: E402 - it reports as soon as it is imported

# fp32 everywhere: what a processor has for shorter numbers must not change the vectors.
_SETTINGS = {"INFERENCE_PRECISION_HINT": "f32", "PERFORMANCE_HINT": "LATENCY"}


class OpenvinoModel:
    """The converted model in the file ``model``, in fp32 on the CPU."""

    precision = "fp32 (OpenVINO)"

    def __init__(self, model: Path) -> None:
        self._compiled = openvino.Core().compile_model(model, "CPU", _SETTINGS | _fewer_threads())

    def __call__(self, ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return unit vectors: float32, shape (n_texts, n_dimensions); ids and mask have shape (n_texts, n_tokens)."""
        vectors: NDArray[np.float32] = self._compiled([ids, mask])[0]
        return vectors


def _fewer_threads() -> dict[str, int]:
    """Keep to the processors that this process may use, where they are not all."""
    if not hasattr(os, "sched_getaffinity"):  # neither macOS nor Windows
        return {}
    allowed = len(os.sched_getaffinity(0))
    return {"INFERENCE_NUM_THREADS": allowed} if allowed < (os.cpu_count() or 1) else {}
