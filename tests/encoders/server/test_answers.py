import base64

import numpy as np
import pytest

from verbatlas.encoders.server.answers import raw_vectors, unit
from verbatlas.encoders.server.trouble import Kind, Trouble

VECTORS = np.array([[1, 2, 2], [0, 3, 4]], np.float32)


def row(index: object, vector: object) -> dict[str, object]:
    return {"object": "embedding", "index": index, "embedding": vector}


def packed(vector: np.ndarray) -> str:
    return base64.b64encode(vector.astype("<f4").tobytes()).decode()


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("write", [lambda vector: vector.tolist(), packed], ids=["float", "base64"])
def test_vectors_come_in_the_order_of_the_texts(order: tuple[int, int], write: object) -> None:
    answer = {"data": [row(place, write(VECTORS[place])) for place in order]}

    np.testing.assert_array_equal(raw_vectors(answer, n_texts=2), VECTORS)


def test_without_numbers_the_order_is_that_of_the_answer() -> None:
    answer = {"data": [{"embedding": vector.tolist()} for vector in VECTORS]}

    np.testing.assert_array_equal(raw_vectors(answer, n_texts=2), VECTORS)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ([], Kind.NOT_VECTORS),
        ({"error": "no"}, Kind.NOT_VECTORS),
        ({"data": []}, Kind.WRONG_COUNT),
        ({"data": [row(0, [1.0])]}, Kind.WRONG_COUNT),
        ({"data": [row(0, [1.0]), row(0, [1.0])]}, Kind.WRONG_COUNT),
        ({"data": [row(0, [1.0]), row(2, [1.0])]}, Kind.WRONG_COUNT),
        ({"data": [row("0", [1.0]), row("1", [1.0])]}, Kind.WRONG_COUNT),
        ({"data": [row(0, [1.0]), row(1, [1.0]), row(2, [1.0])]}, Kind.WRONG_COUNT),
        ({"data": [row(0, [1.0, 2.0]), row(1, [1.0])]}, Kind.NOT_VECTORS),
        ({"data": [row(0, []), row(1, [])]}, Kind.NOT_VECTORS),
        ({"data": [row(0, [[1.0]]), row(1, [[1.0]])]}, Kind.NOT_VECTORS),
        ({"data": [row(0, "?"), row(1, "?")]}, Kind.NOT_VECTORS),
        ({"data": [row(0, "AAA="), row(1, "AAA=")]}, Kind.NOT_VECTORS),
        ({"data": [row(0, 7), row(1, 7)]}, Kind.NOT_VECTORS),
        ({"data": [row(0, [1.0]), row(1, [float("nan")])]}, Kind.NOT_FINITE),
        ({"data": [row(0, [1.0]), row(1, [1e39])]}, Kind.NOT_FINITE),
        ({"data": [row(0, [1.0]), row(1, [0.0])]}, Kind.NOT_FINITE),
    ],
)
def test_what_is_not_one_vector_for_each_text_is_found_out(answer: object, kind: Kind) -> None:
    with pytest.raises(Trouble) as raised:
        raw_vectors(answer, n_texts=2)

    assert raised.value.kind is kind
    if kind is Kind.NOT_FINITE:
        assert raised.value.row == 1


def test_unit_vectors_keep_their_direction() -> None:
    np.testing.assert_allclose(unit(VECTORS), [[1 / 3, 2 / 3, 2 / 3], [0, 0.6, 0.8]], rtol=1e-6)
