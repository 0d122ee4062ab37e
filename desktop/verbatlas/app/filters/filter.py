"""Filters as values: each says which comments pass, and what it asks for in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from verbatlas import tables
from verbatlas.study import NOISE, Labelling, Study
from verbatlas.words import gettext as _
from verbatlas.words import ngettext

NO_VALUE = ""  # the value of a blank cell
_NAMED = 2  # values that a filter repeats; of more it says how many
_LONGEST = 24  # characters of a value that it repeats


@dataclass(frozen=True, slots=True)
class CategoryFilter:
    """Comments whose cell is one of some values.

    Attributes:
        column: The position of the column in the table.
        values: Texts of cells, blanks around them left away; NO_VALUE for blank cells.
    """

    column: int
    values: tuple[str, ...]

    def rows(self, study: Study, labelling: Labelling | None) -> NDArray[np.bool_]:  # noqa: ARG002 - as all filters
        """Return which comments pass: bool, shape (n_documents,). Takes a while for a large table."""
        wanted = set(self.values)
        cells = study.table.column(self.column)
        return np.fromiter(((cell or "").strip() in wanted for cell in cells), np.bool_, len(cells))

    def describe(self, study: Study, labelling: Labelling | None) -> str:  # noqa: ARG002 - as all filters
        """Return what it asks for, in words."""
        return _("{column}: {values}").format(
            column=_title(study, self.column), values=_listed([value or _("No value") for value in self.values])
        )


@dataclass(frozen=True, slots=True)
class RangeFilter:
    """Comments with a number between two others, both included.

    Attributes:
        column: The position of the column in the table.
        low: The least number.
        high: The greatest.
    """

    column: int
    low: float
    high: float

    def rows(self, study: Study, labelling: Labelling | None) -> NDArray[np.bool_]:  # noqa: ARG002 - as all filters
        """Return which comments pass: bool, shape (n_documents,). Takes a while for a large table."""
        numbers = tables.as_numbers(study.table.column(self.column))
        return (numbers >= self.low) & (numbers <= self.high)  # what is no number is neither

    def describe(self, study: Study, labelling: Labelling | None) -> str:  # noqa: ARG002 - as all filters
        """Return what it asks for, in words."""
        return _("{column}: {low} to {high}").format(
            column=_title(study, self.column), low=f"{self.low:,.12g}", high=f"{self.high:,.12g}"
        )


@dataclass(frozen=True, slots=True)
class DateFilter:
    """Comments with a date between two others, both days included.

    Attributes:
        column: The position of the column in the table.
        first: The first day.
        last: The last.
    """

    column: int
    first: date
    last: date

    def rows(self, study: Study, labelling: Labelling | None) -> NDArray[np.bool_]:  # noqa: ARG002 - as all filters
        """Return which comments pass: bool, shape (n_documents,). Takes a while for a large table."""
        days = tables.as_dates(study.table.column(self.column)).astype("datetime64[D]")
        return (days >= np.datetime64(self.first)) & (days <= np.datetime64(self.last))  # what is no date is neither

    def describe(self, study: Study, labelling: Labelling | None) -> str:  # noqa: ARG002 - as all filters
        """Return what it asks for, in words."""
        return _("{column}: {low} to {high}").format(
            column=_title(study, self.column), low=self.first.isoformat(), high=self.last.isoformat()
        )


@dataclass(frozen=True, slots=True)
class ClusterFilter:
    """Comments in one of some clusters.

    Attributes:
        ids: Ids of clusters, -1 for comments in none; what stands under one of them in a group counts too.
    """

    ids: tuple[int, ...]

    def rows(self, study: Study, labelling: Labelling | None) -> NDArray[np.bool_]:
        """Return which comments pass: bool, shape (n_documents,); none of them before there are clusters."""
        if labelling is None:
            return np.zeros(len(study.documents), np.bool_)
        under = [id_ for id_, cluster in labelling.clusters.items() if cluster.parent in self.ids]
        return np.isin(labelling.shown_members, [*self.ids, *under])

    def describe(self, study: Study, labelling: Labelling | None) -> str:  # noqa: ARG002 - as all filters
        """Return what it asks for, in words; a cluster that is no longer there is not named."""
        known = {} if labelling is None else labelling.clusters
        names = [known[id_].name for id_ in self.ids if id_ in known]
        if NOISE in self.ids:
            names.append(_("No cluster"))
        return _("{column}: {values}").format(column=_("Cluster"), values=_listed(names) if names else "–")


Filter = CategoryFilter | RangeFilter | DateFilter | ClusterFilter


def combine(filters: Sequence[Filter], study: Study, labelling: Labelling | None) -> NDArray[np.bool_]:
    """Return which comments pass all of ``filters``: bool, shape (n_documents,); all of them where there are none."""
    passing = np.ones(len(study.documents), np.bool_)
    for one in filters:
        passing &= one.rows(study, labelling)
    return passing


def subject(one: Filter) -> int | None:
    """Return the column that a filter is about; None for the clusters. One filter per subject makes sense."""
    return None if isinstance(one, ClusterFilter) else one.column


def _title(study: Study, column: int) -> str:
    return _short(study.table.labels()[column])


def _listed(values: Sequence[str]) -> str:
    shown = _(", ").join(_short(value) for value in values[:_NAMED])
    n_more = len(values) - _NAMED
    if n_more <= 0:
        return shown
    return ngettext("{values} and {count} more", "{values} and {count} more", n_more).format(
        values=shown, count=f"{n_more:,}"
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"
