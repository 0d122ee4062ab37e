"""Make cells harmless that a spreadsheet would run as formulas (OWASP), so that reading undoes it exactly.

A guarded cell gets one apostrophe before it. Cells that begin with apostrophes before such a sign get one too: without
that, ``'=x`` in the source and a guarded ``=x`` could not be told apart. A column marks the rows in which cells are
guarded, because nothing else in delimited text says that a file was written by this program.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from verbatlas.tables.table import Cell, Table, from_columns

MARK = "formulas_guarded"
"""The name of the column that says in which rows cells are guarded."""
_MARKED = re.compile(rf"{MARK}(?: \(\d+\))?")
_YES = "yes"
_ROWS_AT_ONCE = 500
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"''*[=+\-@\t\r]")
_NUMBER = re.compile(r"\s*[-+]?[\d.,\s]*\d[\d.,]*(?:[eE][-+]?\d+)?\s*%?\s*")
# Finds a cell that may need a guard among many that are joined, which is quicker than asking every one.
_BETWEEN = "\0"
_SOMEWHERE = re.compile(rf"{_BETWEEN}'*[=+\-@\t\r]")


def guard(cell: str) -> str:
    """Return the cell, with an apostrophe before it if a spreadsheet would run it or if it looks guarded already."""
    return "'" + cell if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def unguard(cell: str) -> str:
    """Return what :func:`guard` was given."""
    return cell[1:] if _GUARDED.match(cell) else cell


def guarded(cells: Sequence[str]) -> Sequence[str]:
    """Return the cells, guarded; not too many at once, because they are joined."""
    return [guard(cell) for cell in cells] if _may_need_guard(cells) else cells


def marks(columns: Sequence[Sequence[Cell]]) -> list[str]:
    """Return per row whether a cell of it needs a guard, as the column that says so; empty if none does."""
    marked: set[int] = set()
    for column in columns:
        for start in range(0, len(column), _ROWS_AT_ONCE):
            part = filled(column[start : start + _ROWS_AT_ONCE])
            if _may_need_guard(part):
                marked.update(start + row for row, cell in enumerate(part) if guard(cell) is not cell)
    return [_YES if row in marked else "" for row in range(len(columns[0]))] if marked else []


def unguarded(table: Table) -> Table:
    """Return a table as it was before it was guarded; one that was not is returned as it is."""
    if not table.names or not _MARKED.fullmatch(table.names[-1]):
        return table
    *columns, marked = table.columns
    if not set(marked) <= {_YES, "", None}:
        return table
    rows = [row for row, mark in enumerate(marked) if mark]
    names = [unguard(name) for name in table.names[:-1]]
    known = replace(table.format, n_names=max(0, table.format.n_names - 1))
    return from_columns(names, [_unguarded(column, rows) for column in columns], known)


def filled(cells: Sequence[Cell]) -> Sequence[str]:
    """Return the cells with empty ones in the place of those that are missing."""
    return [cell or "" for cell in cells] if None in cells else cells  # type: ignore[return-value]


def _may_need_guard(cells: Sequence[str]) -> bool:
    return _SOMEWHERE.search(_BETWEEN + _BETWEEN.join(cells)) is not None


def _unguarded(column: Sequence[Cell], rows: Sequence[int]) -> Sequence[Cell]:
    changed = {row: unguard(cell) for row in rows if (cell := column[row]) and _GUARDED.match(cell)}
    return [changed.get(row, cell) for row, cell in enumerate(column)] if changed else column
