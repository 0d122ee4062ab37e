"""The weights of a converted model's layers as bytes, which a processor multiplies faster than fractions."""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import openvino

_LARGEST = 127  # of a signed byte, the same on both sides of zero


def quantise(model: "openvino.Model") -> None:
    """Replace the weights of all linear layers by bytes and one scale per output, in place.

    Round to nearest, symmetric, per output channel. The inputs stay fractions here; OpenVINO turns them into bytes
    while it runs, with a scale for every few of them, so that no sample texts decide what is cut off.
    """
    from openvino import opset13 as operations  # noqa: PLC0415 - heavy, and needed only where a model is made

    for node in model.get_ordered_ops():
        if node.get_type_name() != "MatMul":
            continue
        constant = node.input_value(1).get_node()
        if constant.get_type_name() != "Constant" or len(constant.shape) != 2:
            continue
        weights = constant.data
        inner = 1 if node.get_attributes()["transpose_b"] else 0
        scales = np.maximum(np.abs(weights).max(axis=inner, keepdims=True), np.finfo(np.float32).tiny) / _LARGEST
        bytes_ = np.clip(np.round(weights / scales), -_LARGEST, _LARGEST).astype(np.int8)
        fractions = operations.convert(operations.constant(bytes_), "f32")
        scaled = operations.multiply(fractions, operations.constant(scales.astype(np.float32)))
        node.input(1).replace_source_output(scaled.output(0))
