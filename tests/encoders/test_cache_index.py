"""Any number of texts is found by digest, whatever order they came in."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from verbatlas.encoders.cache_index import DIGEST_BYTES, CacheIndex, digests_of

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()), max_size=20)


def add(index: CacheIndex, block: int, texts: list[str]) -> None:
    index.add(np.full(len(texts), block), np.arange(len(texts)), digests_of(texts))


@given(st.lists(ANY_TEXT, unique=True, max_size=30))
def test_different_texts_have_different_digests(texts: list[str]) -> None:
    digests = digests_of(texts)
    assert (digests.shape, digests.dtype) == ((len(texts), DIGEST_BYTES), np.uint8)
    assert len({digest.tobytes() for digest in digests}) == len(texts)
    assert digests_of(texts).tobytes() == digests.tobytes()


@given(st.lists(st.lists(st.integers(0, 40), max_size=12), max_size=12), st.lists(st.integers(0, 60), max_size=30))
def test_every_text_is_where_it_was_put_last(blocks: list[list[int]], sought: list[int]) -> None:
    index, expected = CacheIndex(), {}
    for block, numbers in enumerate(blocks, start=1):
        add(index, block, [str(number) for number in numbers])
        expected |= {str(number): (block, slot) for slot, number in enumerate(numbers)}

    places = index.find(digests_of([str(number) for number in sought]))

    found = zip(places.blocks.tolist(), places.slots.tolist(), strict=True)
    assert [place if place[0] != -1 else None for place in found] == [expected.get(str(number)) for number in sought]
    assert places.found.tolist() == [str(number) in expected for number in sought]


def test_it_remembers_the_newest_block_and_how_much_it_holds() -> None:
    index = CacheIndex()
    assert (index.last_block, len(index)) == (0, 0)
    add(index, 3, ["a", "b"])
    add(index, 8, ["c"])
    add(index, 9, [])
    assert (index.last_block, len(index)) == (8, 3)


def test_half_a_digest_is_not_enough_to_be_found() -> None:
    index = CacheIndex()
    add(index, 1, ["a"])
    alike = digests_of(["a"]).copy()
    alike[0, -1] ^= 1
    assert not index.find(alike).found.any()
