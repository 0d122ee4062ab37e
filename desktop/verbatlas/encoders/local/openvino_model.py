"""A converted model run by OpenVINO, at least twice as fast as by PyTorch: compiled for the processor that is there."""

import os
import queue
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from verbatlas.encoders.local.compiled import compile_kept
from verbatlas.encoders.local.mapped_weights import MappedWeights, can_give_back
from verbatlas.encoders.local.precision import Way
from verbatlas.encoders.telemetry import forbid_telemetry

forbid_telemetry()
import openvino  # noqa: E402 - it reports as soon as it is imported

# Its binding looks numpy up when an array first passes it, and waits for ever where two threads come to that at a time,
# each of which has what the other wants: Python's lock, and that of the look-up. So it is done here, by one.
openvino.Tensor(np.zeros((1, 1), np.int64), shared_memory=True).get_element_type().to_dtype()

_HINTS = {"fp32": "f32", "bf16": "bf16", "fp16": "f16"}
_SHORT = {"BF16": "bf16", "FP16": "fp16"}  # by the name of the processor's ability
# From here on a model's file is given back while it is loaded. Smaller ones start sooner as they were compiled before.
_LARGE = 256 * 1024 * 1024  # bytes of weights
_SHORTEST = np.zeros((1, 2), np.int64)
# With int8, so many inputs of a layer share a scale: fewer are more exact, and cost nothing down to here.
_INPUTS_PER_SCALE = 64


def arithmetics() -> tuple[str, ...]:
    """Return what this processor can run: fp32, and shorter numbers where it has instructions for them."""
    able = openvino.Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    return ("fp32", *(name for ability, name in _SHORT.items() if ability in able), "int8")


class OpenvinoModel:
    """The converted model in the file ``model``, on the CPU.

    In fp32 unless asked otherwise: what a processor has for shorter numbers must not change the vectors unasked. With
    int8 the file is that of the quantised model, and what is not multiplied as bytes is as short as the processor can.

    Calls may come from ``streams`` threads at a time, of which each has its share of the cores; one more waits. Cores
    that need not wait for each other at every layer get more done, while each batch takes longer. What is compiled is
    kept for the next start if ``keep``, but for large models, which are in memory once and no more.
    """

    def __init__(self, model: Path, *, arithmetic: str = "fp32", streams: int = 1, keep: bool = False) -> None:
        streams = max(1, min(streams, allowed_cores()))
        self.way = Way(runtime="OpenVINO", arithmetic=arithmetic, streams=streams)
        settings: dict[str, object] = {"PERFORMANCE_HINT": "LATENCY", "NUM_STREAMS": streams, **_fewer_threads()}
        if arithmetic == "int8":
            settings["DYNAMIC_QUANTIZATION_GROUP_SIZE"] = _INPUTS_PER_SCALE
            arithmetic = arithmetics()[1] if len(arithmetics()) > 2 else "fp32"
        settings["INFERENCE_PRECISION_HINT"] = _HINTS[arithmetic]
        self._idle: queue.SimpleQueue[openvino.InferRequest] = queue.SimpleQueue()
        core = openvino.Core()
        weights = model.with_suffix(".bin")
        if can_give_back() and weights.is_file() and weights.stat().st_size >= _LARGE:
            self._load_large(core, model, weights, settings)
        elif keep:
            self._make_ready(compile_kept(core, model, settings, arithmetic=self.way.arithmetic))
        else:
            self._make_ready(core.compile_model(model, "CPU", settings))

    def __call__(self, ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return unit vectors: float32, shape (n_texts, n_dimensions); ids and mask have shape (n_texts, n_tokens)."""
        request = self._idle.get()
        try:
            vectors: NDArray[np.float32] = request.infer([ids, mask], share_inputs=True)[0]
        finally:
            self._idle.put(request)
        return vectors

    def _load_large(self, core: "openvino.Core", model: Path, weights: Path, settings: dict[str, object]) -> None:
        # As long as the model: what is compiled has places in it.
        self._weights = MappedWeights(weights)
        with self._weights.given_back():
            array = openvino.Tensor(self._weights.bytes, shared_memory=True)
            self._make_ready(core.compile_model(core.read_model(model.read_bytes(), array), "CPU", settings))
            for _ in range(self.way.streams):  # each request's first call packs the weights that are not packed yet
                self(_SHORTEST, np.ones_like(_SHORTEST))

    def _make_ready(self, compiled: "openvino.CompiledModel") -> None:
        for _ in range(self.way.streams):
            self._idle.put(compiled.create_infer_request())


def allowed_cores() -> int:
    """Return how many of the processor's cores this process may use."""
    if not hasattr(os, "sched_getaffinity"):  # neither macOS nor Windows
        return os.cpu_count() or 1
    return len(os.sched_getaffinity(0))


def _fewer_threads() -> dict[str, int]:
    """Keep to the processors that this process may use, where they are not all."""
    allowed = allowed_cores()
    return {"INFERENCE_NUM_THREADS": allowed} if allowed < (os.cpu_count() or 1) else {}
