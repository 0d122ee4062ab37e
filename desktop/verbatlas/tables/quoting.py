"""Which cells stand in quotes although they need not: by column, and by what is in them.

Programs agree on which cells must be quoted and differ in which others are: all, those that are no numbers (R, pandas),
all texts but the names, empty ones to tell them from missing ones. What a file does is counted in its beginning.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from verbatlas.tables.table import TableFormat

EMPTY, NUMBER, NOTHING, SPACED, TEXT = "e", "n", "w", "s", "t"
EVERY_CLASS = EMPTY + NUMBER + NOTHING + SPACED + TEXT
_PATTERNS = {
    EMPTY: "",
    NUMBER: r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?",
    NOTHING: r"NA|N/A|NaN|nan|NULL|Null|null|None|\\N",
    SPACED: r"\s[^\0]*|[^\0]*\s",
}
_NUMBERS, _NOTHINGS = re.compile(_PATTERNS[NUMBER]), re.compile(_PATTERNS[NOTHING])


def class_of(cell: str) -> str:
    """Return what kind of thing is in a cell that need not be quoted."""
    if not cell:
        return EMPTY
    if _NUMBERS.fullmatch(cell):
        return NUMBER
    if _NOTHINGS.fullmatch(cell):
        return NOTHING
    return SPACED if cell[0].isspace() or cell[-1].isspace() else TEXT


def needs_quotes(table_format: TableFormat) -> re.Pattern[str]:
    r"""Return what makes quotes necessary when it is found in a cell, or in cells that are joined by ``\0``."""
    spaced = r"|(?:\A|\0) " if table_format.gap or table_format.skip_spaces else ""
    return re.compile(rf"[{re.escape(table_format.delimiter + table_format.quote)}\r\n]{spaced}")


def pattern_of(classes: str) -> str:
    """Return a regular expression of the cells of some classes, texts not among them; empty if there are no classes."""
    return "|".join(f"(?:{_PATTERNS[one]})" for one in classes)


@dataclass(frozen=True, slots=True)
class Quoting:
    """Which cells are quoted beyond those that have to be.

    Attributes:
        names: Per column whether its name is.
        cells: Per column the classes that are.
        other_names: Whether the name of a column that is added is.
        other_cells: The classes that are in such a column.
    """

    names: tuple[bool, ...] = ()
    cells: tuple[str, ...] = ()
    other_names: bool = False
    other_cells: str = ""

    def name(self, column: int) -> bool:
        """Return whether the name of a column is quoted."""
        return self.names[column] if column < len(self.names) else self.other_names

    def classes(self, column: int) -> str:
        """Return the classes of cells that are quoted in a column."""
        return self.cells[column] if column < len(self.cells) else self.other_cells

    def text(self) -> str:
        """Return it as :meth:`parse` reads it; empty where only what has to be is quoted."""
        names = "".join("1" if is_quoted else "0" for is_quoted in (self.other_names, *self.names))
        cells = ",".join((self.other_cells, *self.cells))
        return f"{names};{cells}" if "1" in names or cells.strip(",") else ""

    @classmethod
    def parse(cls, text: str) -> "Quoting":
        """Return what :meth:`text` was made of."""
        if not text:
            return cls()
        names, cells = text.split(";")
        first, *others = cells.split(",")
        return cls(tuple(one == "1" for one in names[1:]), tuple(others), names[0] == "1", first)


@dataclass(slots=True)
class QuotingSeen:
    """Counts how cells stand in a file.

    Attributes:
        names: Per column whether its name is quoted; None where it has to be.
    """

    names: list[bool | None] = field(default_factory=list)
    _counts: dict[tuple[int, str], Counter[bool]] = field(default_factory=dict)

    def add(self, column: int, cell: str, *, is_quoted: bool) -> None:
        """Count a cell that need not be quoted."""
        self._counts.setdefault((column, class_of(cell)), Counter())[is_quoted] += 1

    @property
    def is_all(self) -> bool:
        """Whether all cells and names are quoted."""
        known = [*self._known_names(), *(one for counts in self._counts.values() for one in counts)]
        return bool(known) and all(known)

    def quoting(self, n_columns: int) -> Quoting:
        """Return what most cells of each class do in each column; one that was not met does as its like."""
        others = {one: self._in_all(one) for one in EVERY_CLASS}
        names = self._known_names()
        other_names = bool(names) and all(names)
        return Quoting(
            tuple(other_names if one is None else one for one in self.names),
            tuple(_joined(self._in_column(column, others)) for column in range(n_columns)),
            other_names,
            _joined(others),
        )

    def _known_names(self) -> list[bool]:
        return [one for one in self.names if one is not None]

    def _in_all(self, kind: str) -> bool:
        found = self._sum(counts for (_column, one), counts in self._counts.items() if one == kind)
        return _most(found, otherwise=self.is_all)

    def _in_column(self, column: int, others: dict[str, bool]) -> dict[str, bool]:
        text = self._counts.get((column, TEXT))
        like_text = others if text is None else {NUMBER: _most(text), SPACED: _most(text)}
        return {
            one: _most(self._counts.get((column, one), Counter()), otherwise=like_text.get(one, others[one]))
            for one in EVERY_CLASS
        }

    def _sum(self, counts: Iterable[Counter[bool]]) -> Counter[bool]:
        found: Counter[bool] = Counter()
        for one in counts:
            found.update(one)
        return found


def _most(counts: Counter[bool], *, otherwise: bool = False) -> bool:
    return counts[True] > counts[False] if counts else otherwise


def _joined(classes: dict[str, bool]) -> str:
    return "".join(one for one, is_quoted in classes.items() if is_quoted)
