"""Similar documents have similar directions; blank ones are like nothing."""

import numpy as np

from verbatlas.analysis.similarity import most_similar, similar_to, similarities

VECTORS = np.array([[1, 0], [0, 1], [0.6, 0.8], [0, 0], [-1, 0]], np.float32)


def test_the_cosine_says_how_like_a_direction_each_document_is() -> None:
    found = similarities(VECTORS, np.array([3, 0], np.float32))

    assert found.dtype == np.float32
    np.testing.assert_allclose(found, [1, 0, 0.6, 0, -1], atol=1e-6)
    assert similarities(VECTORS, np.zeros(2, np.float32)).tolist() == [0] * 5


def test_more_like_these_compares_with_their_mean() -> None:
    found = similar_to(VECTORS, np.array([0, 1, 3]))

    np.testing.assert_allclose(found, np.array([1, 1, 1.4, 0, -1]) / np.sqrt(2), atol=1e-6)
    assert similar_to(VECTORS, np.array([3])).tolist() == [0] * 5
    assert similar_to(VECTORS, np.array([], np.int64)).tolist() == [0] * 5


def test_the_most_similar_are_as_many_as_asked_and_never_without_likeness() -> None:
    cosines = np.array([0.5, 0.9, 0.5, 0, -0.2, 0.5, 0.1], np.float32)

    for n, rows in ((0, []), (1, [1]), (2, [0, 1]), (3, [0, 1, 2]), (5, [0, 1, 2, 5, 6]), (100, [0, 1, 2, 5, 6])):
        assert np.flatnonzero(most_similar(cosines, n)).tolist() == rows
