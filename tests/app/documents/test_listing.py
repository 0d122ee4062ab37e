"""What is shown of a study."""

from pathlib import Path

from verbatlas.app.documents.listing import CLUSTER, COMMENT, N_OWN, ROW, STRENGTH, listing_of
from verbatlas.study import Settings, Study
from verbatlas.tables import TableFormat, from_columns


def test_the_comment_stands_once_and_the_other_columns_by_their_labels(tmp_path: Path) -> None:
    columns = [["1", "2"], ["good", "bad"], ["a", None]]
    table = from_columns(["id", "text", "id"], columns, TableFormat())
    with Study.create(tmp_path / "a.verbatlas", table=table, text_columns=[1], settings=Settings()) as study:
        listing = listing_of(study)

    titles = [listing.title(column) for column in range(listing.n_columns)]
    assert titles == ["Row", "Comment", "Cluster", "Strength", "id", "id (2)"]
    assert listing.documents == ("good", "bad")
    assert (ROW, COMMENT, CLUSTER, STRENGTH, N_OWN) == (0, 1, 2, 3, 4)
    assert [listing.cell(row, 5) for row in range(2)] == ["a", ""]
    assert listing.cluster_of(0) is None
