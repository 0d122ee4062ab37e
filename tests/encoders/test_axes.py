import numpy as np
import pytest
import scipy.sparse

from verbatlas.encoders.axes import N_PASSES, principal_axes


def _matrix(n_rows: int, n_columns: int, *, density: float = 0.2) -> scipy.sparse.csr_matrix:
    rng = np.random.default_rng(3)
    strengths = np.geomspace(1, 0.01, n_columns)
    dense = rng.standard_normal((n_rows, n_columns)) * (rng.random((n_rows, n_columns)) < density) * strengths
    return scipy.sparse.csr_matrix(dense.astype(np.float32))


def _axes(matrix: scipy.sparse.csr_matrix, *, n_axes: int, seed: int = 7, n_blocks: int = 3) -> np.ndarray:
    blocks = [matrix[rows] for rows in np.array_split(np.arange(matrix.shape[0]), n_blocks)]
    return principal_axes(
        lambda: iter(blocks), n_rows=matrix.shape[0], n_columns=matrix.shape[1], n_axes=n_axes, seed=seed
    )


@pytest.mark.parametrize("shape", [(500, 80), (40, 200), (10, 10), (1, 5), (5, 1)])
def test_the_axes_are_the_singular_vectors_of_the_matrix(shape: tuple[int, int]) -> None:
    matrix = _matrix(*shape, density=0.9)
    axes = _axes(matrix, n_axes=8)
    _, _, right = np.linalg.svd(matrix.toarray(), full_matrices=False)
    expected = right[: axes.shape[1]].T
    assert axes.shape == (shape[1], min(8, *shape))
    assert np.abs((axes * expected).sum(axis=0)) == pytest.approx(1, abs=1e-3)


def test_axes_point_the_same_way_whatever_the_random_start() -> None:
    matrix = _matrix(400, 60)
    assert _axes(matrix, n_axes=5, seed=1) == pytest.approx(_axes(matrix, n_axes=5, seed=2), abs=1e-3)


def test_the_same_seed_gives_the_same_bytes() -> None:
    matrix = _matrix(400, 60)
    assert _axes(matrix, n_axes=5).tobytes() == _axes(matrix, n_axes=5).tobytes()


def test_there_are_no_more_axes_than_directions() -> None:
    one_direction = scipy.sparse.csr_matrix(np.tile(np.float32([3, 0, 4]), (50, 1)))
    assert _axes(one_direction, n_axes=3) == pytest.approx(np.array([[0.6], [0], [0.8]]), abs=1e-5)


def test_the_rows_are_gone_through_as_often_as_announced() -> None:
    matrix = _matrix(30, 20)
    passes: list[int] = []

    def parts() -> list[scipy.sparse.csr_matrix]:
        passes.append(1)
        return [matrix]

    principal_axes(parts, n_rows=30, n_columns=20, n_axes=4, seed=1)
    assert len(passes) == N_PASSES
