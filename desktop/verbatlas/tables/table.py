"""The table: the rows and columns of a file as they came, text, untouched, in order."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from verbatlas.errors import Problem, UserError
from verbatlas.tables.lazy_column import LazyColumn
from verbatlas.words import gettext as _

MOST_COLUMNS = 100_000
"""A file with more has no rows but one, or is no table; a spreadsheet has 16,384."""
_MOST_EMPTY = 25_000_000  # cells; a single filled one at the very end of a sheet is common
_EMPTY_FOR_FILLED = 20

Cell = str | None
"""A cell's text; None where the row was too short to have the cell, which is not the same as an empty one."""


@dataclass(frozen=True, slots=True)
class TableFormat:
    """How a file is written: enough to read it again, and to write a delimited one back the same way.

    Attributes:
        encoding: Python's name of the codec, such as ``utf-8`` or ``gb18030``, without a byte order mark.
        byte_order_mark: Whether the file begins with one.
        delimiter: One character, such as ``,``, tab, ``;`` or ``|``.
        quote: The quoting character.
        line_end: Line feed, carriage return, both, or a carriage return and both, read as both.
        has_header: Whether the first row names the columns.
        quote_all: Whether every cell is quoted, needed or not.
        ends_with_line_end: Whether the last row is followed by a line end.
        escape: A backslash where that makes a quote or a delimiter part of its cell, otherwise empty.
        skip_spaces: Whether spaces after a delimiter belong to no cell.
        above: The lines above the header or the first row, as they stand in the file.
        below: The blank lines below the last row.
        gap: What stands behind every delimiter and belongs to no cell: a space or nothing.
        n_names: How many cells the header has; 0 if that is not known.
        quoting: Which cells are quoted beyond those that have to be, as ``quoting.Quoting.parse`` reads it.
        doubles_escapes: Whether two backslashes stand for one even where one would not be mistaken.
        kind: What kind of file the table is in, as ``kinds.Kind`` has it. All above but the
            header is about delimited text. Empty where only the sheet or the member is chosen yet, and the rest is
            to be found out.
        sheet: The sheet of a workbook.
        member: The file in a zip.
        is_rough: Whether only the encoding and the delimiter are chosen, and quotes, header and the lines above are to
            be found out by them.
        more_marks: How many byte order marks follow the first: a program put its own before a text that had one.
    """

    encoding: str = "utf-8"
    byte_order_mark: bool = False
    delimiter: str = ","
    quote: str = '"'
    line_end: str = "\n"
    has_header: bool = True
    quote_all: bool = False
    ends_with_line_end: bool = True
    escape: str = ""
    skip_spaces: bool = False
    above: str = ""
    below: str = ""
    gap: str = ""
    n_names: int = 0
    quoting: str = ""
    doubles_escapes: bool = True
    kind: str = "delimited"
    sheet: str = ""
    member: str = ""
    is_rough: bool = False
    more_marks: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The rows and columns of a file.

    Build one with :func:`from_columns`, which checks the shape.

    Attributes:
        names: One per column, as they came: blank and repeated names are possible.
        format: How the file was written.
        columns: Per column one cell per row: tuples, or what makes the cells when they are asked for.
    """

    names: tuple[str, ...]
    format: TableFormat
    columns: tuple[Sequence[Cell], ...]

    @property
    def n_rows(self) -> int:
        """The number of rows below the header."""
        return len(self.columns[0]) if self.columns else 0

    @property
    def n_columns(self) -> int:
        """The number of columns of the widest row."""
        return len(self.columns)

    def column(self, index: int) -> Sequence[Cell]:
        """Return the cells of one column, from the first row to the last."""
        return self.columns[index]

    def row(self, index: int) -> tuple[Cell, ...]:
        """Return the cells of one row, from the first column to the last."""
        return tuple(column[index] for column in self.columns)

    def labels(self) -> tuple[str, ...]:
        """Return unique names for people: a blank one becomes its position, a repeated one gets a number."""
        return unique_labels(self.names)

    def index_of(self, name: str) -> int:
        """Return the position of the column that a person calls ``name``.

        Raises:
            UserError: COLUMN_MISSING, with the names that there are.
        """
        for names in (self.labels(), self.names):
            if name in names:
                return names.index(name)
        raise UserError(Problem.COLUMN_MISSING, column=name, columns=self.labels())


@dataclass(frozen=True, slots=True)
class AddedColumn:
    """A column to write after those of the table.

    Attributes:
        name: Its header; made distinct when the table has a column of that name.
        cells: One per row.
    """

    name: str
    cells: Sequence[str]


def most_cells(filled: int) -> int:
    """Return how many cells a table may have of which so many are filled, so that it is not nearly all of nothing."""
    return max(_MOST_EMPTY, _EMPTY_FOR_FILLED * filled)


def from_columns(names: Sequence[str], columns: Sequence[Sequence[Cell]], table_format: TableFormat) -> Table:
    """Build a table from its columns.

    Raises:
        ValueError: The columns differ in length, or are not as many as their names.
    """
    if len(names) != len(columns) or len({len(column) for column in columns}) > 1:
        raise ValueError("a table needs one name per column and columns of one length")
    return Table(tuple(names), table_format, tuple(map(_unchanging, columns)))


def some_rows(table: Table, rows: Sequence[int]) -> Table:
    """Return a table of some rows of another."""
    return from_columns(table.names, [[column[row] for row in rows] for column in table.columns], table.format)


def _unchanging(column: Sequence[Cell]) -> Sequence[Cell]:
    return column if isinstance(column, LazyColumn) else tuple(column)


def names_to_write(table: Table, added: Sequence[AddedColumn]) -> list[str]:
    """Return the names of all columns as a labelled file has them: those that are added are made distinct."""
    names = list(table.names) if table.format.has_header else list(table.labels())
    taken = set(names)
    for column in added:
        names.append(distinct_name(column.name, taken))
        taken.add(names[-1])
    return names


def unique_labels(names: Sequence[str]) -> tuple[str, ...]:
    """Return distinct names: a blank one becomes its position, a repeated one gets a number."""
    shown = [name.strip() or _("Column {number}").format(number=i + 1) for i, name in enumerate(names)]
    seen: Counter[str] = Counter()
    taken = set(shown)
    labels = []
    for name in shown:
        seen[name] += 1
        labels.append(name if seen[name] == 1 else distinct_name(name, taken))
        taken.add(labels[-1])
    return tuple(labels)


def distinct_name(name: str, taken: set[str]) -> str:
    """Return ``name``, or ``name (2)``, ``name (3)``, …: the first that is not taken."""
    number, candidate = 2, name
    while candidate in taken:
        candidate, number = f"{name} ({number})", number + 1
    return candidate
