"""The study keeps everything, through restarts, crashes and full disks."""

import os
import random
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from verbatlas.analysis import NeighbourGraph
from verbatlas.encoders import Embedding, EncoderIdentity
from verbatlas.errors import Problem, UserError
from verbatlas.study import Change, Rename, ReplaceClustering, Settings, Study
from verbatlas.tables import Table, Template

IDENTITY = EncoderIdentity("model", "1", "mean", "", "fp32")
Make = Callable[[list[int]], ReplaceClustering]

_RENAMES = """
import sys
from pathlib import Path
from verbatlas.study import Rename, Study
study = Study.open(Path(sys.argv[1]))
for number in range(1_000_000):
    study.do(Rename(number % 3, f"name {number}"))
    print(number, flush=True)
"""
_FULL = """
import resource, sys
from pathlib import Path
from verbatlas.errors import UserError
from verbatlas.study import Rename, Study
study = Study.open(Path(sys.argv[1]))
limit = Path(sys.argv[1]).stat().st_size + 100_000
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
done = 0
try:
    for number in range(100_000):
        study.do(Rename(0, f"name {number} " + "x" * 2000))
        done = number
except UserError as error:
    print(error.problem, done, study.labelling.clusters[0].name.split()[1])
"""


def state(study: Study) -> tuple[object, ...]:
    labelling = study.labelling
    if labelling is None:
        return ()
    arrays = (labelling.members, labelling.strengths, labelling.by_hand)
    return *(array.tobytes() for array in arrays), dict(labelling.clusters)


def test_a_script_of_ten_lines_can_use_it(table: Table, tmp_path: Path, clustering: Make) -> None:
    with Study.create(tmp_path / "s.verbatlas", table=table, text_columns=(1,), settings=Settings()) as study:
        study.do(clustering([0] * 6 + [1] * 6))
        study.do(Rename(0, "Delivery"))
        study.undo()
        study.redo()
        names, cells = zip(*study.export_columns(), strict=True)

    assert names == ("cluster_id", "cluster", "cluster_group", "strength", "moved_by_hand", "x", "y")
    assert cells[1][:7] == ["Delivery"] * 6 + ["Name 1"]


def test_everything_is_there_after_a_restart(study: Study) -> None:
    vectors = np.random.default_rng(0).normal(size=(12, 4)).astype(np.float32)
    graph = NeighbourGraph(np.zeros((12, 3), np.int32), np.zeros((12, 3), np.float32))
    layout = np.full((12, 2), np.nan, np.float32)
    study.store_embedding(Embedding(vectors, IDENTITY, n_cut=2))
    study.store_arrangement(graph, layout)
    study.do(Rename(1, "物流太慢"))
    study.set_settings(Settings(method="kmeans", n_clusters=3))
    before = state(study)
    study.close()

    with Study.open(study.path) as again:
        assert state(again) == before
        assert again.settings == Settings(method="kmeans", n_clusters=3)
        assert again.source == Path("in.csv")
        assert again.text_columns == (1,)
        assert again.documents[3] == "comment 3 太慢了"
        assert again.embedding is not None
        assert (again.embedding.identity, again.embedding.n_cut) == (IDENTITY, 2)
        np.testing.assert_array_equal(again.embedding.vectors, vectors)
        assert again.graph is not None
        assert again.graph.indices.shape == (12, 3)
        assert again.layout is not None
        assert np.isnan(again.layout).all()
        assert again.undo() is not None
        assert again.labelling is not None
        assert again.labelling.clusters[1].name == "Name 1"


def test_a_new_embedding_drops_what_was_made_of_the_old_one(study: Study) -> None:
    graph = NeighbourGraph(np.zeros((12, 3), np.int32), np.zeros((12, 3), np.float32))
    study.store_embedding(Embedding(np.ones((12, 4), np.float32), IDENTITY))
    study.store_arrangement(graph, np.zeros((12, 2), np.float32))

    study.store_embedding(Embedding(np.ones((12, 4), np.float32), IDENTITY))

    assert study.has_embedding
    assert not study.has_arrangement
    assert study.layout is None
    assert study.graph is None


def test_undo_all_and_redo_all_meet_every_state_again(study: Study, clustering: Make) -> None:
    states = [state(study)]
    rolls = random.Random(4)
    for number in range(25):
        labelling = study.labelling
        assert labelling is not None
        if rolls.random() < 0.3:
            study.do(clustering([rolls.randrange(-1, 4) for _ in range(12)]))
        elif labelling.clusters:
            study.do(Rename(rolls.choice(list(labelling.clusters)), f"name {number}"))
        states.append(state(study))
    for expected in reversed(states[:-1]):
        study.undo()
        assert state(study) == expected
    for expected in states[1:]:
        study.redo()
        assert state(study) == expected
    assert study.redo() is None


def test_a_new_edit_drops_what_could_be_redone(study: Study) -> None:
    study.do(Rename(0, "one"))
    study.undo()
    study.do(Rename(0, "two"))

    assert not study.can_redo
    assert study.redo() is None
    assert study.labelling is not None
    assert study.labelling.clusters[0].name == "two"


def test_before_the_first_clustering_there_is_no_labelling(table: Table, tmp_path: Path) -> None:
    with Study.create(tmp_path / "s.verbatlas", table=table, text_columns=(1,), settings=Settings()) as study:
        assert study.labelling is None
        assert study.undo() is None
        assert {cells[0] for _, cells in study.export_columns()} == {"-1", "", "0.0000"}


def test_every_edit_is_announced_once_with_what_changed(study: Study) -> None:
    heard: list[Change] = []
    study.changed.connect(heard.append)

    study.do(Rename(2, "Late"))
    study.undo()

    assert [list(change.clusters) for change in heard] == [[2], [2]]
    assert not any(len(change.rows) for change in heard)


def test_an_edit_that_makes_no_sense_leaves_everything_as_it_was(study: Study) -> None:
    before = state(study)
    with pytest.raises(UserError):
        study.do(Rename(77, "x"))

    assert state(study) == before


def test_a_rename_waits_for_no_large_array(study: Study) -> None:
    vectors = np.zeros((200_000, 64), np.float32)
    writer = threading.Thread(target=study.store_embedding, args=(Embedding(vectors, IDENTITY),))
    writer.start()
    renamed = 0
    while writer.is_alive():
        study.do(Rename(0, f"name {renamed}"))
        renamed += 1
    writer.join()
    study.close()

    assert renamed > 1
    with Study.open(study.path) as again:
        assert again.labelling is not None
        assert again.labelling.clusters[0].name == f"name {renamed - 1}"
        assert again.embedding is not None
        assert again.embedding.vectors.shape == (200_000, 64)


def test_a_copy_holds_everything_and_stands_alone(study: Study, tmp_path: Path) -> None:
    study.do(Rename(0, "Mine"))
    before = state(study)
    study.save_copy(tmp_path / "copy.verbatlas")

    with Study.open(tmp_path / "copy.verbatlas") as copy:
        assert state(copy) == before
        copy.do(Rename(0, "Theirs"))
    assert state(study) == before


def test_every_rename_that_returned_survives_a_kill(study: Study) -> None:
    study.close()
    rolls = random.Random(11)
    for _ in range(10):
        words = [sys.executable, "-c", _RENAMES, str(study.path)]
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "0\n"
            time.sleep(rolls.uniform(0, 0.15))
            process.send_signal(signal.SIGKILL)
            printed = [0, *map(int, process.stdout.read().split())]
        with Study.open(study.path) as again:
            assert again.labelling is not None
            numbers = [
                int(cluster.name.split()[1]) for cluster in again.labelling.clusters.values() if "name" in cluster.name
            ]
            assert max(numbers) in {printed[-1], printed[-1] + 1}


def test_a_full_disk_is_said_and_loses_nothing_that_was_saved(study: Study) -> None:
    study.close()
    words = [sys.executable, "-c", _FULL, str(study.path)]
    finished = subprocess.run(words, capture_output=True, text=True, check=True, env=os.environ)

    problem, done, shown = finished.stdout.split()
    assert problem == Problem.DISK_FULL
    assert shown == done
    with Study.open(study.path) as again:
        assert again.labelling is not None
        assert again.labelling.clusters[0].name.split()[1] == done
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 0


def test_a_study_that_cannot_be_made_leaves_nothing_behind(table: Table, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        Study.create(tmp_path / "nowhere" / "s.verbatlas", table=table, text_columns=(1,), settings=Settings())

    assert list(tmp_path.iterdir()) == []


def test_who_stands_for_whom_survives_undo_and_reopening(study: Study, clustering: Make) -> None:
    left_out = replace(
        clustering([0, -1, -1, *[0] * 5, *[1] * 4]), stand_ins=np.array([0, 0, -1, *range(3, 12)], np.int32)
    )
    study.do(left_out)
    assert study.labelling is not None
    seen = study.labelling.shown_members.tolist()
    assert seen[1] == seen[0] >= 0
    assert seen[2] == -1
    study.undo()
    assert study.labelling.stand_ins.tolist() == list(range(12))
    study.redo()
    path = study.path
    study.close()
    with Study.open(path) as again:
        assert again.labelling is not None
        assert again.labelling.shown_members.tolist() == seen
        again.undo()
        assert again.labelling.n_counted == 12


def test_a_cluster_is_known_again_when_most_of_it_is_left_out_as_repeats(study: Study, clustering: Make) -> None:
    study.do(Rename(0, "Mine"))
    left_out = replace(
        clustering([0, -1, -1, -1, -1, *[1] * 4, 2, 2, -1]),
        stand_ins=np.array([0, 0, 0, 0, 0, *range(5, 12)], np.int32),
    )
    study.do(left_out)
    assert study.labelling is not None
    assert study.labelling.clusters[0].name == "Mine"
    assert study.labelling.sizes()[0] == 1


def test_a_template_survives_reopening(table: Table, tmp_path: Path) -> None:
    template = Template.parse("{id}: {text}", table.labels())
    path = tmp_path / "t.verbatlas"
    with Study.create(path, table=table, text_columns=(0, 1), template=template, settings=Settings()) as made:
        documents = made.documents
    with Study.open(path) as again:
        assert again.template == template
        assert again.documents == documents
        assert again.documents[3] == "3: comment 3 太慢了"


def test_an_embedding_knows_what_it_leaves_out(study: Study) -> None:
    embedding = Embedding(np.ones((12, 4), np.float32), IDENTITY)
    study.store_embedding(embedding, sieve="short 7")
    assert study.embedding_sieve == "short 7"
    study.store_vectors(0, Embedding(np.ones((3, 4), np.float32), IDENTITY), sieve="duplicates 7")
    assert study.embedding_sieve == "short 7"
    assert study.begun_embedding() is None
    begun = study.begun_embedding("duplicates 7")
    assert begun is not None
    with pytest.raises(ValueError, match="not the next rows"):
        study.store_vectors(3, Embedding(np.ones((9, 4), np.float32), IDENTITY))
    study.store_vectors(3, Embedding(np.ones((9, 4), np.float32), IDENTITY), sieve="duplicates 7")
    assert study.embedding_sieve == "duplicates 7"
