"""What a damaged study still holds, brought into a new file; the damaged one is never touched."""

import contextlib
import itertools
import json
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from verbatlas import tables
from verbatlas.analysis import NeighbourGraph
from verbatlas.encoders import Embedding, EncoderIdentity
from verbatlas.errors import Problem, UserError
from verbatlas.study import history
from verbatlas.study.arrays import PART_BYTES
from verbatlas.study.change import Change, cluster_from_json, derive_change
from verbatlas.study.labelling import NOISE, Cluster, Labelling
from verbatlas.study.schema import APPLICATION_ID, FIRST_SEALED, VERSION
from verbatlas.study.seals import seal
from verbatlas.study.settings import Settings
from verbatlas.study.snapshot import take_snapshot
from verbatlas.study.study import FACTS, Study
from verbatlas.study.table_storage import ROWS_PER_BLOCK, cells_of, columns_of_fact
from verbatlas.tables import Cell, Table, TableFormat, Template

_OF_ROWS = ("members", "strengths", "by_hand")
_UNKNOWN = -2  # where it is lost which document stands for one
_LOOKED_AT = 200  # rows


@dataclass(frozen=True, slots=True)
class Losses:
    """What could not be read any more.

    Attributes:
        n_cells: Cells of the table, which are missing now.
        column_names: Whether the names of the columns are lost.
        n_places: Documents of which it is not known any more where they belonged; they are in no cluster now.
        n_clusters: Clusters whose names and notes are lost.
        history: Whether the list of edits is lost, and with it what undo could bring back.
        vectors: Whether the embedding or the map must be computed again.
    """

    n_cells: int = 0
    column_names: bool = False
    n_places: int = 0
    n_clusters: int = 0
    history: bool = False
    vectors: bool = False


def rescue(path: Path, target: Path) -> Losses:
    """Make a new study at ``target`` of all that can still be read of the one at ``path``.

    Raises:
        UserError: STUDY_UNREADABLE, when not even a part of its table can be read; or the new study cannot be written.
    """
    with (
        tempfile.TemporaryDirectory(prefix="verbatlas-", ignore_cleanup_errors=True) as folder,
        contextlib.closing(sqlite3.connect(take_snapshot(path, Path(folder)))) as connection,
    ):
        remains = _Remains(connection)
        if not remains.is_study:
            raise UserError(Problem.STUDY_UNREADABLE, path=path)
        return _rebuild(remains, path, target)


def _rebuild(remains: "_Remains", path: Path, target: Path) -> Losses:
    table, n_cells = remains.table()
    if table is None:
        raise UserError(Problem.STUDY_UNREADABLE, path=path)
    labelling, changes, losses = _labelling(remains, table.n_rows)
    losses = replace(losses, n_cells=n_cells, column_names="table" not in remains.facts)
    try:
        text_columns = columns_of_fact(remains.facts.get("text_columns", "[]"))
    except (ValueError, TypeError, IndexError):
        text_columns = ()
    text_columns = text_columns or tables.guess_text_columns(table) or (_of_most_letters(table),)
    source = json.loads(remains.facts.get("source", "null"))
    with Study.create(
        target,
        table=table,
        text_columns=text_columns,
        template=_template(remains.facts.get("template", "null"), table.n_columns),
        settings=Settings.from_json(remains.facts.get("settings", "{}")),
        source=None if source is None else Path(source),
    ) as study:
        losses = replace(losses, vectors=not _bring_arrays(remains, study))
        study.take_over(labelling, changes)
    return losses


def _of_most_letters(table: tables.Table) -> int:
    """Return the column that looks most like text where none looks like comments."""
    firsts = [table.column(column)[:_LOOKED_AT] for column in range(table.n_columns)]
    letters = [sum(map(str.isalpha, "".join(cell or "" for cell in cells))) for cells in firsts]
    return letters.index(max(letters))


def _labelling(remains: "_Remains", n_rows: int) -> tuple[Labelling, list[tuple[history.HistoryEntry, Change]], Losses]:
    """Return the labelling and the edits that led to it, or the labelling alone where the edits are not whole."""
    changes = remains.changes()
    if changes is not None:
        # Every change holds the new values themselves, so the edits alone make the labelling.
        labelling = Labelling.empty(n_rows)
        for entry, change in changes:
            if not entry.is_undone:
                labelling = change.apply(labelling)
        next_id = max([labelling.next_id, *(change.next_ids[1] for _, change in changes)])
        return replace(labelling, next_id=next_id), changes, Losses()
    members, lost = remains.array_of_rows("members", np.int32, n_rows, missing=NOISE)
    strengths, _ = remains.array_of_rows("strengths", np.float32, n_rows, missing=0)
    by_hand, _ = remains.array_of_rows("by_hand", np.uint8, n_rows, missing=0)
    stand_ins, _ = remains.array_of_rows("stand_ins", np.int32, n_rows, missing=_UNKNOWN)
    stand_ins = np.where(stand_ins == _UNKNOWN, np.arange(n_rows), stand_ins).astype(np.int32)
    clusters = remains.clusters(members)
    unnamed = sorted(set(np.unique(members[members >= 0]).tolist()) - set(clusters))
    clusters |= {id_: Cluster(id_, f"#{id_}", colour=id_ % 2) for id_ in unnamed}
    clusters = {
        id_: cluster if cluster.parent in clusters else replace(cluster, parent=None)
        for id_, cluster in clusters.items()
    }
    next_id = max(int(remains.facts.get("next_id", 0)), max(clusters, default=-1) + 1)
    labelling = Labelling(members, strengths, clusters, next_id, by_hand.view(np.bool_), stand_ins)
    entry = history.HistoryEntry(1, "rescue", {"count": len(clusters)}, is_undone=False)
    change = derive_change(Labelling.empty(n_rows), labelling)
    return labelling, [(entry, change)], Losses(n_places=lost, n_clusters=len(unnamed), history=True)


def _bring_arrays(remains: "_Remains", study: Study) -> bool:
    """Store embedding, graph and layout as far as they are whole; return whether none was lost."""
    had = set(json.loads(remains.facts.get("arrays", '["embedding"]')))
    vectors = remains.array("embedding")
    described = remains.facts.get("embedding")
    if vectors is None or described is None or len(vectors) != study.table.n_rows:
        return "embedding" not in had
    identity, n_cut, *sieve = json.loads(described)
    study.store_embedding(Embedding(vectors, EncoderIdentity.from_key(identity), n_cut=n_cut), sieve="".join(sieve))
    indices, similarities, layout = (remains.array(name) for name in ("graph_indices", "graph_similarities", "layout"))
    if indices is None or similarities is None or layout is None:
        return "layout" not in had
    study.store_arrangement(NeighbourGraph(indices, similarities), layout)
    return True


def _template(text: str, n_columns: int) -> Template | None:
    template = Template.from_json(text)
    return template if template is not None and template.columns[-1] < n_columns else None


class _Remains:
    """Reads row by row, by key, what can be read; everything else is None."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        # A file that was cut off is readable up to there only with this.
        self._row("PRAGMA writable_schema = ON")
        self.facts = self._facts()

    @property
    def is_study(self) -> bool:
        """Whether this is a study of a version whose rows are sealed, as far as can be seen."""
        (version,) = self._row("PRAGMA user_version") or (0,)
        return self._row("PRAGMA application_id") == (APPLICATION_ID,) and FIRST_SEALED <= version <= VERSION

    def table(self) -> tuple[Table | None, int]:
        """Return the table, and how many of its cells are missing; None where nothing is left of it."""
        described = json.loads(self.facts["table"]) if "table" in self.facts else None
        if described is None:
            n_columns = next(column for column in itertools.count() if self._block(column, 0) is None)
            described = {"names": [str(column + 1) for column in range(n_columns)], "format": {}}
        n_columns = len(described["names"])
        blocks = list(self._blocks(n_columns))
        if not any(cells is not None for block in blocks for cells in block):
            return None, 0
        columns: list[list[Cell]] = [[] for _ in range(n_columns)]
        n_lost = 0
        for block in blocks:
            length = max((len(cells) for cells in block if cells is not None), default=ROWS_PER_BLOCK)
            for column, cells in zip(columns, block, strict=True):
                n_lost += length if cells is None else 0
                column.extend([None] * length if cells is None else cells)
        table = tables.from_columns(described["names"], columns, TableFormat(**described["format"]))
        return table, n_lost

    def _blocks(self, n_columns: int) -> Iterator[list[list[Cell] | None]]:
        """Yield the blocks of rows, each as the cells of every column; None for those that cannot be read."""
        head = next((head for name in _OF_ROWS if (head := self._head(name)) is not None), None)
        n_rows = None if head is None else int(json.loads(head[3])[0])
        for block in itertools.count():
            start = block * ROWS_PER_BLOCK
            cells = [self._block(column, block) for column in range(n_columns)]
            is_empty = all(column is None for column in cells)
            if is_empty if n_rows is None else start >= n_rows:
                return
            if is_empty and n_rows is not None:
                cells[0] = [None] * min(ROWS_PER_BLOCK, n_rows - start)
            yield cells

    def changes(self) -> list[tuple[history.HistoryEntry, Change]] | None:
        """Return all edits, or None where one is missing."""
        if "n_edits" not in self.facts:
            return None
        found = []
        for number in range(1, int(self.facts["n_edits"]) + 1):
            row = self._row("SELECT kind, facts, undone, change_crc, seal, change FROM edit WHERE number = ?", number)
            if row is None:
                return None
            kind, facts, undone, crc, sealed, data = row
            if seal(number, kind, facts, undone, crc) != sealed or zlib.crc32(data) != crc:
                return None
            # A flipped bit may make a text bytes, of which the checksum is the same.
            kind = kind.decode() if isinstance(kind, bytes) else kind
            found.append((history.HistoryEntry(number, kind, json.loads(facts), bool(undone)), Change.from_bytes(data)))
        return found

    def clusters(self, members: NDArray[np.int32]) -> dict[int, Cluster]:
        """Return the clusters that can be read."""
        n_ids = max(int(self.facts.get("next_id", 0)), int(members.max(initial=-1)) + 1)
        found = {}
        for id_ in range(n_ids):
            row = self._row("SELECT value, seal FROM cluster WHERE id = ?", id_)
            if row is not None and seal(id_, row[0]) == row[1]:
                found[id_] = cluster_from_json(row[0])
        return found

    def array(self, name: str) -> NDArray[Any] | None:
        """Return an array, or None where it is not whole."""
        head = self._head(name)
        if head is None:
            return None
        array = np.empty(json.loads(head[3]), np.dtype(head[2]))
        data, position = array.reshape(-1).view(np.uint8), 0
        for part in self._parts(name, head[1]):
            if position == len(data):
                break
            if part is None or position + len(part) > len(data):
                return None
            data[position : position + len(part)] = np.frombuffer(part, np.uint8)
            position += len(part)
        return array

    def array_of_rows(
        self, name: str, dtype: type[np.generic], n_rows: int, *, missing: float
    ) -> tuple[NDArray[Any], int]:
        """Return one value per row, ``missing`` where it cannot be read, and how many of those there are."""
        array = np.full(n_rows, missing, dtype)
        head = self._head(name)
        if head is None or int(json.loads(head[3])[0]) != n_rows:
            return array, n_rows
        n_lost, per_part = 0, PART_BYTES // array.itemsize
        for start, part in zip(range(0, n_rows, per_part), self._parts(name, head[1]), strict=False):
            rows = array[start : start + per_part]
            if part is None or len(part) != rows.nbytes:
                n_lost += len(rows)
            else:
                rows[:] = np.frombuffer(part, dtype)
        return array, n_lost

    def _parts(self, name: str, generation: int) -> Iterator[bytes | None]:
        """Yield the parts of an array without end, None for those that cannot be read or never were."""
        query = "SELECT crc, data FROM array_part WHERE name = ? AND generation = ? AND part = ?"
        for part in itertools.count():
            row = self._row(query, name, generation, part)
            yield row[1] if row is not None and zlib.crc32(row[1]) == row[0] else None

    def _head(self, name: str) -> tuple[Any, ...] | None:
        row = self._row("SELECT name, generation, dtype, shape, seal FROM array WHERE name = ?", name)
        return row if row is not None and seal(*row[:-1]) == row[-1] else None

    def _block(self, column: int, block: int) -> list[Cell] | None:
        row = self._row("SELECT data, seal FROM cells WHERE column_number = ? AND block = ?", column, block)
        return list(cells_of(row[0])) if row is not None and seal(column, block, row[0]) == row[1] else None

    def _facts(self) -> dict[str, str]:
        found = {}
        for name in (*FACTS, "embedding"):
            row = self._row("SELECT value, seal FROM fact WHERE name = ?", name)
            if row is not None and seal(name, row[0]) == row[1]:
                found[name] = row[0]
        return found

    def _row(self, query: str, *values: object) -> tuple[Any, ...] | None:
        try:
            row: tuple[Any, ...] | None = self._connection.execute(query, values).fetchone()
        except sqlite3.DatabaseError:
            return None
        return row
