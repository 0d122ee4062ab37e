"""A compiled model that is kept gives the same vectors, and what is not the right one is made anew."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from verbatlas.encoders import Encoder
from verbatlas.encoders.local import compiled
from verbatlas.encoders.local.conversion import converted_model
from verbatlas.encoders.local.description import describe
from verbatlas.encoders.local.openvino_model import OpenvinoModel, arithmetics
from verbatlas.encoders.local.packaged import find_model
from verbatlas.encoders.local.weights import weights_digest
from verbatlas.encoders.packages import MINILM_PACKAGE
from verbatlas.progress import no_report

_IDS = np.array([[101, 2023, 2003, 102], [101, 2204, 102, 0]])
_MASK = np.array([[1, 1, 1, 1], [1, 1, 1, 0]])
Damage = Callable[[Path], object]


@pytest.fixture
def model(minilm: Encoder) -> Path:
    """The converted model, which is in the cache that all tests share."""
    description = describe(find_model(MINILM_PACKAGE))
    return converted_model(description, digest=weights_digest(description.all_weights), report=no_report)


@pytest.fixture
def kept(model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where compiled models are kept, with nothing there yet."""
    monkeypatch.setenv("VERBATLAS_CACHE_DIR", str(tmp_path))
    return tmp_path / "compiled"


def _vectors(model: Path, *, arithmetic: str = "fp32", streams: int = 1, keep: bool = True) -> bytes:
    return OpenvinoModel(model, arithmetic=arithmetic, streams=streams, keep=keep)(_IDS, _MASK).tobytes()


def _files(kept: Path) -> dict[str, int]:
    return {path.relative_to(kept).as_posix(): path.stat().st_ino for path in kept.rglob("*") if path.is_file()}


@pytest.mark.parametrize("arithmetic", [name for name in arithmetics() if name != "int8"])
def test_vectors_are_the_same_to_the_last_bit_and_it_is_made_once(kept: Path, model: Path, arithmetic: str) -> None:
    wanted = _vectors(model, arithmetic=arithmetic, keep=False)
    assert not kept.exists()
    assert _vectors(model, arithmetic=arithmetic) == wanted
    made = _files(kept)
    assert _vectors(model, arithmetic=arithmetic) == wanted
    assert _files(kept) == made
    assert len(made) == 2


def test_it_is_small(kept: Path, model: Path) -> None:
    _vectors(model)
    assert sum((kept / name).stat().st_size for name in _files(kept)) < 2_000_000


def _spoil(folder: Path) -> None:
    (blob,) = folder.glob("*.blob")
    content = bytearray(blob.read_bytes())
    content[len(content) // 2] ^= 1
    blob.chmod(0o600)
    blob.write_bytes(content)


def _cut(folder: Path) -> None:
    (blob,) = folder.glob("*.blob")
    blob.chmod(0o600)
    os.truncate(blob, 1000)


def _replace_seal(folder: Path) -> None:
    (folder / "made.json").write_text("{")


def _remove_blob(folder: Path) -> None:
    (blob,) = folder.glob("*.blob")
    blob.unlink()


def _add_file(folder: Path) -> None:
    (folder / "other.blob").write_bytes(b"of another program")


@pytest.mark.parametrize("damage", [_spoil, _cut, _replace_seal, _remove_blob, _add_file])
def test_what_is_damaged_is_made_anew(kept: Path, model: Path, damage: Damage) -> None:
    wanted = _vectors(model)
    (folder,) = kept.iterdir()
    damage(folder)
    before = _files(kept)
    assert _vectors(model) == wanted
    assert set(_files(kept).values()).isdisjoint(before.values())
    made = _files(kept)
    assert _vectors(model) == wanted
    assert _files(kept) == made


def test_another_version_or_computer_makes_its_own_in_its_place(
    kept: Path, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = _vectors(model)
    for name, other in (("version_of", lambda _library: "1999.1"), ("computer_key", lambda: "another")):
        before = _files(kept)
        monkeypatch.setattr(compiled, name, other)
        assert _vectors(model) == wanted
        assert set(_files(kept).values()).isdisjoint(before.values())
        assert len(list(kept.iterdir())) == 1


def test_other_settings_take_the_place_of_earlier_ones(kept: Path, model: Path) -> None:
    wanted = _vectors(model)
    seal = json.loads(next(kept.glob("*/made.json")).read_text())
    assert _vectors(model, streams=2) == wanted
    assert len(list(kept.iterdir())) == 1
    others = json.loads(next(kept.glob("*/made.json")).read_text())
    assert (others == seal) == (OpenvinoModel(model, streams=2).way.streams == 1)


def test_what_openvino_refuses_is_made_anew(kept: Path, model: Path) -> None:
    wanted = _vectors(model)
    (folder,) = kept.iterdir()
    (blob,) = folder.glob("*.blob")
    blob.chmod(0o600)
    blob.write_bytes(b"no model, but sealed as if it were")
    seal = json.loads((folder / "made.json").read_text())
    (folder / "made.json").write_text(json.dumps(seal | {"files": compiled._digests(folder)}))
    assert _vectors(model) == wanted
    assert _vectors(model) == wanted


def test_where_nothing_can_be_kept_it_is_compiled_all_the_same(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("VERBATLAS_CACHE_DIR", str(tmp_path / "file"))
    assert _vectors(model) == _vectors(model, keep=False)


def test_what_is_no_model_is_refused(kept: Path, tmp_path: Path) -> None:
    (tmp_path / "model.xml").write_text("<html>")
    with pytest.raises(RuntimeError):
        OpenvinoModel(tmp_path / "model.xml", keep=True)
    assert list(kept.iterdir()) == []
