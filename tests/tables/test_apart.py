"""A file that crashes its reader gets a sentence; the program lives on."""

import itertools
import os
from functools import partial
from pathlib import Path

import pytest

from verbatlas import tables
from verbatlas.errors import Problem, UserError
from verbatlas.progress import Cancelled, no_report
from verbatlas.tables.apart import apart


def problem_of(work: object) -> Problem:
    with pytest.raises(UserError) as caught:
        list(apart(work, Path("a.xls"), report=no_report))
    return caught.value.problem


def test_what_is_yielded_arrives() -> None:
    assert list(apart(partial(iter, [1, "太慢"]), Path("a.xls"), report=no_report)) == [1, "太慢"]


def test_a_crash_is_a_damaged_file() -> None:
    assert problem_of(os.abort) is Problem.FILE_DAMAGED


def test_work_that_is_no_longer_wanted_is_ended() -> None:
    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        list(apart(itertools.count, Path("a.xls"), report=stop))


def test_an_old_workbook_that_aborts_its_reader_gets_a_sentence(shared_data: Path, tmp_path: Path) -> None:
    old = bytearray((shared_data / "import" / "messytables" / "simple.xls").read_bytes())
    path = tmp_path / "a.xls"
    problems = set()
    for start in (44, 48, 60, 64, 68, 72, 76):  # how many sectors of which kind there are
        path.write_bytes(bytes(old[:start]) + b"\xff\xff\xff\x7f" + bytes(old[start + 4 :]))
        try:
            assert tables.read(path).n_rows == 6
        except UserError as error:
            problems.add(error.problem)
    assert problems == {Problem.FILE_DAMAGED}
