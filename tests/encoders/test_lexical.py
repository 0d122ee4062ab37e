import csv
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from encoder_reports import Reports
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import spearmanr
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score

from verbatlas import encoders
from verbatlas.progress import Cancelled

_TWICE = """
import hashlib
from verbatlas import encoders
documents = [chr(0x4e00 + i * i % 977) + chr(0x4e00 + i % 389) + chr(0x4e00 + i * 7 % 613) for i in range(3000)]
print(hashlib.sha256(encoders.load("lexical", seed=7).encode(documents).vectors.tobytes()).hexdigest())
"""


def _vectors(documents: list[str], *, seed: int = 7) -> np.ndarray:
    return encoders.load("lexical", seed=seed).encode(documents).vectors


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("seed", range(10))
def test_the_missions_questions_fall_into_the_expected_groups(shared_data: Path, seed: int) -> None:
    rows = _rows(shared_data / "mission" / "questions_zh.csv")
    found = KMeans(3, n_init=10, random_state=seed).fit_predict(_vectors([row["question"] for row in rows]))
    assert adjusted_rand_score([row["expected_group"] for row in rows], found) == 1


def test_chinese_sentences_are_as_close_as_people_say(shared_data: Path) -> None:
    rows = _rows(shared_data / "pairs" / "stsb_zh_test.csv")
    vectors = _vectors([row["text_a"] for row in rows] + [row["text_b"] for row in rows])
    cosines = (vectors[: len(rows)] * vectors[len(rows) :]).sum(axis=1)
    assert spearmanr(cosines, [float(row["score"]) for row in rows])[0] > 0.61


def test_the_nearest_chinese_comment_is_mostly_on_the_same_thing(shared_data: Path) -> None:
    rows = _rows(shared_data / "csv" / "ms_chitchat_zh.csv")[::4]
    vectors = _vectors([row["text"] for row in rows])
    similarities = vectors @ vectors.T
    np.fill_diagonal(similarities, -1)
    labels = np.array([row["label"] for row in rows])
    assert (labels[similarities.argmax(axis=1)] == labels).mean() > 0.75


@settings(deadline=None)
@given(st.lists(st.text(max_size=9), min_size=1, max_size=12))
def test_any_documents_have_unit_vectors(documents: list[str]) -> None:
    vectors = _vectors(documents)
    assert vectors.dtype == np.float32
    assert len(vectors) == len(documents)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-4)


def test_no_documents_have_no_vectors() -> None:
    assert _vectors([]).shape[0] == 0


@pytest.mark.parametrize("document", ["好", "a", "😀", "fine \ud83d", "word " * 30_000])
def test_one_document_has_one_vector(document: str) -> None:
    assert _vectors([document]).tolist() == [[1.0]]


def test_a_thousand_identical_documents_have_one_vector() -> None:
    vectors = _vectors(["快递太慢了"] * 1_000)
    assert len(np.unique(vectors, axis=0)) == 1


def test_equal_documents_have_equal_vectors() -> None:
    vectors = _vectors(["快递太慢了", "电池不耐用", "客服态度好"] * 200)
    assert np.array_equal(vectors[:3], vectors[-3:])


def test_a_document_unlike_all_others_is_at_a_right_angle_to_them() -> None:
    vectors = _vectors(["快递太慢了", "快递快一点"] * 1_500 + ["xyz"])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-4)
    assert vectors[:-1] @ vectors[-1] == pytest.approx(0, abs=1e-4)


def test_the_order_of_the_documents_makes_no_difference(shared_data: Path) -> None:
    documents = [row["text"] for row in _rows(shared_data / "csv" / "crosswoz_user_turns.csv")[:200]]
    order = np.random.default_rng(1).permutation(len(documents))
    vectors, shuffled = _vectors(documents), _vectors([documents[row] for row in order])
    assert shuffled @ shuffled.T == pytest.approx((vectors @ vectors.T)[np.ix_(order, order)], abs=1e-4)


def test_two_processes_give_the_same_bytes() -> None:
    command = [sys.executable, "-c", _TWICE]
    first, second = (subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(2))
    assert first.stdout == second.stdout


def test_dimensions_are_256_where_there_are_enough_documents(shared_data: Path) -> None:
    rows = _rows(shared_data / "csv" / "thucnews_titles.csv")[:1_000]
    assert _vectors([row["text"] for row in rows]).shape == (1_000, 256)


def test_a_table_larger_than_what_is_learnt_from_has_all_its_vectors() -> None:
    # 2.6 million characters: every other document is learnt from, and those between are only projected.
    documents = [f"{number % 7} 快递太慢了，客服态度好。" * 4 for number in range(40_000)]
    vectors = _vectors(documents)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-4)
    assert len(np.unique(vectors, axis=0)) == 7


def test_long_documents_are_counted() -> None:
    assert encoders.load("lexical", seed=7).encode(["很好", "很好" * 50_000, "好" * 20_000]).cut.sum() == 1


def test_queries_alone_are_documents() -> None:
    encoder = encoders.load("lexical", seed=7)
    asked, documents = encoder.encode_queries(["快递", "电池"]), encoder.encode(["快递", "电池"])
    assert asked.identity == documents.identity
    assert np.array_equal(asked.vectors, documents.vectors)


def test_vectors_of_other_documents_or_seeds_have_another_identity() -> None:
    first = encoders.load("lexical", seed=7).encode(["ab", "c"]).identity
    assert encoders.load("lexical", seed=7).encode(["ab", "c"]).identity == first
    assert encoders.load("lexical", seed=7).encode(["a", "bc"]).identity != first
    assert encoders.load("lexical", seed=8).encode(["ab", "c"]).identity != first


def test_progress_rises_to_the_number_of_documents() -> None:
    reports = Reports()
    encoders.load("lexical", seed=7).encode(["快递太慢了", "电池不耐用"] * 30_000, report=reports)
    done = [done for done, _ in reports]
    assert done == sorted(done)
    assert (done[0], done[-1]) == (0, 60_000)
    assert {total for _, total in reports} == {60_000}


def test_it_can_be_cancelled_at_every_report() -> None:
    documents = ["快递太慢了", "电池不耐用"] * 30_000
    reports = Reports()
    encoders.load("lexical", seed=7).encode(documents, report=reports)
    assert len(reports) > 10
    for stop in (1, len(reports) // 2, len(reports)):
        with pytest.raises(Cancelled):
            encoders.load("lexical", seed=7).encode(documents, report=Reports(cancel_after=stop))


def test_there_is_nothing_to_prepare() -> None:
    reports = Reports()
    encoders.load("lexical", seed=7).prepare(report=reports)
    assert reports == [(1, 1)]
