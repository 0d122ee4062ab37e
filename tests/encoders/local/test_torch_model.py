from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file
from tiny_models import bert, change

from verbatlas.encoders.local.description import describe
from verbatlas.encoders.local.packaged import find_model
from verbatlas.encoders.local.refusal import Refusal
from verbatlas.encoders.local.torch_model import TorchModel, can_use
from verbatlas.encoders.packages import MINILM_PACKAGE
from verbatlas.errors import UserError


def _refused(folder: Path) -> UserError:
    with pytest.raises(UserError) as caught:
        TorchModel(describe(folder))
    return caught.value


def test_padding_does_not_change_a_vector() -> None:
    model = TorchModel(describe(find_model(MINILM_PACKAGE)))
    ids = np.array([[101, 7592, 102, 0, 0]])
    alone = model(ids[:, :3], np.ones((1, 3), dtype=np.int64))
    padded = model(ids, (ids != 0).astype(np.int64))
    assert padded == pytest.approx(alone, abs=1e-6)
    assert np.linalg.norm(alone) == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize(("arithmetic", "agreement"), [("bf16", 0.99), ("fp16", 0.9999)])
def test_shorter_numbers_stay_close(arithmetic: str, agreement: float, tmp_path: Path) -> None:
    description = describe(bert(tmp_path, pooling="mean"))
    ids = np.array([[2, 9, 8, 7, 3], [2, 11, 3, 0, 0]])
    mask = (ids != 0).astype(np.int64)
    exact, short = TorchModel(description), TorchModel(description, arithmetic=arithmetic)
    assert (exact(ids, mask) * short(ids, mask)).sum(axis=1).min() > agreement
    assert short.way.precision == f"{arithmetic} (PyTorch)"
    assert short(ids, mask).dtype == np.float32


def test_weights_with_a_part_missing_are_refused(tmp_path: Path) -> None:
    bert(tmp_path)
    weights = load_file(tmp_path / "model.safetensors")
    del weights["encoder.layer.1.output.dense.weight"]
    save_file(weights, tmp_path / "model.safetensors", metadata={"format": "pt"})
    error = _refused(tmp_path)
    assert error.values["reason"] == Refusal.WEIGHTS_INCOMPLETE
    assert "encoder.layer.1" in str(error.values["detail"])


def test_weights_that_were_cut_off_are_refused(tmp_path: Path) -> None:
    bert(tmp_path)
    content = (tmp_path / "model.safetensors").read_bytes()
    (tmp_path / "model.safetensors").write_bytes(content[: len(content) // 2])
    assert _refused(tmp_path).values["reason"] == Refusal.WEIGHTS_INCOMPLETE


def test_an_architecture_that_is_not_known_is_refused(tmp_path: Path) -> None:
    change(bert(tmp_path), "config.json", model_type="new")
    assert _refused(tmp_path).values["reason"] == Refusal.NO_TEXT_ENCODER


def test_pytorch_for_processors_can_use_no_card() -> None:
    torch = pytest.importorskip("torch")
    assert can_use("cuda") is torch.cuda.is_available()
    assert can_use("mps") is torch.backends.mps.is_available()
