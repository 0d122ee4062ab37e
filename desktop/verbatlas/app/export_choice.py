"""What a person chose for an export."""

from dataclasses import dataclass
from pathlib import Path

from verbatlas.tables import TextForm


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What a person chose.

    Attributes:
        path: The file to write.
        guard_formulas: Whether cells that a spreadsheet would run are made harmless.
        left_out: Names of label columns that are not wanted.
        only_selected: Whether only the rows of the selected comments are wanted.
        one_per_cluster: Whether each cluster gets a file of its own, in a folder called as the file would be.
        form: In which encoding and dialect delimited text is written.
    """

    path: Path
    guard_formulas: bool = True
    left_out: frozenset[str] = frozenset()
    only_selected: bool = False
    one_per_cluster: bool = False
    form: TextForm = TextForm.AUTO
