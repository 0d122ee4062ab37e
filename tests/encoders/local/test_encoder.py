import csv
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from encoder_reports import Reports
from scipy.stats import spearmanr
from tiny_models import TEXTS, bert

from verbatlas import encoders
from verbatlas.encoders import Encoder
from verbatlas.encoders.local import Precision, Prompts, Trouble, Way
from verbatlas.encoders.local import encoder as encoder_module
from verbatlas.encoders.local.encoder import LocalEncoder
from verbatlas.encoders.local.packaged import find_model
from verbatlas.encoders.local.running import Running
from verbatlas.encoders.packages import MINILM_PACKAGE
from verbatlas.errors import Problem, UserError
from verbatlas.progress import Cancelled

_SHORT = [
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
    "zero\x00byte",
]
_EDGES = [*_SHORT, "word " * 400]
_TWICE = """
import hashlib, sys
from verbatlas import encoders
if __name__ == "__main__":
    documents = [f"parcel {i} came {'very ' * (i % 9)}late" for i in range(300)]
    print(hashlib.sha256(encoders.load("minilm", seed=7).encode(documents).vectors.tobytes()).hexdigest())
    print("torch" in sys.modules)
"""


@pytest.fixture(scope="module")
def exact(minilm: Encoder) -> Encoder:
    """The same model in fp32: its vectors do not depend on the batch that they are made in."""
    return LocalEncoder(
        find_model(MINILM_PACKAGE), name="minilm", model=MINILM_PACKAGE.title, precision=Precision.EXACT
    )


def _texts(path: Path, column: str = "text") -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row[column] for row in csv.DictReader(file)]


def test_vectors_are_those_of_sentence_transformers(minilm: Encoder, exact: Encoder, shared_data: Path) -> None:
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - takes seconds, and only this test needs it

    documents = _SHORT + _texts(shared_data / "csv" / "banking77_test.csv")[::10]
    documents += _texts(shared_data / "csv" / "womens_clothing_class.csv")[:40]
    theirs = SentenceTransformer(str(find_model(MINILM_PACKAGE)), device="cpu", local_files_only=True)
    documents = [text for text in documents if len(theirs.tokenizer(text)["input_ids"]) <= 256]
    wanted = theirs.encode(documents)
    assert (minilm.encode(documents).vectors * wanted).sum(axis=1).min() >= 0.9999
    assert np.abs(exact.encode(documents).vectors - wanted).max() < 1e-4


def test_english_sentences_are_as_close_as_people_say(minilm: Encoder, shared_data: Path) -> None:
    path = shared_data / "pairs" / "stsb_en_test.csv"
    first, second, scores = (_texts(path, column) for column in ("text_a", "text_b", "score"))
    vectors = minilm.encode(first + second).vectors
    cosines = (vectors[: len(first)] * vectors[len(first) :]).sum(axis=1)
    assert spearmanr(cosines, [float(score) for score in scores])[0] == pytest.approx(0.820, abs=0.002)


def test_the_order_of_the_documents_makes_no_difference(exact: Encoder, shared_data: Path) -> None:
    documents = _texts(shared_data / "csv" / "banking77_test.csv")[:300]
    order = np.random.default_rng(1).permutation(len(documents))
    shuffled = exact.encode([documents[row] for row in order]).vectors
    assert shuffled == pytest.approx(exact.encode(documents).vectors[order], abs=1e-5)


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


def test_only_documents_longer_than_what_is_read_are_cut(minilm: Encoder) -> None:
    encoded = minilm.encode(["short", "word " * 300, "x " * 5_000_000])
    assert encoded.cut.tolist() == [False, False, True]
    assert np.linalg.norm(encoded.vectors, axis=1) == pytest.approx(1, abs=1e-5)


def test_the_end_of_a_long_document_counts(exact: Encoder) -> None:
    praise, complaint = "The coffee is wonderful. " * 60, "My refund never came and nobody answers. " * 60
    both, first, last = exact.encode([praise + complaint, praise, complaint]).vectors
    assert both @ first > 0.5
    assert both @ last > 0.5


def test_queries_of_a_model_without_instructions_are_like_documents(minilm: Encoder) -> None:
    asked, documents = minilm.encode_queries(["late parcel"]), minilm.encode(["late parcel"])
    assert asked.identity == documents.identity
    assert asked.vectors.tobytes() == documents.vectors.tobytes()


def test_the_identity_tells_how_long_texts_are_read(minilm: Encoder) -> None:
    identity = minilm.encode([]).identity
    assert identity.reading == "parts of 256 tokens"
    assert (identity.pooling, identity.prompt) == ("mean", "")
    assert identity.revision.startswith("53aa5117")


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
    assert "OpenVINO" in usual.identity.precision
    assert instead.identity.precision == "fp32 (PyTorch)"
    assert usual.identity != instead.identity
    assert usual.identity.is_comparable(instead.identity)
    assert (usual.vectors * instead.vectors).sum(axis=1).min() >= 0.9999


def test_without_openvino_pytorch_runs(minilm: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "verbatlas.encoders.local.openvino_model")
    monkeypatch.setitem(sys.modules, "openvino", None)
    assert encoders.load("minilm", seed=7).encode(["Hello"]).identity.precision == "fp32 (PyTorch)"


def _tiny(folder: Path, **options: Any) -> LocalEncoder:
    return LocalEncoder(bert(folder, limit=60), name="bge", precision=Precision.EXACT, **options)


@pytest.fixture
def without_openvino(monkeypatch: pytest.MonkeyPatch) -> None:
    """PyTorch runs the tiny models: converting each would take seconds."""
    monkeypatch.delitem(sys.modules, "verbatlas.encoders.local.openvino_model", raising=False)
    monkeypatch.setitem(sys.modules, "openvino", None)


@pytest.mark.usefixtures("without_openvino")
def test_what_is_known_of_a_model_goes_before_its_queries_only(tmp_path: Path) -> None:
    known = Prompts(document="", query="为这个句子生成表示以用于检索相关文章：")
    encoder, bare = _tiny(tmp_path / "one", prompts=known), _tiny(tmp_path / "other")
    assert encoder.encode(TEXTS).vectors.tobytes() == bare.encode(TEXTS).vectors.tobytes()
    asked, plain = encoder.encode_queries(TEXTS), bare.encode_queries(TEXTS)
    assert np.abs(asked.vectors - plain.vectors).max() > 0.01
    prompted = bare.encode([f"{known.query}{text}" for text in TEXTS])
    assert asked.vectors == pytest.approx(prompted.vectors, abs=1e-6)
    assert asked.identity == encoder.encode([]).identity == plain.identity


@pytest.mark.usefixtures("without_openvino")
def test_a_prompt_before_documents_is_in_the_identity(tmp_path: Path) -> None:
    encoder = _tiny(tmp_path, prompts=Prompts(document="query: ", query="query: "))
    assert encoder.encode([]).identity.prompt == "query: "
    assert encoder.encode(["good"]).vectors.tobytes() == encoder.encode_queries(["good"]).vectors.tobytes()


@pytest.mark.usefixtures("without_openvino")
def test_a_card_that_stops_leaves_the_rest_to_the_processor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Card:
        way = Way(runtime="PyTorch", arithmetic="bf16", device="Some card")

        def __call__(self, ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
            raise RuntimeError("CUDA error: the launch timed out")

    monkeypatch.setattr(encoder_module, "run_model", lambda *given, **more: Running(Card(), Card.way, tokens=100))
    encoder = _tiny(tmp_path)
    encoder.prepare()
    assert encoder.way == Card.way
    encoded = encoder.encode(TEXTS)
    assert encoded.identity.precision == "fp32 (PyTorch)"
    assert encoder.trouble is Trouble.CARD_FAILED
    assert encoded.vectors.tobytes() == encoder.encode(TEXTS).vectors.tobytes()


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        LocalEncoder(tmp_path, name="mine").prepare()
    assert caught.value.problem == Problem.MODEL_REFUSED
