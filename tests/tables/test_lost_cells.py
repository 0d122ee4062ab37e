"""Lost texts come back to the cells that they belong to, however the rows come."""

from verbatlas.tables.lost_cells import LostCells, LostTexts


def test_texts_are_put_into_their_cells_over_any_batches() -> None:
    cells = [LostCells(1, 0, "#N/A"), LostCells(3, 1, "#REF!", n_rows=4, n_columns=9), LostCells(3, 0, "Err:502")]
    for size in (1, 2, 3, 20):
        rows = [[f"{row}", "fine"] for row in range(8)]
        lost = LostTexts(cells)
        for start in range(0, len(rows), size):
            lost.put(rows[start : start + size], start)

        assert [row[0] for row in rows] == ["0", "#N/A", "2", "Err:502", "4", "5", "6", "7"]
        assert [row[1] for row in rows] == ["fine"] * 3 + ["#REF!"] * 4 + ["fine"]


def test_texts_outside_of_the_rows_are_left_alone() -> None:
    rows = [["a"], ["b"]]

    LostTexts([LostCells(0, 7, "#N/A"), LostCells(9, 0, "#N/A")]).put(rows, 0)

    assert rows == [["a"], ["b"]]
