import os
import shutil
from pathlib import Path

import pytest
from encoder_reports import Reports
from verbatlas.encoders.conversion import ConversionFailed, converted_model
from verbatlas.encoders.model_files import find_model

from verbatlas.encoders import Encoder
from verbatlas.progress import Cancelled, no_report

_AN_HOUR_AGO_AND_MORE = 4_000


@pytest.fixture
def copied_cache(minilm: Encoder, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(cache, tmp_path / "cache")
    monkeypatch.setenv("VERBATLAS_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


def _converted() -> tuple[Path, Reports]:
    reports = Reports()
    return converted_model(find_model(), report=reports), reports


def test_a_model_is_converted_once(minilm: Encoder) -> None:
    path, reports = _converted()
    assert path.is_file()
    assert reports == []


def test_a_conversion_leaves_nothing_else_behind(minilm: Encoder, cache: Path) -> None:
    (kept,) = (cache / "models").iterdir()
    assert {path.name for path in kept.iterdir()} == {"model.xml", "model.bin", "model.sha256"}


def test_a_damaged_conversion_is_made_again(copied_cache: Path) -> None:
    (weights,) = copied_cache.rglob("model.bin")
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
        converted_model(find_model(), report=Reports(cancel_after=5))
    assert list((tmp_path / "models").iterdir()) == []


def test_what_an_earlier_crash_left_is_cleared_away(copied_cache: Path) -> None:
    left, new = copied_cache / "models" / "new-crashed", copied_cache / "models" / "new-running"
    for folder in (left, new):
        folder.mkdir()
    long_ago = left.stat().st_mtime - _AN_HOUR_AGO_AND_MORE
    os.utime(left, (long_ago, long_ago))
    shutil.rmtree(next(copied_cache.glob("models/minilm-*")))
    with pytest.raises(Cancelled):
        converted_model(find_model(), report=Reports(cancel_after=1))
    assert [path.name for path in (copied_cache / "models").iterdir()] == ["new-running"]


def test_files_that_cannot_be_converted_are_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VERBATLAS_CACHE_DIR", str(tmp_path / "cache"))
    with pytest.raises(ConversionFailed, match="exit code"):
        converted_model(tmp_path, report=no_report)
    assert list((tmp_path / "cache" / "models").iterdir()) == []


def test_a_cache_that_cannot_be_written_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("VERBATLAS_CACHE_DIR", str(tmp_path / "file"))
    with pytest.raises(ConversionFailed):
        converted_model(find_model(), report=no_report)
