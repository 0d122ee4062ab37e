"""What the table of comments shows of a study, as a value, and which column is what."""

from dataclasses import dataclass

from verbatlas.study import Cluster, Labelling, Study
from verbatlas.tables import Table
from verbatlas.words import gettext as _

ROW, COMMENT, CLUSTER, STRENGTH = range(4)
N_OWN = 4  # columns that every study has; those of the file follow


@dataclass(frozen=True, slots=True, eq=False)
class Listing:
    """The rows and columns of a study.

    Attributes:
        table: The file's rows and columns.
        documents: The comment of every row.
        others: Positions of the file's columns that are shown beside the comment.
        labels: The names of those columns.
        labelling: Who belongs where; None before the first clustering.
    """

    table: Table
    documents: tuple[str, ...]
    others: tuple[int, ...]
    labels: tuple[str, ...]
    labelling: Labelling | None

    @property
    def n_columns(self) -> int:
        """How many columns there are, those of every study among them."""
        return N_OWN + len(self.others)

    def cell(self, row: int, column: int) -> str:
        """Return the text of a cell of the file's own columns; a missing cell is empty."""
        return self.table.column(self.others[column - N_OWN])[row] or ""

    def cluster_of(self, row: int) -> Cluster | None:
        """Return the cluster of a comment, or of the one that it repeats; None where it is in none."""
        if self.labelling is None:
            return None
        return self.labelling.clusters.get(int(self.labelling.members[self.labelling.shown_row(row)]))

    def can_filter(self, column: int) -> bool:
        """Return whether rows can be filtered by a column: by those of the file, and by the clusters."""
        return column >= N_OWN or (column == CLUSTER and self.labelling is not None)

    def subject(self, column: int) -> int | None:
        """Return what a filter by a column is about: its position in the file, None for the clusters."""
        return None if column < N_OWN else self.others[column - N_OWN]

    def title(self, column: int) -> str:
        """Return the name of a column in words."""
        if column >= N_OWN:
            return self.labels[column - N_OWN]
        return (_("Row"), _("Comment"), _("Cluster"), _("Strength"))[column]


def listing_of(study: Study) -> Listing:
    """Return what the table shows of ``study`` now; the columns that make the comments are not shown twice."""
    labels = study.table.labels()
    others = tuple(column for column in range(study.table.n_columns) if column not in study.text_columns)
    return Listing(study.table, study.documents, others, tuple(labels[column] for column in others), study.labelling)
