"""A large file is read in threads, one or a few rows in none."""

import threading

import pytest

from verbatlas.tables import threads
from verbatlas.tables.threads import threads_for


def test_a_large_file_gets_threads_that_end_with_it() -> None:
    before = threading.active_count()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(threads, "_processors", lambda: 2)
        with threads_for(100_000_000) as found:
            assert found is not None
            assert [some.submit(sum, [1, 2]).result() for some in (found.ahead, found.beside)] == [3, 3]

    assert threading.active_count() == before


def test_a_small_file_and_a_computer_with_one_processor_get_none(monkeypatch: pytest.MonkeyPatch) -> None:
    with threads_for(1_000) as found:
        assert found is None
    monkeypatch.setattr(threads, "_processors", lambda: 1)
    with threads_for(100_000_000) as found:
        assert found is None
