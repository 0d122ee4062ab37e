"""The study: the whole work on one table, in one file, every edit on the disk when the call returns."""

import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from psygnal import Signal

from verbatlas import tables
from verbatlas.analysis import NeighbourGraph
from verbatlas.encoders import Embedding, EncoderIdentity
from verbatlas.study import history
from verbatlas.study.arrays import (
    adopt_arrays,
    check_array,
    forget_arrays,
    load_array,
    names_in_use,
    stage_arrays,
    update_rows,
)
from verbatlas.study.begun_embedding import forget_begun, load_begun, store_next
from verbatlas.study.change import Change, cluster_from_json, cluster_to_json, derive_change
from verbatlas.study.computed import Computed
from verbatlas.study.edits import Edit
from verbatlas.study.export import export_columns, export_names
from verbatlas.study.history import HistoryEntry
from verbatlas.study.labelling import Cluster, Labelling
from verbatlas.study.locks import refuse_locked
from verbatlas.study.migrations import bring_forward
from verbatlas.study.seals import read_facts, refuse_damaged, seal, set_fact
from verbatlas.study.settings import Settings
from verbatlas.study.snapshot import take_snapshot
from verbatlas.study.storage import Storage
from verbatlas.study.table_storage import columns_of_fact, columns_to_fact, describe_table, load_table, store_table
from verbatlas.tables import Table, Template

_GRAPH = ("graph_indices", "graph_similarities")
FACTS = {"table", "text_columns", "template", "settings", "source", "next_id", "n_clusters", "n_edits", "arrays"}


class Study:
    """A table, its embedding, layout and clusters, and all that the analyst did to them.

    Usable from any thread, one call at a time; storing a large array lets edits of another thread through between its
    parts. Make one with :meth:`create` or :meth:`open` and close it, or use it in a ``with`` block.

    Attributes:
        changed: A signal that carries the :class:`Change` of every edit, undo and redo, after it is on the disk.
        path: The study's file.
    """

    changed = Signal(Change)

    def __init__(self, storage: Storage) -> None:
        bring_forward(storage)
        self._storage = storage
        self.path = storage.path
        with storage.reading() as connection:
            facts = read_facts(connection, storage.path)
            refuse_damaged(storage.path, is_whole=set(facts) >= FACTS)
            self._table = load_table(connection, json.loads(facts["table"]), storage.path)
            self._history = tuple(history.entries(connection, storage.path))
            clusters = _load_clusters(connection, storage.path)
            counted = (len(clusters), len(self._history), names_in_use(connection))
            kept = (int(facts["n_clusters"]), int(facts["n_edits"]), json.loads(facts["arrays"]))
            refuse_damaged(storage.path, is_whole=counted == kept)
        self._text_columns = columns_of_fact(facts["text_columns"])
        self._template = Template.from_json(facts["template"])
        self._documents = tables.documents(self._table, self._text_columns, self._template)
        self._settings = Settings.from_json(facts["settings"])
        source = json.loads(facts["source"])
        self._source = None if source is None else Path(source)
        self._labelling = Labelling(
            load_array(storage, "members"),
            load_array(storage, "strengths"),
            {cluster.id: cluster for cluster in clusters},
            int(facts["next_id"]),
            load_array(storage, "by_hand").view(np.bool_),
            load_array(storage, "stand_ins"),
        )
        self._kept: dict[str, Any] = {}
        self._computed = Computed.of(storage)
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        table: Table,
        text_columns: Sequence[int],
        settings: Settings,
        template: Template | None = None,
        source: Path | None = None,
    ) -> "Study":
        """Make a new study file.

        Args:
            path: Where; there must be no file yet, or an empty one.
            table: The rows and columns, which are kept as they are.
            text_columns: Positions of the columns whose text makes the documents.
            settings: How the study is to be computed.
            template: How these columns are joined, as ``tables.documents`` takes it.
            source: The file that the table was read from.

        Raises:
            UserError: There is a file already, or it cannot be written; nothing is left behind.
        """
        storage = Storage.create(path)
        try:
            store_table(storage, table)
            empty = Labelling.empty(table.n_rows)
            arrays = _arrays_of(empty)
            generations = stage_arrays(storage, arrays)
            facts = {
                "table": json.dumps(describe_table(table), ensure_ascii=False),
                "text_columns": columns_to_fact(text_columns),
                "template": "null" if template is None else template.to_json(),
                "settings": settings.to_json(),
                "source": json.dumps(None if source is None else str(source), ensure_ascii=False),
                "next_id": "0",
                "n_clusters": "0",
                "n_edits": "0",
            }
            with storage.transaction() as connection:
                adopt_arrays(connection, arrays, generations)
                for name, value in facts.items():
                    set_fact(connection, name, value)
            return cls(storage)
        except BaseException:
            storage.discard()
            raise

    @classmethod
    def open(cls, path: Path) -> "Study":
        """Open a study file again, as it was when it was last changed.

        Raises:
            UserError: It is missing, damaged, something else, from a newer version, or open elsewhere.
        """
        storage = Storage.open(path)
        try:
            return cls(storage)
        except BaseException:
            storage.close()
            raise

    @classmethod
    def open_read_only(cls, path: Path) -> "Study":
        """Open a study as it is at this moment, to be looked at, exported and copied: another program may have it open.

        Raises:
            UserError: It is missing, damaged, something else, from a newer version, or there is no room for a copy of
                it in the computer's temporary folder.
        """
        folder = tempfile.TemporaryDirectory(prefix="verbatlas-", ignore_cleanup_errors=True)
        try:
            study = cls(Storage.open(take_snapshot(path, Path(folder.name))))
        except BaseException:
            folder.cleanup()
            raise
        study._become_copy_of(path, folder)
        return study

    def _become_copy_of(self, path: Path, folder: tempfile.TemporaryDirectory[str]) -> None:
        self._storage.freeze(path)
        self.path = path
        self._folder = folder

    @property
    def is_read_only(self) -> bool:
        """Whether it was opened to be looked at only."""
        return self._storage.is_read_only

    @property
    def table(self) -> Table:
        """The rows and columns as they came."""
        return self._table

    @property
    def text_columns(self) -> tuple[int, ...]:
        """Positions of the columns whose text makes the documents."""
        return self._text_columns

    @property
    def template(self) -> Template | None:
        """How the text columns are joined, as ``tables.documents`` takes it."""
        return self._template

    @property
    def documents(self) -> tuple[str, ...]:
        """The text of every row."""
        return self._documents

    @property
    def source(self) -> Path | None:
        """The file that the table was read from, where that is known."""
        return self._source

    @property
    def settings(self) -> Settings:
        """How the study was computed last."""
        return self._settings

    def set_settings(self, settings: Settings) -> None:
        """Keep ``settings``."""
        with self._storage.transaction() as connection:
            set_fact(connection, "settings", settings.to_json())
        self._settings = settings

    @property
    def has_embedding(self) -> bool:
        """Whether the documents have vectors."""
        return self._computed.has_embedding

    @property
    def embedding(self) -> Embedding | None:
        """The documents' vectors, zero for blank documents and ones left out; None before they are stored."""
        if "embedding" not in self._kept and self.has_embedding:
            vectors = load_array(self._storage, "embedding")
            identity = EncoderIdentity.from_key(self._computed.identity)
            self._kept["embedding"] = Embedding(vectors, identity, n_cut=self._computed.n_cut)
        kept: Embedding | None = self._kept.get("embedding")
        return kept

    @property
    def encoder_identity(self) -> EncoderIdentity | None:
        """What made the documents' vectors; None before they are stored. The vectors themselves are not read."""
        return EncoderIdentity.from_key(self._computed.identity) if self.has_embedding else None

    @property
    def embedding_sieve(self) -> str:
        """Which rows the embedding leaves out, as ``Settings.sieve`` has it; empty where only blank ones."""
        return self._computed.sieve

    def begun_embedding(self, sieve: str = "") -> Embedding | None:
        """Return the vectors of the first rows, shape (n_rows_done, n_dimensions), of an embedding not whole yet.

        Args:
            sieve: Which rows it must leave out, as ``Settings.sieve`` has it.
        """
        found = load_begun(self._storage)
        return found[0] if found is not None and found[1] == sieve else None

    def store_vectors(self, start: int, part: Embedding, *, sieve: str = "") -> None:
        """Keep the vectors of the next rows of an embedding that is being made; the last ones make it the study's.

        On the disk when the call returns, all or none of them; an embedding before it stays in use until the end.

        Args:
            start: The first of the rows; 0 begins anew.
            part: One row per document from there on; its ``n_cut`` counts from the first row of the table.
            sieve: Which rows are left out, as ``Settings.sieve`` has it.

        Raises:
            ValueError: They are not the next rows, another encoder made them, or they leave out others.
            UserError: The disk is full, or the file can no longer be written.
        """
        if start == 0 and len(part.vectors) == self._table.n_rows:
            self.store_embedding(part, sieve=sieve)
            return
        with self._storage.transaction() as connection:
            n_documents = self._table.n_rows
            is_whole = store_next(connection, self.path, start, part, n_documents=n_documents, sieve=sieve)
            if is_whole:
                self._use_embedding(connection, part, sieve)
        if is_whole:
            self._kept, self._computed = {}, Computed.of(self._storage)

    def store_embedding(self, embedding: Embedding, *, sieve: str = "") -> None:
        """Keep the documents' vectors; graph and layout of earlier ones are dropped with them.

        Args:
            embedding: One row per document, zero where it is blank or left out.
            sieve: Which rows are left out, as ``Settings.sieve`` has it.
        """
        arrays: dict[str, NDArray[Any]] = {"embedding": embedding.vectors}
        with self._storage.transaction() as connection:
            forget_begun(connection)
        generations = stage_arrays(self._storage, arrays)
        with self._storage.transaction() as connection:
            adopt_arrays(connection, arrays, generations)
            self._use_embedding(connection, embedding, sieve)
        self._kept, self._computed = {"embedding": embedding}, Computed.of(self._storage)

    @staticmethod
    def _use_embedding(connection: Any, embedding: Embedding, sieve: str) -> None:
        set_fact(connection, "embedding", json.dumps([embedding.identity.key(), embedding.n_cut, sieve]))
        forget_arrays(connection, (*_GRAPH, "layout"))

    @property
    def has_arrangement(self) -> bool:
        """Whether the documents have a neighbour graph and a layout."""
        return self._computed.has_arrangement

    @property
    def graph(self) -> NeighbourGraph | None:
        """The documents' neighbours; None before they are stored."""
        if "graph" not in self._kept and self.has_arrangement:
            indices, similarities = (load_array(self._storage, name) for name in _GRAPH)
            self._kept["graph"] = NeighbourGraph(indices, similarities)
        kept: NeighbourGraph | None = self._kept.get("graph")
        return kept

    @property
    def layout(self) -> NDArray[np.float32] | None:
        """The documents' coordinates, NaN for blank documents; None before they are stored."""
        if "layout" not in self._kept and self.has_arrangement:
            self._kept["layout"] = load_array(self._storage, "layout")
        kept: NDArray[np.float32] | None = self._kept.get("layout")
        return kept

    def store_arrangement(self, graph: NeighbourGraph, layout: NDArray[np.float32]) -> None:
        """Keep the neighbours and coordinates of the documents, both or neither."""
        arrays: dict[str, NDArray[Any]] = dict(
            zip((*_GRAPH, "layout"), (graph.indices, graph.similarities, layout), strict=True)
        )
        generations = stage_arrays(self._storage, arrays)
        with self._storage.transaction() as connection:
            adopt_arrays(connection, arrays, generations)
        self._kept |= {"graph": graph, "layout": layout}
        self._computed = Computed.of(self._storage)

    @property
    def labelling(self) -> Labelling | None:
        """Who belongs where now; None before the first clustering."""
        return self._labelling if self.can_undo else None

    def do(self, edit: Edit) -> Change:
        """Apply an edit, put it on the disk, and announce what changed; what could be done again is dropped.

        Raises:
            UserError: The edit makes no sense now, would change a locked cluster, or cannot be written; nothing has
                happened.
        """
        before = self._labelling
        after = edit.apply(before)
        change = derive_change(before, after)
        refuse_locked(before, change)
        entry = HistoryEntry(self._n_done + 1, edit.kind, edit.facts(before), is_undone=False)
        entries = (*self._history[: self._n_done], entry)
        return self._take(change, lambda connection: history.record(connection, entry, change), after, entries)

    def undo(self) -> Change | None:
        """Take the last edit back; None where there is none."""
        return self.go_to(self._n_done - 1) if self.can_undo else None

    def redo(self) -> Change | None:
        """Do the edit again that was taken back last; None where there is none."""
        return self.go_to(self._n_done + 1) if self.can_redo else None

    @property
    def history(self) -> tuple[HistoryEntry, ...]:
        """All edits, the oldest first, those that can be done again at the end."""
        return self._history

    def go_to(self, number: int) -> Change | None:
        """Go to the moment after an edit of the history, or with 0 to the one before the first, at once.

        Returns:
            What that changed; None where the study is there already.

        Raises:
            ValueError: There is no such edit.
            UserError: It cannot be written, or what an edit changed is damaged; nothing has happened.
        """
        if not 0 <= number <= len(self._history):
            raise ValueError(f"there is no edit {number}")
        if number == self._n_done:
            return None
        is_back = number < self._n_done
        numbers = range(self._n_done, number, -1) if is_back else range(self._n_done + 1, number + 1)
        after = self._labelling
        with self._storage.reading() as connection:
            for step in numbers:
                change = history.change_of(connection, step, self.path)
                after = (change.reversed() if is_back else change).apply(after)
        entries = tuple(replace(entry, is_undone=entry.number > number) for entry in self._history)
        change = derive_change(self._labelling, after)
        return self._take(change, lambda connection: history.mark(connection, numbers, undone=is_back), after, entries)

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to take back."""
        return self._n_done > 0

    @property
    def can_redo(self) -> bool:
        """Whether there is an edit to do again."""
        return self._n_done < len(self._history)

    @property
    def _n_done(self) -> int:
        return sum(not entry.is_undone for entry in self._history)

    def _take(
        self,
        change: Change,
        record: Callable[[Any], None],
        after: Labelling,
        entries: tuple[HistoryEntry, ...],
    ) -> Change:
        with self._storage.transaction() as connection:
            record(connection)
            _write_clusters(connection, {id_: cluster for id_, (_, cluster) in change.clusters.items()}, after)
            for name, now in _arrays_of(after).items():
                old, new = getattr(change, name)
                update_rows(connection, name, now, change.rows[old != new])
        self._labelling, self._history = after, entries
        self.changed.emit(change)
        return change

    def export_columns(
        self, *, second: Sequence[str] | None = None, rows: NDArray[np.int64] | None = None
    ) -> tuple[tuple[str, list[str]], ...]:
        """Return the names and cells of the label columns, those of ``export_names``, as ``export.export_columns``."""
        layout = self.layout
        if layout is None:
            layout = np.full((self._table.n_rows, 2), np.nan, np.float32)
        return export_columns(self._labelling, layout, second=second, rows=rows)

    @property
    def export_names(self) -> tuple[str, ...]:
        """The names of the label columns."""
        return export_names(self._labelling)

    def take_over(self, labelling: Labelling, edits: Sequence[tuple[HistoryEntry, Change]]) -> None:
        """Fill a study that was just made with the labelling of another one and the edits that led to it.

        Raises:
            UserError: The disk is full, or the file can no longer be written; nothing has happened.
        """
        arrays = _arrays_of(labelling)
        generations = stage_arrays(self._storage, arrays)
        with self._storage.transaction() as connection:
            adopt_arrays(connection, arrays, generations)
            history.restore(connection, edits)
            _write_clusters(connection, labelling.clusters, labelling)
        self._labelling, self._history = labelling, tuple(entry for entry, _change in edits)

    def check(self) -> None:
        """Read everything that the file holds once, and see that it is as it was written.

        Raises:
            UserError: STUDY_UNREADABLE, when something is damaged.
        """
        with self._storage.reading() as connection:
            names = names_in_use(connection)
            history.check(connection, self.path)
        for name in names:
            check_array(self._storage, name)

    def save_copy(self, path: Path) -> None:
        """Write a copy of the whole study, history included; an old file at ``path`` is replaced at the end.

        Raises:
            UserError: It cannot be written.
        """
        part = path.with_name(path.name + ".part")
        try:
            self._storage.copy_to(part)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the file."""
        self._storage.close()
        if self._folder is not None:
            self._folder.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _arrays_of(labelling: Labelling) -> dict[str, NDArray[Any]]:
    """Return what a labelling knows of every document, as it is stored."""
    return {
        "members": labelling.members,
        "strengths": labelling.strengths,
        "by_hand": labelling.by_hand.view(np.uint8),
        "stand_ins": labelling.stand_ins,
    }


def _write_clusters(connection: Any, changed: Mapping[int, Cluster | None], after: Labelling) -> None:
    for id_, cluster in changed.items():
        connection.execute("DELETE FROM cluster WHERE id = ?", (id_,))
        if cluster is not None:
            value = cluster_to_json(cluster)
            connection.execute("INSERT INTO cluster VALUES (?, ?, ?)", (id_, value, seal(id_, value)))
    set_fact(connection, "next_id", str(after.next_id))
    set_fact(connection, "n_clusters", str(len(after.clusters)))


def _load_clusters(connection: Any, path: Path) -> list[Cluster]:
    clusters = []
    for id_, value, sealed in connection.execute("SELECT id, value, seal FROM cluster"):
        refuse_damaged(path, is_whole=seal(id_, value) == sealed)
        clusters.append(cluster_from_json(value))
    return clusters
