"""What is computed is known at once, while another thread holds the file."""

import threading
from pathlib import Path

import numpy as np
import pytest

from verbatlas.analysis import NeighbourGraph
from verbatlas.encoders import Embedding, EncoderIdentity
from verbatlas.study import Settings, Study
from verbatlas.tables import TableFormat, from_columns

IDENTITY = EncoderIdentity("made up", "1", "mean", "", "fp32")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "study.verbatlas"


def made(path: Path) -> Study:
    table = from_columns(["text"], [["a", "b", "c"]], TableFormat())
    return Study.create(path, table=table, text_columns=(0,), settings=Settings())


def told(study: Study) -> tuple[bool, bool, EncoderIdentity | None, str]:
    return study.has_embedding, study.has_arrangement, study.encoder_identity, study.embedding_sieve


def test_it_follows_what_is_stored_and_is_the_same_when_the_file_is_opened_again(path: Path) -> None:
    graph = NeighbourGraph(np.zeros((3, 2), np.int32), np.zeros((3, 2), np.float32))
    with made(path) as study:
        assert told(study) == (False, False, None, "")
        study.store_embedding(Embedding(np.eye(3, dtype=np.float32), IDENTITY), sieve="duplicates")
        assert told(study) == (True, False, IDENTITY, "duplicates")
        study.store_arrangement(graph, np.zeros((3, 2), np.float32))
        assert told(study) == (True, True, IDENTITY, "duplicates")
    with Study.open(path) as study:
        assert told(study) == (True, True, IDENTITY, "duplicates")
        study.store_embedding(Embedding(np.eye(3, dtype=np.float32), IDENTITY))
        assert told(study) == (True, False, IDENTITY, "")


def test_it_is_known_while_another_thread_reads_the_file(path: Path) -> None:
    begun, ended = threading.Event(), threading.Event()
    with made(path) as study:

        def read() -> None:
            with study._storage.reading():
                begun.set()
                ended.wait(60)

        reader = threading.Thread(target=read)
        reader.start()
        assert begun.wait(60)
        asked = threading.Thread(target=told, args=(study,))
        asked.start()
        asked.join(10)
        is_answered = not asked.is_alive()
        ended.set()
        reader.join()
        asked.join()
    assert is_answered
