"""Whatever is done in whatever order: nothing is lost, nothing else is touched, everything comes back."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import hypothesis
import numpy as np
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from random_edits import KINDS, fingerprint, random_edit

from verbatlas.errors import UserError
from verbatlas.study import Cluster, Labelling, Settings, Study
from verbatlas.tables import Table, TableFormat, from_columns

N_DOCUMENTS = 40
N_KILLS = int(os.environ.get("VERBATLAS_KILLS", "100"))  # VERBATLAS_KILLS=1000 for a thorough look
KILLS_PER_STUDY = 10
# Does edits at random for ever and prints what the study is after each one that returned.
_EDITOR = """
import random, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from random_edits import KINDS, fingerprint, random_edit
from verbatlas.errors import UserError
from verbatlas.study import Study
roll = random.Random(int(sys.argv[3]))
with Study.open(Path(sys.argv[1])) as study:
    while True:
        turn = roll.random()
        try:
            if turn < 0.1:
                study.undo()
            elif turn < 0.15:
                study.redo()
            else:
                study.do(random_edit(roll.choice(KINDS), study._labelling, roll))
        except UserError:
            continue
        print(fingerprint(study), flush=True)
"""


def table() -> Table:
    return from_columns(["text"], [[f"comment {row}" for row in range(N_DOCUMENTS)]], TableFormat())


def new_study(folder: Path) -> Study:
    return Study.create(folder / "s.verbatlas", table=table(), text_columns=(0,), settings=Settings())


def check(labelling: Labelling, before: Labelling) -> None:
    clusters = labelling.clusters
    assert set(labelling.members.tolist()) - {-1} <= set(clusters)
    assert sum(labelling.sizes().values()) + labelling.n_noise == N_DOCUMENTS
    assert all(id_ == cluster.id < labelling.next_id for id_, cluster in clusters.items())
    assert labelling.next_id >= before.next_id
    for cluster in clusters.values():
        assert cluster.name.strip()
        if cluster.parent is not None:
            assert clusters[cluster.parent].parent is None
    born = set(clusters) - set(before.clusters)
    assert all(id_ >= before.next_id for id_ in born)
    for id_, old in before.clusters.items():
        if old.locked:
            now = clusters[id_]
            assert Cluster(**{**fields(now), "locked": old.locked}) == old
            np.testing.assert_array_equal(labelling.members == id_, before.members == id_)


def fields(cluster: Cluster) -> dict[str, object]:
    return {name: getattr(cluster, name) for name in Cluster.__slots__}


@given(kinds=st.lists(st.sampled_from([*KINDS, "undo"]), max_size=200), seed=st.integers(0, 10**6))
@hypothesis.settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_edits_undone_lead_back_and_done_again_lead_forth(
    kinds: list[str], seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    roll = random.Random(seed)
    folder = tmp_path_factory.mktemp("study")
    with new_study(folder) as study:
        states = [fingerprint(study)]
        for kind in ["replace", *kinds]:
            before = study._labelling
            if kind == "undo":
                if study.undo() is not None:
                    states.pop()
                continue
            with contextlib.suppress(UserError):
                study.do(random_edit(kind, before, roll))
                states.append(fingerprint(study))
                check(study._labelling, before)
    with Study.open(folder / "s.verbatlas") as study:
        for expected in reversed(states):
            assert fingerprint(study) == expected
            study.undo()
        for expected in states[1:]:
            study.redo()
            assert fingerprint(study) == expected


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "replace"])
def test_an_edit_touches_no_cluster_that_it_does_not_name(kind: str) -> None:
    n_done = 0
    for seed in range(60):
        roll = random.Random(seed)
        before = random_edit("replace", Labelling.empty(N_DOCUMENTS), roll).apply(Labelling.empty(N_DOCUMENTS))
        before = random_edit("group", before, random.Random(5)).apply(before) if kind == "ungroup" else before
        edit = random_edit(kind, before, roll)
        try:
            after = edit.apply(before)
        except UserError:
            continue
        n_done += 1
        moved = before.members != after.members
        named = {getattr(edit, "cluster_id", None), getattr(edit, "parent", None), *getattr(edit, "cluster_ids", ())}
        named |= set(before.members[moved].tolist()) | set(after.members[moved].tolist())
        for id_, cluster in before.clusters.items():
            if id_ not in named and cluster.parent not in named:
                assert after.clusters[id_] == cluster
                np.testing.assert_array_equal(after.members == id_, before.members == id_)
    assert n_done > 0 or kind == "ungroup"


@pytest.mark.skipif(sys.platform == "win32", reason="a process is killed by a signal here")
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(N_KILLS // KILLS_PER_STUDY))
def test_a_killed_process_loses_no_edit_that_had_returned(seed: int, tmp_path: Path) -> None:
    new_study(tmp_path).close()
    for number in range(KILLS_PER_STUDY):
        kill_an_editor(tmp_path, seed * KILLS_PER_STUDY + number)


def kill_an_editor(tmp_path: Path, seed: int) -> None:
    """Let a process edit the study, kill it, and see that what it had printed is there."""
    path = tmp_path / "s.verbatlas"
    words = [sys.executable, "-c", _EDITOR, str(path), str(Path(__file__).parent), str(seed)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as editor:
        assert editor.stdout is not None
        first = editor.stdout.readline()
        time.sleep(random.Random(seed).uniform(0, 0.3))
        editor.send_signal(signal.SIGKILL)
        printed = [first.strip(), *(line.strip() for line in editor.stdout)]
    complete = [line for line in printed if len(line) == 64]
    assert complete

    with Study.open(path) as study:
        # The one that was being made when the signal came may be there too, as a whole.
        found = fingerprint(study)
        if found != complete[-1]:
            study.undo()
            was_done = fingerprint(study) == complete[-1]
            study.redo()
            if not was_done:
                study.redo()
                was_done = fingerprint(study) == complete[-1]
            assert was_done
        check(study._labelling, Labelling.empty(N_DOCUMENTS))
