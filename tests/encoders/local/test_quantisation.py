from pathlib import Path

import numpy as np
import openvino
import pytest
from openvino import opset13 as operations

from verbatlas.encoders.local.quantisation import quantise


def _model(weights: np.ndarray, *, transposed: bool) -> openvino.Model:
    given = operations.parameter([-1, weights.shape[1 if transposed else 0]], np.float32)
    product = operations.matmul(given, operations.constant(weights), False, transposed)
    return openvino.Model([product], [given])


@pytest.mark.parametrize("transposed", [True, False])
def test_weights_become_bytes_and_the_results_stay_close(transposed: bool, tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    weights = rng.standard_normal((256, 256)).astype(np.float32)
    outputs = weights.T if not transposed else weights
    outputs[7] *= 50  # of another size than the rest
    outputs[9] = 0
    model = _model(weights, transposed=transposed)
    given = rng.standard_normal((20, 256)).astype(np.float32)
    exact = openvino.compile_model(model, "CPU")(given)[0].copy()
    quantise(model)
    close = openvino.compile_model(model, "CPU")(given)[0]
    lengths = np.linalg.norm(exact, axis=1) * np.linalg.norm(close, axis=1)
    assert ((exact * close).sum(axis=1) / lengths).min() > 0.99
    openvino.save_model(model, tmp_path / "small.xml", compress_to_fp16=False)
    assert (tmp_path / "small.bin").stat().st_size < 256 * 256 * 1.1


def test_a_product_of_two_inputs_stays_as_it_is() -> None:
    one, other = (operations.parameter([4, 4], np.float32) for _ in range(2))
    model = openvino.Model([operations.matmul(one, other, False, False)], [one, other])
    quantise(model)
    assert len(model.get_ops()) == 4
