"""Blocks are found again, the longest unused ones go first, and what is not what it was is told."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from verbatlas.encoders import cache_tables
from verbatlas.encoders.cache_blocks import Damaged, Records, Space, pack
from verbatlas.encoders.cache_file import open_file, used_bytes
from verbatlas.encoders.cache_index import digests_of

SPACE = Space("an encoder", 8)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_file(tmp_path / "vectors.sqlite")) as connection:
        yield connection


def records_of(*texts: str, space: Space = SPACE) -> Records:
    vectors = np.random.default_rng(len(texts)).standard_normal((len(texts), space.n_dimensions), dtype=np.float32)
    return pack(space, digests_of(texts), vectors, np.zeros(len(texts), np.bool_))


def blocks_of(connection: sqlite3.Connection) -> list[int]:
    return [block for (block,) in connection.execute("SELECT id FROM block ORDER BY id")]


def test_an_index_takes_in_blocks_of_its_own_space_as_they_come(connection: sqlite3.Connection) -> None:
    assert cache_tables.find_space(connection, SPACE.key) is None
    cache_tables.write_block(connection, records_of("a", "b"), SPACE, used=1)
    index = cache_tables.find_space(connection, SPACE.key)
    assert index is not None
    cache_tables.read_on(connection, index)
    other = Space("another", 8)
    cache_tables.write_block(connection, records_of("x", space=other), other, used=1)
    cache_tables.write_block(connection, records_of("c"), SPACE, used=1)
    cache_tables.read_on(connection, index)

    places = index.entries.find(digests_of(["c", "x", "b"]))

    assert places.blocks.tolist() == [3, -1, 1]
    assert places.slots.tolist() == [0, 0, 1]


@pytest.mark.parametrize("slots", [[0], [3, 77], list(range(100)), [5, 5, 5]])
def test_records_are_read_one_by_one_or_in_a_block(connection: sqlite3.Connection, slots: list[int]) -> None:
    written = records_of(*map(str, range(100)))
    cache_tables.write_block(connection, written, SPACE, used=1)
    read = cache_tables.read_records(connection, 1, np.array(slots), SPACE)
    assert read.tobytes() == written[slots].tobytes()


@pytest.mark.parametrize(
    "spoil",
    ["DELETE FROM records", "UPDATE records SET records = 'text'", "UPDATE records SET records = substr(records, 2)"],
)
def test_a_block_that_is_gone_or_no_block_is_told(connection: sqlite3.Connection, spoil: str) -> None:
    cache_tables.write_block(connection, records_of("a"), SPACE, used=1)
    connection.execute(spoil)
    with pytest.raises(Damaged):
        cache_tables.read_records(connection, 1, np.array([0]), SPACE)


def test_digests_that_are_none_are_told(connection: sqlite3.Connection) -> None:
    cache_tables.write_block(connection, records_of("a"), SPACE, used=1)
    connection.execute("UPDATE digests SET digests = 7")
    index = cache_tables.find_space(connection, SPACE.key)
    assert index is not None
    with pytest.raises(Damaged):
        cache_tables.read_on(connection, index)


def test_the_longest_unused_blocks_make_room_and_those_of_this_job_never(connection: sqlite3.Connection) -> None:
    for number in range(100):
        cache_tables.write_block(connection, records_of(*map(str, range(1000))), SPACE, used=1 + number // 40)
    cache_tables.note_use(connection, [1, 2], used=3)
    cache_tables.note_use(connection, [100], used=1)  # an earlier job's note comes too late
    assert cache_tables.next_job(connection) == 4

    assert cache_tables.make_room(connection, down_to=used_bytes(connection) // 2, unused_since=3, most_steps=99)
    left = blocks_of(connection)
    assert {1, 2, 100} <= set(left)
    assert 3 not in left
    assert not cache_tables.make_room(connection, down_to=0, unused_since=3, most_steps=99)
    assert blocks_of(connection) == [1, 2, *range(81, 101)]


def test_room_is_made_in_steps(connection: sqlite3.Connection) -> None:
    for _ in range(100):
        cache_tables.write_block(connection, records_of("a"), SPACE, used=1)
    assert not cache_tables.make_room(connection, down_to=0, unused_since=2, most_steps=2)
    assert 50 < len(blocks_of(connection)) < 100


def test_a_space_whose_vectors_have_another_length_now_is_another(connection: sqlite3.Connection) -> None:
    cache_tables.write_block(connection, records_of("a"), SPACE, used=1)
    longer = Space(SPACE.key, 9)
    cache_tables.write_block(connection, records_of("b", space=longer), longer, used=1)
    index = cache_tables.find_space(connection, SPACE.key)
    assert index is not None
    assert index.space == longer
    cache_tables.read_on(connection, index)
    assert index.entries.find(digests_of(["a", "b"])).found.tolist() == [False, True]


def test_a_signature_is_recalled_as_it_was_remembered_last(connection: sqlite3.Connection) -> None:
    assert cache_tables.recall_space(connection, "files") is None
    cache_tables.remember_space(connection, "files", Space("old", 2))
    cache_tables.remember_space(connection, "files", SPACE)
    assert cache_tables.recall_space(connection, "files") == SPACE


@pytest.mark.parametrize("spoil", ["key = 'another'", "n_dimensions = 9", "n_dimensions = 'many'", "checksum = 1"])
def test_a_signature_that_was_changed_is_not_believed(connection: sqlite3.Connection, spoil: str) -> None:
    cache_tables.remember_space(connection, "files", SPACE)
    connection.execute(f"UPDATE signature SET {spoil}")
    with pytest.raises(Damaged):
        cache_tables.recall_space(connection, "files")
