import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from verbatlas.encoders.batching import READ_CHARACTERS, batches_by_length, batches_by_size, cut_documents, places_of

_LENGTHS = st.lists(st.integers(1, 300))


@given(_LENGTHS, st.integers(1, 2_000))
def test_every_document_is_in_one_batch(lengths: list[int], tokens: int) -> None:
    batches = list(batches_by_length(np.array(lengths, dtype=np.int64), tokens=tokens))
    assert sorted(row for batch in batches for row in batch) == list(range(len(lengths)))


@given(_LENGTHS, st.integers(1, 2_000))
def test_a_batch_with_its_padding_keeps_to_the_budget(lengths: list[int], tokens: int) -> None:
    for batch in batches_by_length(np.array(lengths, dtype=np.int64), tokens=tokens):
        assert len(batch) == 1 or len(batch) * max(lengths[row] for row in batch) <= tokens


@given(st.lists(st.text(max_size=30)), st.integers(1, 60), st.none() | st.integers(1, 5))
def test_batches_by_size_are_the_documents_in_order(documents: list[str], characters: int, most: int | None) -> None:
    batches = list(batches_by_size(documents, characters=characters, longest=20, most=most))
    assert [document for batch in batches for document in batch] == documents
    for batch in batches:
        assert batch
        assert sum(min(len(document), 20) for document in batch[:-1]) < characters
        assert most is None or len(batch) <= most


@given(st.lists(st.text(max_size=3)))
def test_every_document_is_found_in_the_place_of_its_text(documents: list[str]) -> None:
    texts = list(dict.fromkeys(documents))
    assert [texts[place] for place in places_of(documents, texts).tolist()] == documents


def test_a_document_is_cut_from_one_character_more_than_is_read() -> None:
    assert cut_documents(["", "x" * READ_CHARACTERS, "x" * (READ_CHARACTERS + 1)]).tolist() == [False, False, True]
