"""Of a damaged study everything that can be read is saved, what is not is said, and nothing else is different."""

import contextlib
import random
import sqlite3
from pathlib import Path

import numpy as np
import pytest
from random_edits import KINDS, random_edit
from test_any_edits import fingerprint

from verbatlas.analysis import NeighbourGraph
from verbatlas.encoders import Embedding, EncoderIdentity
from verbatlas.errors import Problem, UserError
from verbatlas.study import Losses, SetLocked, Settings, Study, rescue
from verbatlas.tables import TableFormat, from_columns

N = 40
N_DAMAGED = 200
NOTHING_LOST = Losses()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study with a history."""
    path, roll = tmp_path_factory.mktemp("whole") / "whole.verbatlas", random.Random(1)
    table = from_columns(
        ["编号", "评论"], [[str(row) for row in range(N)], [f"电池 {row}" for row in range(N)]], TableFormat()
    )
    with Study.create(
        path, table=table, text_columns=(1,), settings=Settings(seed=11), source=Path("/往/in.csv")
    ) as study:
        vectors = np.random.default_rng(0).normal(size=(N, 64)).astype(np.float32)
        study.store_embedding(Embedding(vectors, EncoderIdentity("m", "1", "mean", "", "fp32"), n_cut=4))
        graph = NeighbourGraph(np.zeros((N, 3), np.int32), np.zeros((N, 3), np.float32))
        study.store_arrangement(graph, np.ones((N, 2), np.float32))
        for kind in ["replace", *roll.choices(KINDS, k=40)]:
            with contextlib.suppress(UserError):
                study.do(random_edit(kind, study._labelling, roll))
        study.undo()
    return path


def damaged(whole: Path, folder: Path, *statements: str) -> Path:
    """Return a copy of a study on which a disk has failed, here and there."""
    path = folder / "damaged.verbatlas"
    path.write_bytes(whole.read_bytes())
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)
    return path


def everything(study: Study) -> list[object]:
    embedding, layout = study.embedding, study.layout
    assert embedding is not None
    assert layout is not None
    return [
        fingerprint(study),
        study.documents,
        study.table.names,
        study.settings,
        study.source,
        study.history,
        embedding.vectors.tobytes(),
        (embedding.identity, embedding.n_cut),
        layout.tobytes(),
    ]


def check_rescued(losses: Losses, rescued: Study, original: Study) -> None:
    """See that nothing is different but what is told."""
    if not losses.n_cells:
        assert rescued.documents == original.documents
    if not losses.column_names:
        assert rescued.table.names == original.table.names
    now, before = rescued._labelling, original._labelling
    same = (now.members == before.members) & (now.strengths == before.strengths) & (now.by_hand == before.by_hand)
    if not losses.n_places:
        assert same.all()
    else:
        assert (now.members[~same] == -1).all() or losses.n_places == N
    unnamed = {id_ for id_, cluster in now.clusters.items() if cluster.name == f"#{id_}"}
    assert len(unnamed) == losses.n_clusters
    for id_ in set(now.clusters) - unnamed:
        assert now.clusters[id_].name == before.clusters[id_].name
    if not losses.history:
        assert rescued.history == original.history
    if not losses.vectors:
        assert rescued.embedding is not None
        assert original.embedding is not None
        assert rescued.embedding.vectors.tobytes() == original.embedding.vectors.tobytes()
    if now.clusters:
        rescued.do(SetLocked([*now.clusters], locked=True))


def test_a_study_that_is_whole_loses_nothing(whole: Path, tmp_path: Path) -> None:
    assert rescue(whole, tmp_path / "new.verbatlas") == NOTHING_LOST
    with Study.open(tmp_path / "new.verbatlas") as rescued, Study.open(whole) as original:
        assert everything(rescued) == everything(original)
        while original.undo() is not None:
            rescued.undo()
            assert fingerprint(rescued) == fingerprint(original)
        while original.redo() is not None:
            rescued.redo()
            assert fingerprint(rescued) == fingerprint(original)


@pytest.mark.parametrize(
    ("statement", "losses"),
    [
        ("UPDATE array_part SET crc = 0 WHERE name = 'members'", NOTHING_LOST),
        ("DELETE FROM cluster WHERE id = (SELECT min(id) FROM cluster)", NOTHING_LOST),
        ("UPDATE array_part SET crc = 0 WHERE name = 'embedding'", Losses(vectors=True)),
        ("DELETE FROM array WHERE name = 'layout'", Losses(vectors=True)),
        ("UPDATE cells SET data = zeroblob(9) WHERE column_number = 1", Losses(n_cells=N)),
        ("UPDATE fact SET value = '{}' WHERE name = 'table'", Losses(column_names=True)),
        ("UPDATE edit SET facts = '{}' WHERE number = 3", Losses(history=True)),
        ("DELETE FROM fact WHERE name = 'n_edits'", Losses(history=True)),
        ("DELETE FROM fact WHERE name <> 'table'", Losses(history=True)),
    ],
)
def test_what_is_lost_is_said_and_the_rest_is_there(
    statement: str, losses: Losses, whole: Path, tmp_path: Path
) -> None:
    path = damaged(whole, tmp_path, statement)
    before = path.read_bytes()

    found = rescue(path, tmp_path / "new.verbatlas")

    assert found == losses or statement.endswith("'table'")
    assert path.read_bytes() == before
    with Study.open(tmp_path / "new.verbatlas") as rescued, Study.open(whole) as original:
        check_rescued(found, rescued, original)


def test_places_and_names_that_no_edit_tells_are_in_no_cluster_and_have_numbers(whole: Path, tmp_path: Path) -> None:
    path = damaged(
        whole,
        tmp_path,
        "UPDATE edit SET facts = '{}' WHERE number = 3",
        "UPDATE array_part SET crc = 0 WHERE name = 'strengths'",
        "UPDATE cluster SET seal = 0 WHERE id = (SELECT min(id) FROM cluster)",
    )

    found = rescue(path, tmp_path / "new.verbatlas")

    assert found.history
    assert found.n_clusters <= 1
    with Study.open(tmp_path / "new.verbatlas") as rescued, Study.open(whole) as original:
        np.testing.assert_array_equal(rescued._labelling.members, original._labelling.members)
        assert [entry.kind for entry in rescued.history] == ["rescue"]
        rescued.undo()


@pytest.mark.parametrize("part", range(5))
def test_a_file_with_a_flipped_bit_is_saved_or_refused_and_never_another(
    part: int, whole: Path, tmp_path: Path
) -> None:
    data, n_saved = whole.read_bytes(), 0
    with Study.open(whole) as original:
        for number in range(part, N_DAMAGED, 5):
            roll, changed = random.Random(number), bytearray(data)
            changed[roll.randrange(len(changed))] ^= 1 << roll.randrange(8)
            path, target = tmp_path / "d.verbatlas", tmp_path / f"{number}.verbatlas"
            path.write_bytes(changed)
            try:
                losses = rescue(path, target)
            except UserError:
                assert not target.exists()
                continue
            n_saved += 1
            with Study.open(target) as rescued:
                check_rescued(losses, rescued, original)
    assert n_saved > N_DAMAGED / 5 * 0.9


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.999])
def test_a_file_that_was_cut_off_is_saved_as_far_as_it_goes(share: float, whole: Path, tmp_path: Path) -> None:
    data = whole.read_bytes()
    path = tmp_path / "cut.verbatlas"
    path.write_bytes(data[: int(len(data) * share)])
    with Study.open(whole) as original:
        losses = rescue(path, tmp_path / "new.verbatlas")
        assert losses != NOTHING_LOST
        with Study.open(tmp_path / "new.verbatlas") as rescued:
            check_rescued(losses, rescued, original)


@pytest.mark.parametrize("data", [b"", b"nothing", b"SQLite format 3\x00" + b"\x01" * 5000])
def test_what_was_never_a_study_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "no.verbatlas"
    path.write_bytes(data)
    with pytest.raises(UserError) as caught:
        rescue(path, tmp_path / "new.verbatlas")
    assert caught.value.problem is Problem.STUDY_UNREADABLE
    assert not (tmp_path / "new.verbatlas").exists()
