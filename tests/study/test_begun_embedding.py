"""Vectors that were stored before the end are there after a crash, and the job goes on behind them."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from verbatlas.encoders import Embedding, EncoderIdentity
from verbatlas.study import Settings, Study
from verbatlas.tables import TableFormat, from_columns

IDENTITY = EncoderIdentity("model", "1", "mean", "", "fp32")
N, D, PART = 400, 300, 20
VECTORS = np.random.default_rng(3).normal(size=(N, D)).astype(np.float32)
# Goes on where the study's vectors end, prints how many rows it has stored, and begins anew when all are there.
_STORER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from test_begun_embedding import N, PART, part
from verbatlas.study import Study
with Study.open(Path(sys.argv[1])) as study:
    begun = study.begun_embedding()
    start = 0 if begun is None else len(begun.vectors)
    while True:
        study.store_vectors(start, part(start))
        start += PART
        print(start, flush=True)
        start %= N
"""


def part(start: int, *, identity: EncoderIdentity = IDENTITY) -> Embedding:
    return Embedding(VECTORS[start : start + PART], identity, n_cut=start + PART)


def new_study(folder: Path) -> Study:
    table = from_columns(["text"], [[f"comment {row}" for row in range(N)]], TableFormat())
    return Study.create(folder / "s.verbatlas", table=table, text_columns=(0,), settings=Settings())


def test_vectors_stored_part_by_part_become_the_embedding_with_the_last_part(tmp_path: Path) -> None:
    with new_study(tmp_path) as study:
        for start in range(0, N, PART):
            assert not study.has_embedding
            study.store_vectors(start, part(start))
            if start + PART < N:
                begun = study.begun_embedding()
                assert begun is not None
                np.testing.assert_array_equal(begun.vectors, VECTORS[: start + PART])
                assert (begun.identity, begun.n_cut) == (IDENTITY, start + PART)
        assert study.begun_embedding() is None
    with Study.open(tmp_path / "s.verbatlas") as study:
        assert study.embedding is not None
        np.testing.assert_array_equal(study.embedding.vectors, VECTORS)
        assert (study.embedding.identity, study.embedding.n_cut) == (IDENTITY, N)


def test_the_embedding_before_stays_in_use_until_the_next_one_is_whole(tmp_path: Path) -> None:
    with new_study(tmp_path) as study:
        old = Embedding(-VECTORS, IDENTITY)
        study.store_embedding(old)
        study.store_vectors(0, part(0))
        study.close()
    with Study.open(tmp_path / "s.verbatlas") as study:
        assert study.embedding is not None
        np.testing.assert_array_equal(study.embedding.vectors, old.vectors)
        for start in range(PART, N, PART):
            study.store_vectors(start, part(start))
        assert study.embedding is not None
        np.testing.assert_array_equal(study.embedding.vectors, VECTORS)


def test_rows_that_are_not_the_next_are_refused_and_the_first_row_begins_anew(tmp_path: Path) -> None:
    other = EncoderIdentity("other", "1", "mean", "", "fp32")
    with new_study(tmp_path) as study:
        study.store_vectors(0, part(0))
        for wrong in (part(3 * PART), part(PART, identity=other)):
            with pytest.raises(ValueError, match="next rows"):
                study.store_vectors(3 * PART if wrong.identity == IDENTITY else PART, wrong)
        study.store_vectors(PART, part(PART))
        study.store_vectors(0, part(0, identity=other))
        begun = study.begun_embedding()
        assert begun is not None
        assert (len(begun.vectors), begun.identity) == (PART, other)


def test_an_embedding_stored_as_a_whole_replaces_what_was_begun(tmp_path: Path) -> None:
    with new_study(tmp_path) as study:
        study.store_vectors(0, part(0))
        study.store_vectors(0, Embedding(VECTORS, IDENTITY))
        assert study.begun_embedding() is None
        assert study.embedding is not None
        np.testing.assert_array_equal(study.embedding.vectors, VECTORS)


def test_vectors_that_a_failing_disk_changed_are_made_again(tmp_path: Path) -> None:
    with new_study(tmp_path) as study:
        study.store_vectors(0, part(0))
        with study._storage.transaction() as connection:
            connection.execute("UPDATE array_part SET data = zeroblob(length(data)) WHERE name = 'embedding'")
        assert study.begun_embedding() is None
        study.store_vectors(0, part(0))
        assert study.begun_embedding() is not None


@pytest.mark.skipif(sys.platform == "win32", reason="a process is killed by a signal here")
@pytest.mark.timeout(300)
def test_a_process_killed_while_it_stores_goes_on_behind_the_last_part_that_it_had_stored(tmp_path: Path) -> None:
    new_study(tmp_path).close()
    path = tmp_path / "s.verbatlas"
    for seed in range(20):
        words = [sys.executable, "-c", _STORER, str(path), str(Path(__file__).parent)]
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as storer:
            assert storer.stdout is not None
            first = storer.stdout.readline()
            time.sleep(random.Random(seed).uniform(0, 0.1))
            storer.send_signal(signal.SIGKILL)
            printed = [int(line) for line in (first, *storer.stdout) if line.endswith("\n")]
        with Study.open(path) as study:
            begun = study.begun_embedding()
            stored = 0 if begun is None else len(begun.vectors)
            # One part more may be there whose number the killed process could not print any more.
            assert stored in {printed[-1] % N, (printed[-1] + PART) % N}
            if begun is not None:
                np.testing.assert_array_equal(begun.vectors, VECTORS[:stored])
            if N in printed:
                assert study.embedding is not None
                np.testing.assert_array_equal(study.embedding.vectors, VECTORS)
