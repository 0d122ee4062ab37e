import os
import shutil
from pathlib import Path

import pytest
from encoder_reports import Reports
from tiny_models import bert, change

from verbatlas.encoders import Encoder
from verbatlas.encoders.local.conversion import ConversionFailed, converted_model
from verbatlas.encoders.local.description import ModelDescription, describe
from verbatlas.encoders.local.packaged import find_model
from verbatlas.encoders.local.weights import weights_digest
from verbatlas.encoders.packages import MINILM_PACKAGE
from verbatlas.progress import Cancelled, no_report

_AN_HOUR_AGO_AND_MORE = 4_000


@pytest.fixture
def copied_cache(minilm: Encoder, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(cache, tmp_path / "cache")
    monkeypatch.setenv("VERBATLAS_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


def _model() -> tuple[ModelDescription, str]:
    description = describe(find_model(MINILM_PACKAGE))
    return description, weights_digest(description.all_weights)


def _converted(*, arithmetic: str = "fp32") -> tuple[Path, Reports]:
    reports = Reports()
    description, digest = _model()
    return converted_model(description, digest=digest, arithmetic=arithmetic, report=reports), reports


def _minilm(cache: Path) -> set[Path]:
    _, digest = _model()
    return set((cache / "models").glob(f"bert-{digest[:16]}-*"))


def test_a_model_is_converted_once(minilm: Encoder) -> None:
    path, reports = _converted()
    assert path.is_file()
    assert reports == []


def test_a_conversion_leaves_nothing_else_behind(minilm: Encoder, cache: Path) -> None:
    for kept in _minilm(cache):
        assert {path.name for path in kept.iterdir()} == {"model.xml", "model.bin", "model.sha256"}
    assert list((cache / "models").glob("new-*")) == []


def test_bytes_take_a_quarter_of_the_room(minilm: Encoder) -> None:
    whole, _ = _converted()
    small, _ = _converted(arithmetic="int8")
    again, reports = _converted(arithmetic="int8")
    # The word vectors, half of this model, are looked up and not multiplied.
    assert small.with_name("model.bin").stat().st_size < 0.7 * whole.with_name("model.bin").stat().st_size
    assert again == small
    assert reports == []


def test_a_damaged_conversion_is_made_again(copied_cache: Path) -> None:
    weights = _converted()[0].with_name("model.bin")
    content = weights.read_bytes()
    weights.write_bytes(content[:-1_000])
    path, reports = _converted()
    assert path == weights.with_name("model.xml")
    assert weights.read_bytes() == content
    done = [done for done, _ in reports]
    assert done == sorted(done)
    assert done


def test_a_cancelled_conversion_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERBATLAS_CACHE_DIR", str(tmp_path))
    with pytest.raises(Cancelled):
        converted_model(_model()[0], digest=_model()[1], report=Reports(cancel_after=5))
    assert list((tmp_path / "models").iterdir()) == []


def test_what_an_earlier_crash_left_is_cleared_away(copied_cache: Path) -> None:
    left, new = copied_cache / "models" / "new-crashed", copied_cache / "models" / "new-running"
    for folder in (left, new):
        folder.mkdir()
    long_ago = left.stat().st_mtime - _AN_HOUR_AGO_AND_MORE
    os.utime(left, (long_ago, long_ago))
    for kept in _minilm(copied_cache):
        shutil.rmtree(kept)
    with pytest.raises(Cancelled):
        converted_model(_model()[0], digest=_model()[1], report=Reports(cancel_after=1))
    assert [path.name for path in copied_cache.glob("models/new-*")] == ["new-running"]


def test_a_model_that_cannot_be_converted_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VERBATLAS_CACHE_DIR", str(tmp_path / "cache"))
    change(bert(tmp_path / "model"), "config.json", model_type="new")
    capfd.readouterr()  # transformers draws a bar while the test writes its model
    with pytest.raises(ConversionFailed, match="model_refused") as caught:
        converted_model(describe(tmp_path / "model"), digest="ab" * 32, report=no_report)
    assert caught.value.is_final
    assert list((tmp_path / "cache" / "models").iterdir()) == []
    assert capfd.readouterr().err == ""


def test_a_cache_that_cannot_be_written_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("VERBATLAS_CACHE_DIR", str(tmp_path / "file"))
    with pytest.raises(ConversionFailed) as caught:
        _converted()
    assert not caught.value.is_final
