"""What is no study, too new, or open elsewhere is told from what is broken."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from verbatlas.errors import Problem, UserError
from verbatlas.study import Study
from verbatlas.study.storage import Storage

_HOLD = """
import sys
from pathlib import Path
from verbatlas.study import Study
study = Study.open(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""


def problem_of(path: Path) -> Problem:
    with pytest.raises(UserError) as caught:
        Study.open(path)
    return caught.value.problem


def test_other_files_are_no_studies(tmp_path: Path) -> None:
    text, other, cut = tmp_path / "a.verbatlas", tmp_path / "b.verbatlas", tmp_path / "c.verbatlas"
    text.write_text("id,comment\n")
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()
    cut.write_bytes(other.read_bytes()[:50])

    assert problem_of(text) is Problem.STUDY_UNREADABLE
    assert problem_of(other) is Problem.STUDY_UNREADABLE
    assert problem_of(cut) is Problem.STUDY_UNREADABLE
    assert problem_of(tmp_path / "none.verbatlas") is Problem.FILE_MISSING
    assert problem_of(tmp_path) is Problem.FILE_IS_FOLDER


def test_a_study_of_a_newer_version_is_refused(study: Study) -> None:
    study.close()
    with sqlite3.connect(study.path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = study.path.read_bytes()

    assert problem_of(study.path) is Problem.STUDY_TOO_NEW
    assert study.path.read_bytes() == before


def test_a_study_that_another_program_has_open_is_refused(study: Study) -> None:
    study.close()
    words = [sys.executable, "-c", _HOLD, str(study.path)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"

        assert problem_of(study.path) is Problem.STUDY_LOCKED
        other.communicate("")

    Study.open(study.path).close()


def test_an_existing_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "s.verbatlas"
    path.write_text("precious")

    with pytest.raises(UserError) as caught:
        Storage.create(path)

    assert caught.value.problem is Problem.OUTPUT_UNWRITABLE
    assert path.read_text() == "precious"


def test_a_failed_transaction_leaves_nothing_behind(tmp_path: Path) -> None:
    storage = Storage.create(tmp_path / "s.verbatlas")

    def fail() -> None:
        with storage.transaction() as connection:
            connection.execute("INSERT INTO fact VALUES ('a', '1', 0)")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    with storage.reading() as connection:
        assert connection.execute("SELECT count(*) FROM fact").fetchone()[0] == 0
    storage.close()


def test_a_closed_study_is_one_file(study: Study) -> None:
    study.close()

    assert [path.name for path in study.path.parent.iterdir()] == [study.path.name]
