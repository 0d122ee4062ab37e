"""Errors come back to the cells that they belong to, however the rows come."""

from verbatlas.tables.failed_cells import FailedCells, Failures


def test_errors_are_put_into_their_cells_over_any_batches() -> None:
    cells = [FailedCells(1, 0, "#N/A"), FailedCells(3, 1, "#REF!", n_rows=4, n_columns=9), FailedCells(3, 0, "Err:502")]
    for size in (1, 2, 3, 20):
        rows = [[f"{row}", "fine"] for row in range(8)]
        failures = Failures(cells)
        for start in range(0, len(rows), size):
            failures.put(rows[start : start + size], start)

        assert [row[0] for row in rows] == ["0", "#N/A", "2", "Err:502", "4", "5", "6", "7"]
        assert [row[1] for row in rows] == ["fine"] * 3 + ["#REF!"] * 4 + ["fine"]


def test_errors_outside_of_the_rows_are_left_alone() -> None:
    rows = [["a"], ["b"]]

    Failures([FailedCells(0, 7, "#N/A"), FailedCells(9, 0, "#N/A")]).put(rows, 0)

    assert rows == [["a"], ["b"]]
