from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from verbatlas.encoders.local.description import describe
from verbatlas.encoders.local.packaged import find_model
from verbatlas.encoders.local.torch_model import TorchModel


def test_padding_does_not_change_a_vector() -> None:
    model = TorchModel(describe(find_model()))
    ids = np.array([[101, 7592, 102, 0, 0]])
    alone = model(ids[:, :3], np.ones((1, 3), dtype=np.int64))
    padded = model(ids, (ids != 0).astype(np.int64))
    assert padded == pytest.approx(alone, abs=1e-6)
    assert np.linalg.norm(alone) == pytest.approx(1, abs=1e-6)


def test_weights_with_a_part_missing_are_refused(tmp_path: Path) -> None:
    weights = load_file(find_model() / "model.safetensors")
    del weights["encoder.layer.5.output.dense.weight"]
    save_file(weights, tmp_path / "model.safetensors")
    (tmp_path / "config.json").write_bytes((find_model() / "config.json").read_bytes())
    with pytest.raises(RuntimeError, match=r"encoder\.layer\.5"):
        TorchModel(tmp_path)
