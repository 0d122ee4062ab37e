import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from verbatlas.encoders.grams import blocks, learn_vocabulary, strongest, weigh

DOCUMENTS = ["账号无法登录怎么办", "一直登不进去我的账户", "Refund, please!", "refund 怎么办", "好好好好", "a"]
_ANY = st.lists(st.text(max_size=12), min_size=1, max_size=8)


def _similarities(documents: list[str]) -> np.ndarray:
    vocabulary = learn_vocabulary([documents], min_documents=1, size=10_000)
    weights = weigh(documents, vocabulary).toarray()
    return weights @ weights.T


def test_weights_are_those_of_tf_idf_with_less_for_longer_sequences() -> None:
    vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True, norm=None)
    expected = vectorizer.fit_transform(DOCUMENTS).toarray()
    expected *= [(1.0, 0.8, 0.65)[len(gram) - 1] for gram in vectorizer.get_feature_names_out()]
    expected /= np.linalg.norm(expected, axis=1, keepdims=True)
    assert _similarities(DOCUMENTS) == pytest.approx(expected @ expected.T, abs=1e-5)


def test_width_case_and_spaces_make_no_difference() -> None:
    assert _similarities(["ＡＢＣ  １２", "abc\n12", "xyz"])[0, 1] == pytest.approx(1)


@given(_ANY)
def test_any_text_is_a_unit_row(documents: list[str]) -> None:
    vocabulary = learn_vocabulary([documents], min_documents=1, size=10_000)
    lengths = np.linalg.norm(weigh(documents, vocabulary).toarray(), axis=1)
    assert lengths == pytest.approx(1, abs=1e-5)


@given(_ANY, st.integers(0, 8))
def test_blocks_do_not_change_the_vocabulary(documents: list[str], cut: int) -> None:
    whole = learn_vocabulary([documents], min_documents=1, size=10_000)
    parts = [part for part in (documents[:cut], documents[cut:]) if part]
    in_parts = learn_vocabulary(parts, min_documents=1, size=10_000)
    assert np.array_equal(whole.codes, in_parts.codes)
    assert np.array_equal(whole.weights, in_parts.weights)


def test_sequences_do_not_reach_from_one_document_into_the_next() -> None:
    assert len(learn_vocabulary([["ab", "cd"]], min_documents=1, size=100).codes) == 6  # a b ab c d cd


def test_rare_sequences_are_left_out_unless_all_are_rare() -> None:
    assert len(learn_vocabulary([["ab", "a"]], min_documents=2, size=100).codes) == 1
    assert len(learn_vocabulary([["ab", "c"]], min_documents=2, size=100).codes) == 4


def test_a_full_vocabulary_keeps_the_common_sequences() -> None:
    vocabulary = learn_vocabulary([["a", "a", "b", "ac"]], min_documents=1, size=1)
    assert weigh(["a", "b"], vocabulary).toarray().tolist() == [[1.0], [0.0]]


def test_blocks_are_bounded_by_characters() -> None:
    documents = ["x" * 50_000] * 25
    parts = list(blocks(documents))
    assert [document for part in parts for document in part] == documents
    assert [len(part) for part in parts] == [10, 10, 5]  # 20,000 characters of each are read


@given(_ANY, st.integers(1, 8))
def test_the_strongest_sequences_of_each_document_are_unit_rows(documents: list[str], most: int) -> None:
    vocabulary = learn_vocabulary([documents], min_documents=1, size=10_000)
    weights = weigh(documents, vocabulary)

    kept = strongest(weights, most=most)

    before, after = weights.toarray(), kept.toarray()
    assert np.linalg.norm(after, axis=1) == pytest.approx(1, abs=1e-5)
    assert kept.has_sorted_indices
    for row, few in zip(before, after, strict=True):
        assert np.count_nonzero(few) == min(most, np.count_nonzero(row))
        assert row[few == 0].max(initial=0) <= row[few > 0].min()


def test_a_document_without_a_known_sequence_stays_empty() -> None:
    vocabulary = learn_vocabulary([["ab", "ab"]], min_documents=1, size=100)
    assert strongest(weigh(["ab", "xyz", "a"], vocabulary), most=2).toarray()[1].tolist() == [0, 0, 0]
