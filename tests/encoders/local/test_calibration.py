import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from tiny_models import bert

from verbatlas.encoders.local import calibration
from verbatlas.encoders.local.calibration import (
    Measured,
    Streams,
    calibrate,
    calibration_texts,
    fastest,
    fastest_streams,
    measure,
    measure_streams,
)
from verbatlas.encoders.local.conversion import MODEL_FILE, convert
from verbatlas.encoders.local.description import describe
from verbatlas.encoders.local.precision import Precision, Way
from verbatlas.encoders.local.tokens import TextReader

_EXACT = Measured(Way(runtime="OpenVINO", arithmetic="fp32"), least=1.0, mean=1.0, gain=1.0)
_BF16 = Measured(Way(runtime="OpenVINO", arithmetic="bf16"), least=0.99995, mean=0.99999, gain=1.8)
_INT8 = Measured(Way(runtime="OpenVINO", arithmetic="int8"), least=0.985, mean=0.9993, gain=2.2)


def test_texts_are_in_both_languages_and_of_many_lengths() -> None:
    texts = calibration_texts()
    lengths = [len(text) for text in texts]
    assert min(lengths) < 30
    assert max(lengths) > 300
    assert any("屏幕" in text for text in texts)
    assert any("coffee" in text for text in texts)


@pytest.mark.parametrize(
    ("precision", "measured", "arithmetic", "agreement"),
    [
        (Precision.AUTO, [_EXACT, _BF16, _INT8], "bf16", 0.99995),
        (Precision.FAST, [_EXACT, _BF16, _INT8], "int8", 0.9993),
        (Precision.EXACT, [_EXACT, _BF16, _INT8], "fp32", 1.0),
        (Precision.AUTO, [_EXACT], "fp32", 1.0),
        (Precision.AUTO, [_EXACT, replace(_BF16, least=0.9998)], "fp32", 1.0),
        (Precision.AUTO, [_EXACT, replace(_BF16, gain=1.05)], "fp32", 1.0),
        (Precision.FAST, [_EXACT, _BF16, replace(_INT8, mean=0.98)], "bf16", 0.99999),
        (Precision.FAST, [_EXACT, _BF16, replace(_INT8, gain=1.5)], "bf16", 0.99999),
    ],
)
def test_the_fastest_of_the_exact_enough_is_taken(
    precision: Precision, measured: list[Measured], arithmetic: str, agreement: float
) -> None:
    way = fastest(measured, precision=precision)
    assert (way.arithmetic, way.agreement) == (arithmetic, agreement)


class _Turned:
    """A model whose vectors are off by an angle."""

    def __init__(self, arithmetic: str) -> None:
        if arithmetic == "fp16":
            raise RuntimeError("this processor has no such instructions")
        self.way = Way(runtime="OpenVINO", arithmetic=arithmetic)
        self._angle = {"fp32": 0.0, "bf16": 0.1}[arithmetic]

    def __call__(self, ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
        angles = ids.sum(axis=1) + self._angle
        return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def test_agreement_is_the_cosine_to_fp32_and_what_cannot_run_is_left_out(tmp_path: Path) -> None:
    tokens = TextReader(describe(bert(tmp_path))).read(["good", "very good", "好"], begun=lambda: None)
    exact, other = measure(_Turned, ["fp16", "bf16"], tokens)
    assert (exact.way.arithmetic, exact.least, exact.mean, exact.gain) == ("fp32", 1.0, 1.0, 1.0)
    assert other.way.arithmetic == "bf16"
    assert other.least == pytest.approx(np.cos(0.1), abs=1e-5)
    assert other.way.rows_per_second > 0


@pytest.mark.parametrize(
    ("measured", "streams"),
    [
        ([], 1),
        ([Streams(2, 1.2, 0.2)], 2),
        ([Streams(2, 1.2, 0.2), Streams(4, 1.4, 0.2)], 4),
        ([Streams(2, 1.4, 0.2), Streams(4, 0.7, 0.2)], 2),
        ([Streams(2, 0.98, 0.2)], 2),
        ([Streams(2, 0.9, 0.2)], 1),
        ([Streams(2, 1.2, 0.2), Streams(4, 1.4, 1.9)], 2),  # cancelling would have to wait
    ],
)
def test_as_many_batches_are_run_at_a_time_as_are_fastest(measured: list[Streams], streams: int) -> None:
    assert fastest_streams(measured) == streams


def test_only_numbers_of_streams_that_share_the_cores_are_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calibration, "_SECONDS", 0.01)

    def load(streams: int) -> _Turned:
        if streams == 3:
            raise RuntimeError("so many cannot be")
        model = _Turned("bf16")
        model.way = replace(model.way, streams=streams)
        return model

    tokens = TextReader(describe(bert(tmp_path))).read(["good", "very good", "好"], begun=lambda: None)
    measured = measure_streams(load, tokens, n_cores=12)
    assert [one.count for one in measured] == [6, 12]
    assert all(one.gain > 0 and one.longest > 0 for one in measured)
    assert measure_streams(load, tokens, n_cores=1) == []


@pytest.mark.filterwarnings("ignore")  # of tracing, which the program does in a process where nobody hears them
def test_what_was_found_is_written(tmp_path: Path) -> None:
    description = describe(bert(tmp_path / "model", limit=60))
    (tmp_path / "converted").mkdir()
    convert(description, tmp_path / "converted")
    models = {"fp32": tmp_path / "converted" / MODEL_FILE}
    calibrate(description, models, "cpu", Precision.AUTO, tmp_path / "way.json")
    way = Way(**json.loads((tmp_path / "way.json").read_text()))
    assert way.runtime == "OpenVINO"
    assert way.agreement >= 0.9999
    assert way.rows_per_second > 0
