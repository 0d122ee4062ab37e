"""The file is made whole or not at all, and what is not the program's own is told from it."""

import sqlite3
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from verbatlas.encoders.cache_blocks import Damaged
from verbatlas.encoders.cache_file import (
    PAGE_BYTES,
    file_bytes,
    give_back,
    is_damage,
    open_file,
    remove_file,
    size_of_file,
    transaction,
    used_bytes,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "vectors.sqlite"


def tables(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}


def test_a_new_file_has_its_tables_and_nothing_beside_it(path: Path) -> None:
    with closing(open_file(path)) as connection:
        assert tables(connection) >= {"space", "block", "digests", "records", "signature"}
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert [each.name for each in path.parent.iterdir()] == ["vectors.sqlite"]


@pytest.mark.skipif(sys.platform == "win32", reason="there, folders of the user are the user's own")
def test_nobody_else_may_read_it(path: Path) -> None:
    open_file(path).close()
    assert path.stat().st_mode & 0o077 == 0


def test_threads_that_make_it_at_once_all_get_the_same_whole_file(path: Path) -> None:
    start, seen = threading.Barrier(8), []

    def make() -> None:
        start.wait()
        with closing(open_file(path)) as connection:
            seen.append(tables(connection))

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(seen) == 8
    assert all("records" in found for found in seen)


def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (a)")


def of_another_version(path: Path) -> None:
    with closing(open_file(path)) as connection:
        connection.execute("PRAGMA user_version = 99")


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"no database" * 999),
        foreign,
        of_another_version,
    ],
    ids=["empty", "no database", "another program's", "another version"],
)
def test_what_is_not_ours_is_told_as_damage(path: Path, make) -> None:
    path.parent.mkdir()
    make(path)
    with pytest.raises((Damaged, sqlite3.DatabaseError)) as caught:
        open_file(path)
    assert is_damage(caught.value, path)


def test_a_folder_that_cannot_be_made_is_no_damage(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OSError, match="file") as caught:
        open_file(tmp_path / "file" / "vectors.sqlite")
    assert not is_damage(caught.value, tmp_path)


def test_a_transaction_is_done_whole_or_not_at_all(path: Path) -> None:
    with closing(open_file(path)) as connection:
        with pytest.raises(sqlite3.IntegrityError), transaction(connection):
            connection.executemany("INSERT INTO digests VALUES (?, x'00')", [(1,), (2,), (1,)])
        assert connection.execute("SELECT count(*) FROM digests").fetchone() == (0,)


def test_what_holds_nothing_is_given_back_to_the_disk(path: Path) -> None:
    with closing(open_file(path)) as connection:
        empty = used_bytes(connection)
        for block in range(100):
            connection.execute("INSERT INTO records VALUES (?, zeroblob(?))", (block, 4 * PAGE_BYTES))
        full = file_bytes(connection)
        assert full == used_bytes(connection) > 400 * PAGE_BYTES
        connection.execute("DELETE FROM records")
        assert used_bytes(connection) == empty
        assert not give_back(connection, down_to=full)
        while give_back(connection, down_to=0):
            pass
        assert file_bytes(connection) == empty
    assert size_of_file(path) == empty


def test_removing_leaves_nothing(path: Path) -> None:
    open_file(path).close()
    path.with_name(path.name + "-wal").write_bytes(b"log")
    remove_file(path)
    remove_file(path)
    assert list(path.parent.iterdir()) == []
    assert size_of_file(path) == 0
