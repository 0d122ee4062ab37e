"""A record proves that it is what was packed, for its text and its encoder."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatlas.encoders.cache_blocks import Space, are_whole, pack
from verbatlas.encoders.cache_index import digests_of

SPACE = Space("an encoder", 5)
TEXTS = ["a", "b", "c"]
VECTORS = np.random.default_rng(1).standard_normal((3, 5), dtype=np.float32)
CUT = np.array([False, True, False])


def test_what_was_packed_is_whole_and_the_same() -> None:
    records = pack(SPACE, digests_of(TEXTS), VECTORS, CUT)

    assert are_whole(SPACE, records, digests_of(TEXTS)).all()
    assert records["vector"].tobytes() == VECTORS.tobytes()
    assert (records["cut"] > 0).tolist() == CUT.tolist()


@given(st.integers(0, 3 * SPACE.record.itemsize * 8 - 1))
def test_any_changed_bit_is_noticed_and_spoils_its_own_record_only(bit: int) -> None:
    records = pack(SPACE, digests_of(TEXTS), VECTORS, CUT)
    data = bytearray(records.tobytes())
    data[bit // 8] ^= 1 << bit % 8

    whole = are_whole(SPACE, np.frombuffer(bytes(data), SPACE.record), digests_of(TEXTS))

    assert np.flatnonzero(~whole).tolist() == [bit // 8 // SPACE.record.itemsize]


@pytest.mark.parametrize(
    ("space", "texts"), [(Space("another encoder", 5), TEXTS), (SPACE, ["a", "c", "b"])], ids=["encoder", "order"]
)
def test_a_record_is_for_its_encoder_and_its_text(space: Space, texts: list[str]) -> None:
    records = pack(SPACE, digests_of(TEXTS), VECTORS, CUT)
    assert not are_whole(space, records, digests_of(texts))[1:].any()


@pytest.mark.parametrize(("n_dimensions", "texts"), [(1, 9362), (384, 168), (1024, 63), (10**6, 1)])
def test_a_block_has_a_size_that_is_quick_to_read(n_dimensions: int, texts: int) -> None:
    assert Space("", n_dimensions).texts_per_block == texts
