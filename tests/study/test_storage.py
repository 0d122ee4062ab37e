"""What is no study, too new, or open elsewhere is told from what is broken."""

import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from test_study import state

from verbatlas.errors import Problem, UserError
from verbatlas.study import Rename, Settings, Study
from verbatlas.study.storage import Storage
from verbatlas.tables import Table

_HOLD = """
import sys
from pathlib import Path
from verbatlas.study import Study
study = Study.open(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""
_CLAIM = """
from verbatlas.study import new_study_path
for _ in range(25):
    print(new_study_path("三月 comments"))
"""
# As somebody without rights: the tests may run as root, for whom no file is forbidden.
_LOOK_AS_NOBODY = """
import os, sys
from pathlib import Path
from verbatlas.errors import UserError
from verbatlas.study import Rename, Study
sys.stdout.reconfigure(encoding="utf-8")
if os.geteuid() == 0:
    os.setuid(65534)
path = Path(sys.argv[1])
try:
    Study.open(path)
except UserError as error:
    print(error.problem)
with Study.open_read_only(path) as study:
    print(study.labelling.clusters[0].name)
    try:
        study.do(Rename(0, "x"))
    except UserError as error:
        print(error.problem)
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


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody delete an open file")
@pytest.mark.parametrize("way", ["deleted", "moved", "replaced", "folder moved"])
def test_a_study_that_is_taken_away_says_so_and_can_be_copied(way: str, study: Study, tmp_path: Path) -> None:
    study.do(Rename(0, "kept"))
    folder = tmp_path / "its folder"
    elsewhere = tmp_path / "elsewhere"
    match way:
        case "deleted":
            study.path.unlink()
        case "moved":
            study.path.rename(elsewhere)
        case "replaced":
            study.path.unlink()
            study.path.write_bytes(b"what a synchronising program brought")
        case "folder moved":
            study.close()
            folder.mkdir()
            study = Study.open(study.path.rename(folder / "s.verbatlas"))
            folder.rename(elsewhere)
    before = state(study)

    for change in (lambda: study.do(Rename(0, "lost")), study.undo, lambda: study.set_settings(study.settings)):
        with pytest.raises(UserError) as caught:
            change()
        assert caught.value.problem is Problem.STUDY_GONE
    assert state(study) == before

    study.save_copy(tmp_path / "copy.verbatlas")
    study.close()
    with Study.open(tmp_path / "copy.verbatlas") as copy:
        assert state(copy) == before
        copy.do(Rename(0, "goes on"))
        copy.undo()
        copy.undo()
        assert copy.labelling is not None
        assert copy.labelling.clusters[0].name == "Name 0"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody delete an open file")
def test_a_study_that_is_put_back_goes_on(study: Study, tmp_path: Path) -> None:
    study.path.rename(tmp_path / "elsewhere")
    with pytest.raises(UserError):
        study.do(Rename(0, "lost"))
    (tmp_path / "elsewhere").rename(study.path)

    study.do(Rename(0, "kept"))
    study.close()

    with Study.open(study.path) as again:
        assert again.labelling is not None
        assert again.labelling.clusters[0].name == "kept"


def test_two_programs_that_make_the_same_study_get_one_each(tmp_path: Path) -> None:
    words = [sys.executable, "-c", _CLAIM]
    environment = os.environ | {"VERBATLAS_DATA_DIR": str(tmp_path)}
    claims = [subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    claimed = [line for claim in claims for line in claim.communicate()[0].splitlines()]

    assert len(claimed) == 4 * 25
    assert len(set(claimed)) == len(claimed)


def test_a_clock_that_was_set_back_changes_nothing(study: Study) -> None:
    study.do(Rename(0, "before"))
    study.close()
    for seconds in (0, 2**32):  # 1970 and 2106
        os.utime(study.path, (seconds, seconds))
        with Study.open(study.path) as again:
            again.do(Rename(0, f"in {seconds}"))
            again.do(Rename(0, "x"))
            again.undo()
        with Study.open(study.path) as again:
            assert again.labelling is not None
            assert again.labelling.clusters[0].name == f"in {seconds}"


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX permissions")
def test_a_study_in_a_folder_that_cannot_be_written_is_refused_and_seen_read_only(study: Study) -> None:
    study.do(Rename(0, "物流"))
    study.close()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "只读 📁"
        folder.mkdir()
        path = folder / "s.verbatlas"
        path.write_bytes(study.path.read_bytes())
        for part, mode in ((path, 0o444), (folder, 0o555), (Path(name), 0o755)):
            part.chmod(mode)
        words = [sys.executable, "-c", _LOOK_AS_NOBODY, str(path)]
        said = subprocess.run(words, capture_output=True, text=True, check=True, encoding="utf-8").stdout.split()
        before = path.read_bytes()
        folder.chmod(0o755)

    assert said == ["output_unwritable", "物流", "study_read_only"]
    assert before == study.path.read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX limits")
def test_a_study_that_finds_no_room_leaves_nothing_behind(table: Table, tmp_path: Path) -> None:
    for limit in (0, 100, 5_000, 30_000):
        room = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, room[1]))
        try:
            with pytest.raises(UserError) as caught:
                Study.create(tmp_path / "s.verbatlas", table=table, text_columns=(1,), settings=Settings())
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, room)
        assert caught.value.problem is Problem.DISK_FULL
        assert list(tmp_path.iterdir()) == []


def test_a_closed_study_refuses_everything(study: Study) -> None:
    study.close()
    with pytest.raises(sqlite3.ProgrammingError):
        study.do(Rename(0, "late"))
