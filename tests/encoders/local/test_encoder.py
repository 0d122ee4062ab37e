import csv
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from encoder_reports import Reports
from scipy.stats import spearmanr

from verbatlas import encoders
from verbatlas.encoders import Encoder
from verbatlas.encoders.local.packaged import find_model
from verbatlas.progress import Cancelled

_EDGES = [
    "Hello, world!",
    "",
    "   ",
    "?",
    "😀😀 great 👍🏽",
    "快递太慢了",
    "Größe passt nicht",
    "ALL CAPITALS",
    "a" * 500,
    "one\ntwo\tthree",
    "word " * 400,
    "zero\x00byte",
]
_TWICE = """
import hashlib, sys
from verbatlas import encoders
if __name__ == "__main__":
    documents = [f"parcel {i} came {'very ' * (i % 9)}late" for i in range(300)]
    print(hashlib.sha256(encoders.load("minilm", seed=7).encode(documents).vectors.tobytes()).hexdigest())
    print("torch" in sys.modules)
"""


def _texts(path: Path, column: str = "text") -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row[column] for row in csv.DictReader(file)]


def test_vectors_are_those_of_sentence_transformers(minilm: Encoder, shared_data: Path) -> None:
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - takes seconds, and only this test needs it

    documents = _EDGES + _texts(shared_data / "csv" / "banking77_test.csv")[::10]
    documents += _texts(shared_data / "csv" / "womens_clothing_class.csv")[:40]
    theirs = SentenceTransformer(str(find_model()), device="cpu", local_files_only=True).encode(documents)
    ours = minilm.encode(documents).vectors
    assert (ours * theirs).sum(axis=1).min() >= 0.9999
    assert np.abs(ours - theirs).max() < 1e-4


def test_english_sentences_are_as_close_as_people_say(minilm: Encoder, shared_data: Path) -> None:
    path = shared_data / "pairs" / "stsb_en_test.csv"
    first, second, scores = (_texts(path, column) for column in ("text_a", "text_b", "score"))
    vectors = minilm.encode(first + second).vectors
    cosines = (vectors[: len(first)] * vectors[len(first) :]).sum(axis=1)
    assert spearmanr(cosines, [float(score) for score in scores])[0] == pytest.approx(0.820, abs=0.002)


def test_the_order_of_the_documents_makes_no_difference(minilm: Encoder, shared_data: Path) -> None:
    documents = _texts(shared_data / "csv" / "banking77_test.csv")[:300]
    order = np.random.default_rng(1).permutation(len(documents))
    shuffled = minilm.encode([documents[row] for row in order]).vectors
    assert shuffled == pytest.approx(minilm.encode(documents).vectors[order], abs=1e-5)


def test_equal_documents_are_encoded_once(minilm: Encoder) -> None:
    reports = Reports()
    vectors = minilm.encode(["late parcel", "broken screen"] * 50_000, report=reports).vectors
    assert np.array_equal(vectors[:2], vectors[-2:])
    assert len(reports) < 5


def test_vectors_are_float32_of_unit_length(minilm: Encoder) -> None:
    vectors = minilm.encode(_EDGES).vectors
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(_EDGES), 384)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


def test_no_documents_have_no_vectors(minilm: Encoder) -> None:
    assert minilm.encode([]).vectors.shape == (0, 384)


def test_documents_longer_than_the_model_reads_are_counted(minilm: Encoder) -> None:
    long = "word " * 300
    embedding = minilm.encode(["short", long, long, "x" * 10_000_000])
    assert embedding.cut.sum() == 3
    assert np.isfinite(embedding.vectors).all()


def test_halves_of_a_character_pair_do_no_harm(minilm: Encoder) -> None:
    assert np.isfinite(minilm.encode(["fine \ud83d"]).vectors).all()


def test_progress_rises_to_the_number_of_documents(minilm: Encoder) -> None:
    reports = Reports()
    minilm.encode([f"parcel number {number}" for number in range(1_000)], report=reports)
    done = [done for done, _ in reports]
    assert done == sorted(done)
    assert (done[0], done[-1]) == (0, 1_000)
    assert max(np.diff(done)) < 300


def test_a_cancelled_encoder_can_encode_again(minilm: Encoder) -> None:
    documents = [f"parcel number {number}" for number in range(1_000)]
    with pytest.raises(Cancelled):
        minilm.encode(documents, report=Reports(cancel_after=4))
    assert len(minilm.encode(documents[:10]).vectors) == 10


def test_getting_ready_reports_one_rising_whole(minilm: Encoder) -> None:
    reports = Reports()
    encoders.load("minilm", seed=7).prepare(report=reports)
    done = [done for done, _ in reports]
    assert done == sorted(done)
    assert reports[-1] == (100, 100)


def test_getting_ready_can_be_cancelled() -> None:
    with pytest.raises(Cancelled):
        encoders.load("minilm", seed=7).prepare(report=Reports(cancel_after=2))


def test_two_processes_give_the_same_bytes_and_load_no_torch(minilm: Encoder, tmp_path: Path) -> None:
    script = tmp_path / "twice.py"
    script.write_text(_TWICE)
    command = [sys.executable, str(script)]
    first, second = (subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(2))
    assert first.stdout == second.stdout
    assert first.stdout.split()[1] == "False"


def test_where_openvino_cannot_run_pytorch_does_and_the_identity_says_so(
    minilm: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_folder = tmp_path / "file"
    no_folder.touch()
    monkeypatch.setenv("VERBATLAS_CACHE_DIR", str(no_folder))
    usual, instead = minilm.encode(_EDGES), encoders.load("minilm", seed=7).encode(_EDGES)
    assert usual.identity.precision == "fp32 (OpenVINO)"
    assert instead.identity.precision == "fp32 (PyTorch)"
    assert (usual.vectors * instead.vectors).sum(axis=1).min() >= 0.9999


def test_without_openvino_pytorch_runs(minilm: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "verbatlas.encoders.local.openvino_model")
    monkeypatch.setitem(sys.modules, "openvino", None)
    assert encoders.load("minilm", seed=7).encode(["Hello"]).identity.precision == "fp32 (PyTorch)"
