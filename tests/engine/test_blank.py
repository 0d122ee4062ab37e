import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from verbatlas.analysis import Clustering, Description, NeighbourGraph
from verbatlas.engine import blank

masks = hnp.arrays(bool, st.integers(1, 40)).filter(lambda mask: mask.any())


def graph_of(n: int) -> NeighbourGraph:
    """A graph of n documents with up to three neighbours, the missing ones -1."""
    k = 3
    indices = (np.arange(n)[:, None] + np.arange(1, k + 1)) % n
    indices[:, n - 1 :] = -1
    return NeighbourGraph(
        indices=indices.astype(np.int32),
        similarities=np.linspace(1, 0.5, n * k, dtype=np.float32).reshape(n, k),
    )


def test_rows_without_anything_to_read_are_left_out() -> None:
    assert blank.rows_with_text(["a", "", " \t\n", "电池", "\u200b", "?"]).tolist() == [0, 3, 5]
    assert blank.rows_with_text([]).tolist() == []


@given(masks)
def test_what_is_spread_lies_on_its_rows_and_blank_everywhere_else(mask: np.ndarray) -> None:
    rows, n = np.flatnonzero(mask), len(mask)
    values = np.arange(1, 2 * len(rows) + 1, dtype=np.float32).reshape(-1, 2)
    layout = blank.spread_layout(values, rows, n=n)
    assert layout.dtype == np.float32
    np.testing.assert_array_equal(layout[mask], values)
    assert np.isnan(layout[~mask]).all()
    np.testing.assert_array_equal(blank.rows_with_vector(np.nan_to_num(layout)), rows)
    np.testing.assert_array_equal(blank.take(layout, rows), values)


@given(masks)
def test_a_graph_spread_over_the_table_and_taken_back_is_the_same_graph(mask: np.ndarray) -> None:
    rows, n = np.flatnonzero(mask), len(mask)
    graph = graph_of(len(rows))
    spread = blank.spread_graph(graph, rows, n=n)
    assert spread.indices.dtype == np.int32
    assert (spread.indices[~mask] == -1).all()
    assert not spread.similarities[~mask].any()
    assert set(spread.indices.ravel()) - {-1} <= set(rows.tolist())
    back = blank.take_graph(spread, rows)
    np.testing.assert_array_equal(back.indices, graph.indices)
    np.testing.assert_array_equal(back.similarities, graph.similarities)
    assert back.indices.dtype == np.int32


def test_nothing_is_copied_when_no_row_is_blank() -> None:
    vectors, graph, rows = np.ones((3, 2), dtype=np.float32), graph_of(3), np.arange(3)
    assert blank.take(vectors, rows) is vectors
    assert blank.spread_layout(vectors, rows, n=3) is vectors
    assert blank.spread_graph(graph, rows, n=3) is graph
    assert blank.take_graph(graph, rows) is graph


def test_blank_rows_are_noise_without_strength_and_typical_documents_are_rows_of_the_table() -> None:
    rows = np.array([1, 3, 4])
    clustering = Clustering(ids=np.array([0, -1, 0], np.int32), strengths=np.array([1, 0, 0.5], np.float32))
    spread = blank.spread_clustering(clustering, rows, n=5)
    assert spread.ids.tolist() == [-1, 0, -1, -1, 0]
    assert spread.strengths.tolist() == [0, 1, 0, 0, 0.5]
    assert (spread.ids.dtype, spread.strengths.dtype) == (np.int32, np.float32)
    description = Description(keywords=("late",), name="Late", typical=(2, 0))
    (moved,) = blank.spread_descriptions({0: description}, rows).values()
    assert moved.typical == (4, 1)
    assert all(type(row) is int for row in moved.typical)
    assert (moved.keywords, moved.name) == (("late",), "Late")
