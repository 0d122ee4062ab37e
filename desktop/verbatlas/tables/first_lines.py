"""The first lines of a file as they will be written, for somebody who is choosing how."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from verbatlas.progress import no_report
from verbatlas.tables.delimited_writing import text_blocks
from verbatlas.tables.formats import TextForm, kind_to_write
from verbatlas.tables.json_rows import json_blocks
from verbatlas.tables.table import AddedColumn, Table, TableFormat, names_to_write
from verbatlas.tables.writing import text_format, unique_names


def first_lines(
    path: Path,
    head: Table,
    added: Sequence[AddedColumn],
    *,
    guard_formulas: bool,
    form: TextForm,
) -> str:
    """Return what the beginning of a file would be; the cells with tabs between where it would hold no text.

    Args:
        path: The file.
        head: The first rows of the table.
        added: The columns behind them, that of the guarded rows included.
        guard_formulas: As for :func:`verbatlas.tables.write`.
        form: As source or for Excel, decided already.

    Raises:
        UserError: OUTPUT_KIND, for a kind that can be read but not written.
    """
    kind = kind_to_write(path)
    if kind == "delimited":
        wanted = text_format(path, head, added, form=form)
    elif kind in {"json", "jsonl"}:
        names = unique_names(names_to_write(head, added))
        rows = zip(*head.columns, *(column.cells for column in added), strict=True)
        blocks = json_blocks(names, rows, n_rows=head.n_rows, as_array=kind == "json", report=no_report)
        return b"".join(blocks).decode()
    else:
        wanted, guard_formulas = TableFormat(delimiter="\t"), False
    wanted = replace(wanted, below="")
    return "".join(text_blocks(head, added, wanted, guard_formulas=guard_formulas, report=no_report))
