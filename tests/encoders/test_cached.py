"""A text is encoded once; the model is loaded only for new ones; and nothing else is different with a cache."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from encoder_reports import Reports
from hypothesis import given, settings
from hypothesis import strategies as st

from verbatlas import encoders
from verbatlas.encoders import Encoded, Encoder, EncoderIdentity
from verbatlas.encoders.cached import CachedEncoder
from verbatlas.encoders.vector_cache import VectorCache
from verbatlas.progress import Cancelled, Report, no_report

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()), max_size=8)


class Sums:
    """An encoder of one's own whose vectors are sums of characters, and which remembers what it was asked."""

    name = "sums"
    learns = False

    def __init__(self, revision: str = "1", *, signature: str | None = "sums", n_dimensions: int = 2) -> None:
        self.identity = EncoderIdentity("sums", revision, "none", "", "fp32")
        self.encoded: list[str] = []
        self.asked = 0
        self.times_prepared = 0
        self._signature, self._n_dimensions = signature, n_dimensions

    def signature(self) -> str | None:
        return self._signature

    def prepare(self, *, report: Report = no_report) -> None:
        report(1, 1)
        self.times_prepared += 1

    def encode(self, documents: Sequence[str], *, report: Report = no_report) -> Encoded:
        assert self.times_prepared
        self.encoded += documents
        self.asked += len(documents) > 0
        report(len(documents) // 2, len(documents))
        report(len(documents), len(documents))
        sums = np.array([sum(map(ord, text)) for text in documents], np.float32)
        vectors = np.stack([np.cos(sums), np.sin(sums), *[0 * sums] * (self._n_dimensions - 2)], axis=1)
        return Encoded(vectors, self.identity, np.array([len(text) > 3 for text in documents], np.bool_))

    def encode_queries(self, queries: Sequence[str], *, report: Report = no_report) -> Encoded:
        encoded = self.encode(queries, report=report)
        return Encoded(-encoded.vectors, encoded.identity, encoded.cut)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "vectors.sqlite"


def opened(path: Path) -> VectorCache:
    return VectorCache(path, most_bytes=10**8, left_free=0)


def run(path: Path, encoder: Encoder, documents: Sequence[str], report: Report = no_report) -> Encoded:
    with opened(path) as cache:
        cached = CachedEncoder(encoder, cache)
        cached.prepare_for(documents)
        return cached.encode(documents, report=report)


def assert_same(one: Encoded, other: Encoded) -> None:
    assert one.vectors.dtype == other.vectors.dtype == np.float32
    assert one.vectors.tobytes() == other.vectors.tobytes()
    assert one.vectors.shape == other.vectors.shape
    assert one.cut.tolist() == other.cut.tolist()
    assert one.identity == other.identity


def prepared() -> Sums:
    encoder = Sums()
    encoder.prepare()
    return encoder


@settings(deadline=None, max_examples=30)
@given(runs=st.lists(st.lists(ANY_TEXT, max_size=10), min_size=1, max_size=4))
def test_any_documents_get_the_vectors_that_they_would_get_without(
    tmp_path_factory: pytest.TempPathFactory, runs: list[list[str]]
) -> None:
    path, seen = tmp_path_factory.mktemp("any") / "vectors.sqlite", set()
    for documents in runs:
        encoder = Sums()
        assert_same(run(path, encoder, documents), prepared().encode(documents))
        assert sorted(encoder.encoded) == sorted(set(documents) - seen)
        seen |= set(documents)


def test_a_model_is_not_loaded_where_every_text_is_known(path: Path) -> None:
    run(path, Sums(), ["a", "b", "a"])
    encoder = Sums()
    again = run(path, encoder, ["b", "a", "b"])
    assert encoder.times_prepared == 0
    assert_same(again, prepared().encode(["b", "a", "b"]))


def test_a_model_is_loaded_once_and_encodes_only_what_is_new(path: Path) -> None:
    run(path, Sums(), [f"{number}" for number in range(95)])
    encoder = Sums()
    with opened(path) as cache:
        cached = CachedEncoder(encoder, cache)
        held = cached.prepare_for([f"{number}" for number in range(100)])
        for _ in range(2):
            cached.encode([f"{number}" for number in range(100)])
    assert held.tolist() == [True] * 95 + [False] * 5
    assert encoder.encoded == ["95", "96", "97", "98", "99"]
    assert (encoder.times_prepared, encoder.asked) == (1, 1)


def test_an_encoder_that_cannot_sign_is_loaded_to_tell_its_identity(path: Path) -> None:
    run(path, Sums(signature=None), ["a"])
    encoder = Sums(signature=None)
    run(path, encoder, ["a"])
    assert (encoder.times_prepared, encoder.encoded) == (1, [])


def test_another_model_of_the_same_name_has_vectors_of_its_own(path: Path) -> None:
    run(path, Sums(signature="one"), ["a", "b"])
    encoder = Sums("2", signature="two")
    assert run(path, encoder, ["a", "b"]).identity == encoder.identity
    assert encoder.encoded == ["a", "b"]


@pytest.mark.parametrize("is_prepared_first", [True, False])
def test_a_model_that_is_another_than_foretold_encodes_all_texts(path: Path, is_prepared_first: bool) -> None:
    run(path, Sums(), ["a", "b"])
    encoder = Sums("2")
    with opened(path) as cache:
        cached = CachedEncoder(encoder, cache)
        if is_prepared_first:
            assert not cached.prepare_for(["a", "b", "c"]).any()
        encoded = cached.encode(["a", "b", "c"])
    assert encoded.identity == encoder.identity
    assert encoder.encoded == ["a", "b", "c"]


def test_vectors_of_another_length_are_others_even_if_the_identity_is_the_same(path: Path) -> None:
    run(path, Sums(), ["a", "b"])
    encoder = Sums(n_dimensions=3, signature="longer")
    assert run(path, encoder, ["b", "c"]).vectors.shape == (2, 3)
    assert encoder.encoded == ["b", "c"]


def test_queries_are_kept_apart_from_documents(path: Path) -> None:
    for times_prepared in (1, 0):
        encoder = Sums()
        with opened(path) as cache:
            cached = CachedEncoder(encoder, cache)
            cached.prepare_for(["a"])
            document = cached.encode(["a"])
            cached.prepare_for(["a"], as_queries=True)
            query = cached.encode_queries(["a"])
        assert query.vectors.tobytes() == (-document.vectors).tobytes()
        assert query.identity == document.identity
        assert encoder.times_prepared == times_prepared


def test_its_identity_and_length_are_told_without_documents(path: Path) -> None:
    run(path, Sums(), ["a"])
    encoder = Sums()
    with opened(path) as cache:
        told = CachedEncoder(encoder, cache).encode([])
    assert (told.vectors.shape, told.identity) == ((0, 2), encoder.identity)
    assert encoder.times_prepared == 0


def test_it_is_as_good_as_none_where_there_can_be_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    encoded = run(tmp_path / "file" / "vectors.sqlite", Sums(), ["a", "b", "a"])
    assert_same(encoded, prepared().encode(["a", "b", "a"]))


def test_what_was_encoded_before_a_cancel_is_known_afterwards(path: Path) -> None:
    documents = [f"{number}" for number in range(5000)]

    def cancel_late(done: int, total: int) -> None:
        if done > 4500:
            raise Cancelled

    with pytest.raises(Cancelled):
        run(path, Sums(), documents, cancel_late)
    encoder = Sums()
    run(path, encoder, documents)
    assert encoder.encoded == documents[4096:]


def test_long_texts_are_kept_after_fewer_of_them(path: Path) -> None:
    encoder = Sums()
    run(path, encoder, [f"{number} " * 5000 for number in range(100)])
    assert 4 < encoder.asked < 20


def test_progress_rises_to_all_documents(path: Path) -> None:
    run(path, Sums(), [f"{number}" for number in range(3000)])
    for documents in (["1", "2", "2"], [f"{number % 6000}" for number in range(7000)]):
        reports = Reports()
        run(path, Sums(), documents, reports)
        assert [done for done, _total in reports] == sorted(done for done, _total in reports)
        assert {total for _done, total in reports} == {len(documents)}
    assert reports[-1] == (7000, 7000)


def test_looking_up_many_texts_can_be_cancelled(path: Path) -> None:
    documents = [f"{number}" for number in range(60_000)]
    with opened(path) as cache:
        cached = CachedEncoder(prepared(), cache)
        cached.prepare()
        with pytest.raises(Cancelled):
            cached.prepare_for(documents, report=Reports(cancel_after=2))


def test_minilm_is_not_loaded_for_what_it_has_encoded(path: Path, minilm: Encoder) -> None:
    documents = ["The parcel came late.", "Where is my refund?", ""]
    first = run(path, minilm, documents)
    unloaded = encoders.load("minilm", seed=1, precision=encoders.Precision.EXACT)
    with opened(path) as cache:
        cached = CachedEncoder(unloaded, cache)
        reports = Reports()
        assert cached.prepare_for(documents, report=reports).all()
        assert_same(cached.encode(documents), first)
    assert reports[-1] == (1, 1)
    assert unloaded._loaded is None
