"""The cache gives back what was kept, and never stands in the way: not damaged, not locked, not on a full disk."""

import logging
import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import cache_processes
import numpy as np
import pytest
from cache_processes import AT_ONCE, N_DIMENSIONS, SPACE, texts_of, vectors_of
from encoder_reports import Reports
from hypothesis import given, settings
from hypothesis import strategies as st

from verbatlas.encoders.cache_blocks import Space
from verbatlas.encoders.vector_cache import VectorCache, vector_cache
from verbatlas.progress import Cancelled

MEGABYTE = 1024**2
ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()), max_size=8)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "vectors.sqlite"


def opened(path: Path, most_bytes: int = 10**9) -> VectorCache:
    return VectorCache(path, most_bytes=most_bytes, left_free=0)


def keep(cache: VectorCache, texts: list[str], space: str = SPACE) -> None:
    cache.keep(space, texts, vectors_of(texts), np.array([len(text) % 2 > 0 for text in texts]))


def n_found(cache: VectorCache, texts: list[str]) -> int:
    """Return how many texts are found, all of them with the right vectors."""
    known = cache.look_up(SPACE, texts)
    right = vectors_of(texts)
    assert known.vectors[known.found].tobytes() == right[known.found].tobytes()
    assert not known.vectors[~known.found].any()
    return int(known.found.sum())


@settings(deadline=None, max_examples=30)
@given(kept=st.lists(ANY_TEXT, unique=True, max_size=12), sought=st.lists(ANY_TEXT, max_size=12))
def test_any_text_has_the_vector_it_was_given_and_others_have_none(
    tmp_path_factory: pytest.TempPathFactory, kept: list[str], sought: list[str]
) -> None:
    path = tmp_path_factory.mktemp("any") / "vectors.sqlite"
    with opened(path) as cache:
        keep(cache, kept)
    with opened(path) as cache:
        known = cache.look_up(SPACE, kept + sought)
        assert cache.holds(SPACE, kept + sought).tolist() == known.found.tolist()

    assert known.found.tolist() == [text in kept for text in kept + sought]
    for row, text in enumerate(kept + sought):
        if known.found[row]:
            assert known.vectors[row].tobytes() == vectors_of([text]).tobytes()
            assert known.cut[row] == (len(text) % 2 > 0)


def test_what_was_kept_is_known_at_once_and_to_other_objects(path: Path) -> None:
    with opened(path) as one, opened(path) as other:
        assert n_found(other, ["a"]) == 0
        keep(one, ["a", "b"])
        assert n_found(one, ["b", "c"]) == 1
        assert n_found(other, ["a", "b"]) == 2


def test_each_encoder_has_vectors_of_its_own(path: Path) -> None:
    with opened(path) as cache:
        keep(cache, ["a"])
        assert not cache.look_up("another encoder", ["a"]).found.any()
        keep(cache, ["b"], "another encoder")
        assert cache.look_up("another encoder", ["a", "b"]).found.tolist() == [False, True]


def test_numbers_that_are_none_are_not_kept(path: Path) -> None:
    vectors = vectors_of(["a", "b", "c"])
    vectors[0, 3], vectors[2, 0] = np.nan, np.inf
    with opened(path) as cache:
        cache.keep(SPACE, ["a", "b", "c"], vectors, np.zeros(3, np.bool_))
        assert cache.look_up(SPACE, ["a", "b", "c"]).found.tolist() == [False, True, False]


def test_reading_much_can_be_cancelled(path: Path) -> None:
    texts = [f"{number}" for number in range(2000)]
    with opened(path) as cache:
        keep(cache, texts)
        reports = Reports(cancel_after=3)
        with pytest.raises(Cancelled):
            cache.look_up(SPACE, texts, report=reports)
        assert reports == sorted(reports)
        assert n_found(cache, texts) == len(texts)


def test_it_stays_within_its_size_and_the_longest_unused_go_first(path: Path) -> None:
    most = 4 * MEGABYTE
    for batch in range(12):
        with opened(path, most) as cache:
            assert n_found(cache, texts_of("t", 0)) == (AT_ONCE if batch else 0)  # used by every job
            keep(cache, texts_of("t", batch))
            assert path.stat().st_size <= most
    with opened(path, most) as cache:
        found = [n_found(cache, texts_of("t", batch)) for batch in range(12)]
    assert found[0] == found[11] == found[10] == AT_ONCE
    assert found[1] == found[2] == 0


def test_a_job_larger_than_the_cache_keeps_what_fits_and_finds_it_again(path: Path) -> None:
    most = 4 * MEGABYTE
    kept = []
    for _ in range(2):
        with opened(path, most) as cache:
            kept.append([n_found(cache, texts_of("t", batch)) for batch in range(12)])
            for batch in range(12):
                if not n_found(cache, texts_of("t", batch)):
                    keep(cache, texts_of("t", batch))
    assert sum(kept[0]) == 0
    assert sum(kept[1]) > 6 * AT_ONCE


def test_what_a_job_will_need_is_not_evicted_before(path: Path) -> None:
    most = 4 * MEGABYTE
    with opened(path, most) as cache:
        for batch in range(6):
            keep(cache, texts_of("t", batch))
    with opened(path, most) as cache:
        assert cache.holds(SPACE, texts_of("t", 0)).all()
        for batch in range(6, 10):
            keep(cache, texts_of("t", batch))
        assert n_found(cache, texts_of("t", 0)) == AT_ONCE
        assert n_found(cache, texts_of("t", 1)) == 0


def test_it_shrinks_step_by_step_when_it_may_hold_less(path: Path) -> None:
    with opened(path) as cache:
        for batch in range(40):
            keep(cache, texts_of("t", batch))
    before, sizes = path.stat().st_size, []
    for batch in range(40, 50):
        with opened(path, 2 * MEGABYTE) as cache:
            keep(cache, texts_of("t", batch))
        sizes.append(path.stat().st_size)
    assert before > 16 * MEGABYTE
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] <= 2 * MEGABYTE
    with opened(path, 2 * MEGABYTE) as cache:
        assert n_found(cache, texts_of("t", 49)) == AT_ONCE


def test_clearing_leaves_next_to_nothing_and_others_go_on(path: Path) -> None:
    with opened(path) as window, opened(path) as settings_page:
        for batch in range(10):
            keep(window, texts_of("t", batch))
        assert settings_page.size() > 4 * MEGABYTE
        reports = Reports()

        assert settings_page.clear(report=reports) < MEGABYTE

        assert [done for done, _total in reports] == sorted(done for done, _total in reports)
        assert len(reports) > 2
        assert n_found(window, texts_of("t", 3)) == 0
        keep(window, texts_of("t", 3))
        assert n_found(window, texts_of("t", 3)) == AT_ONCE


def test_clearing_can_be_cancelled_and_taken_up_again(path: Path) -> None:
    with opened(path) as cache:
        for batch in range(10):
            keep(cache, texts_of("t", batch))
        before = cache.size()
        with pytest.raises(Cancelled):
            cache.clear(report=Reports(cancel_after=1))
        assert 0 < sum(n_found(cache, texts_of("t", batch)) for batch in range(10)) < 10 * AT_ONCE
        assert cache.clear() < MEGABYTE < before


def test_shrinking_forgets_what_was_not_needed_for_longest(path: Path) -> None:
    for batch in range(10):
        with opened(path) as cache:
            keep(cache, texts_of("t", batch))
    with opened(path, 2 * MEGABYTE) as cache:
        reports = Reports()
        assert cache.shrink(report=reports) <= 2 * MEGABYTE < reports[0][1]
        assert n_found(cache, texts_of("t", 0)) == 0
        assert n_found(cache, texts_of("t", 9)) == AT_ONCE
        assert cache.shrink() == cache.size()
    with opened(path, 0) as cache:
        assert cache.shrink() < MEGABYTE
    assert opened(path.with_name("nothing.sqlite"), MEGABYTE).shrink() == 0


def test_clearing_nothing_makes_nothing(path: Path) -> None:
    assert opened(path).clear() == 0
    assert not path.exists()


def test_a_cache_of_no_size_is_none(path: Path) -> None:
    with opened(path, 0) as cache:
        keep(cache, ["a"])
        assert n_found(cache, ["a"]) == 0
        cache.remember("files", Space(SPACE, 3))
        assert cache.recall("files") is None
    assert not path.exists()


def test_a_signature_is_recalled(path: Path) -> None:
    with opened(path) as cache:
        cache.remember("files", Space(SPACE, 3))
    with opened(path) as cache:
        assert cache.recall("files") == Space(SPACE, 3)
        assert cache.recall("other files") is None


def test_the_user_s_cache_lies_where_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERBATLAS_CACHE_DIR", str(tmp_path))
    monkeypatch.setenv("VERBATLAS_CACHE_BYTES", str(10**8))
    with vector_cache() as cache:
        keep(cache, ["a"])
    assert [each.name for each in tmp_path.iterdir()] == ["vectors.sqlite"]
    with vector_cache(0) as cache:
        assert n_found(cache, ["a"]) == 0


def started(path: Path, name: str, n_batches: int, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, cache_processes.__file__, str(path), name, str(n_batches), *more]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_two_processes_write_at_once_and_nothing_is_lost(path: Path) -> None:
    processes = [started(path, name, 15) for name in ("one", "other")]
    for process in processes:
        _out, errors = process.communicate()
        assert (process.returncode, errors) == (0, "")
    with opened(path) as cache:
        for name in ("one", "other"):
            assert sum(n_found(cache, texts_of(name, batch)) for batch in range(15)) == 15 * AT_ONCE


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
@pytest.mark.parametrize("after", [1, 4, 9])
def test_a_killed_process_loses_at_most_what_it_was_writing(path: Path, after: int) -> None:
    process = started(path, "one", 10_000)
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(after)][-1]
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()

    with opened(path) as cache:
        for batch in range(int(said) + 1):
            assert n_found(cache, texts_of("one", batch)) == AT_ONCE
        keep(cache, texts_of("one", 20_000))
        assert n_found(cache, texts_of("one", 20_000)) == AT_ONCE


def flip(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice([1, 20, 500])):
        data[chance.randrange(len(data))] = chance.randrange(256)


def blank(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    length = chance.choice([512, 4096, 300_000])
    data[start : start + length] = bytes(len(data[start : start + length]))


def cut_off(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data)) :]


def exchange(data: bytearray, chance: random.Random) -> None:
    one, other = (32_768 * chance.randrange(len(data) // 32_768) for _ in range(2))
    data[one : one + 32_768], data[other : other + 32_768] = data[other : other + 32_768], data[one : one + 32_768]


@pytest.mark.parametrize("spoil", [flip, blank, cut_off, exchange])
def test_damage_is_noticed_and_mended(
    path: Path, spoil: Callable[[bytearray, random.Random], None], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    batches = [texts_of("t", batch) for batch in range(3)]
    with opened(path) as cache:
        cache.remember("files", Space(SPACE, N_DIMENSIONS))
        for texts in batches:
            keep(cache, texts)
    whole = path.read_bytes()
    for seed in range(25):
        data = bytearray(whole)
        spoil(data, random.Random(seed))
        path.write_bytes(data)
        with opened(path) as cache:
            assert cache.recall("files") in (None, Space(SPACE, N_DIMENSIONS))
            for texts in batches:
                found = cache.look_up(SPACE, texts).found
                assert n_found(cache, texts) <= len(texts)
                keep(cache, [text for text, is_found in zip(texts, found.tolist(), strict=True) if not is_found])
        with opened(path) as cache:
            mended = sum(n_found(cache, texts) for texts in batches)
            if mended < 3 * AT_ONCE:  # damage that is met only later takes all with it once more, and not again
                for texts in batches:
                    keep(cache, texts)
                assert sum(n_found(cache, texts) for texts in batches) == 3 * AT_ONCE


def test_another_program_s_file_in_its_place_is_replaced(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (a)")
    with opened(path) as cache:
        assert n_found(cache, ["a"]) == 0
        keep(cache, ["a"])
        assert n_found(cache, ["a"]) == 1
    assert len(caplog.records) == 1


def test_a_cache_that_cannot_be_is_none_and_says_so_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("in the way")
    with opened(tmp_path / "file" / "vectors.sqlite") as cache:
        for _ in range(4):
            assert n_found(cache, ["a"]) == 0
            keep(cache, ["a"])
        assert cache.size() == 0
    assert len(caplog.records) == 1


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="whom no permission stops")
def test_a_read_only_folder_is_left_alone(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with opened(path) as cache:
        keep(cache, ["a"])
    path.chmod(0o400)
    path.parent.chmod(0o500)
    try:
        with opened(path) as cache:
            keep(cache, ["b"])
            n_found(cache, ["a", "b"])
    finally:
        path.parent.chmod(0o700)
        path.chmod(0o600)
    assert len(caplog.records) == 1
    with opened(path) as cache:
        assert n_found(cache, ["a", "b"]) == 1


def test_a_cache_that_another_process_has_locked_is_read_and_not_waited_for(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with opened(path) as cache:
        keep(cache, ["a"])
    with closing(sqlite3.connect(path, isolation_level=None)) as other, opened(path) as cache:
        other.execute("BEGIN EXCLUSIVE")
        assert n_found(cache, ["a"]) == 1
        keep(cache, ["b"])
        other.execute("ROLLBACK")
        assert n_found(cache, ["b"]) == 0
        keep(cache, ["b"])
        assert n_found(cache, ["a", "b"]) == 2
    assert len(caplog.records) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit")
def test_a_full_disk_keeps_what_was_there_and_stops_nothing(path: Path) -> None:
    process = started(path, "one", 20, str(3 * MEGABYTE))
    out, errors = process.communicate()
    assert process.returncode == 0
    assert len(out.split()) == 20
    assert len(errors.splitlines()) == 1
    with opened(path) as cache:
        found = [n_found(cache, texts_of("one", batch)) for batch in range(20)]
    assert found[0] == AT_ONCE
    assert found[19] == 0


def test_the_last_of_the_disk_is_left_to_others(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with VectorCache(path, most_bytes=10**9, left_free=2**62) as cache:
        for _ in range(3):
            keep(cache, ["a"])
        assert n_found(cache, ["a"]) == 0
    assert len(caplog.records) == 1
