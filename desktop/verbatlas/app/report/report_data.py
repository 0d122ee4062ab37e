"""What a report says of a study: its clusters with their words, comments and course in time, as plain values."""

from dataclasses import dataclass

import numpy as np

from verbatlas import tables
from verbatlas.app.card.breakdown import breakdown_of
from verbatlas.app.clusters.cluster_rows import ClusterRow, rows_of
from verbatlas.app.map.colouring import Colouring, by_column
from verbatlas.app.preview_model import shortened
from verbatlas.study import NOISE, Labelling, Study

_MOST_TYPICAL = 5
_LONGEST = 600  # characters of a typical comment
_ENOUGH = 0.9  # share of the filled cells that must be dates for a column to tell of time


@dataclass(frozen=True, slots=True)
class ReportCluster:
    """One cluster of a report.

    Attributes:
        id: Its id; -1 for the comments of no cluster.
        name: Its name.
        group: The name of the group in which it stands; empty where there is none.
        size: How many comments it has.
        share: Their share of all comments, 0..1.
        colour: Its palette slot; None for the comments of no cluster.
        keywords: Its most telling words.
        note: What a person wrote about it.
        typical: Its most typical comments.
        course: How many of its comments are in each of equal steps of time; empty without dates.
    """

    id: int
    name: str
    group: str
    size: int
    share: float
    colour: int | None
    keywords: tuple[str, ...]
    note: str
    typical: tuple[str, ...]
    course: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReportData:
    """A report.

    Attributes:
        title: The file that the study was made from.
        n_documents: How many comments there are, without those that were left out.
        n_noise: How many of them are in no cluster.
        clusters: The largest first; groups as their clusters, one after the other.
        time: The name of the column of dates, the first and the last day; None without one.
    """

    title: str
    n_documents: int
    n_noise: int
    clusters: tuple[ReportCluster, ...]
    time: tuple[str, str, str] | None


def report_data(study: Study) -> ReportData:
    """Return what a report says of a study that has clusters; takes a while for a large table."""
    labelling = study.labelling
    assert labelling is not None
    course = _course(study)
    clusters = []
    for row in rows_of(labelling):
        group = row.name if row.children else ""
        own = [row, *row.children] if row.children else [row]
        clusters += [
            _cluster(study, labelling, one, group if one is not row else "", course)
            for one in own
            if one.id == NOISE or labelling.sizes()[one.id]
        ]
    title = study.source.name if study.source is not None else study.path.stem
    time = None if course is None else (course.title, course.ends[0], course.ends[-1])
    return ReportData(title, labelling.n_counted, labelling.n_noise, tuple(clusters), time)


def _cluster(
    study: Study, labelling: Labelling, row: ClusterRow, group: str, course: Colouring | None
) -> ReportCluster:
    known = labelling.clusters.get(row.id)
    size = labelling.n_noise if known is None else labelling.sizes()[row.id]
    still = [] if known is None else [place for place in known.typical if labelling.members[place] == row.id]
    steps = () if course is None else tuple(bar.count for bar in breakdown_of(course, labelling, (row.id,)).bars)
    return ReportCluster(
        id=row.id,
        name=row.name,
        group=group,
        size=size,
        share=size / max(1, labelling.n_counted),
        colour=row.colour,
        keywords=row.keywords,
        note="" if known is None else known.note,
        typical=tuple(shortened(study.documents[place], longest=_LONGEST) for place in still[:_MOST_TYPICAL]),
        course=steps,
    )


def _course(study: Study) -> Colouring | None:
    """Return the first column of dates as steps of time."""
    labels = study.table.labels()
    for column in range(study.table.n_columns):
        if column in study.text_columns:
            continue
        cells = study.table.column(column)
        n_filled = sum(bool(cell and cell.strip()) for cell in cells)
        n_dates = int((~np.isnat(tables.as_dates(cells))).sum())
        if n_filled and n_dates >= _ENOUGH * n_filled:
            found = by_column(labels[column], cells)
            return found if found.ends else None
    return None
