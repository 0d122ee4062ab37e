"""The bundled samples are what a first look needs: whole rows, written one by one, in order of time."""

import csv
from datetime import date
from pathlib import Path

import pytest

from verbatlas import tables
from verbatlas.resources import resource

_SAMPLES = ("coffee_subscription_en", "phone_reviews_zh")


def path_of(name: str) -> Path:
    return resource("samples", f"{name}.csv")


def rows_of(name: str) -> list[list[str]]:
    with path_of(name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))[1:]


@pytest.mark.parametrize("name", _SAMPLES)
def test_the_comments_are_found_without_asking(name: str) -> None:
    table = tables.read(path_of(name))

    assert tables.guess_text_columns(table) == (4,)
    assert table.n_rows >= 250


@pytest.mark.parametrize("name", _SAMPLES)
def test_no_comment_comes_twice_and_no_note_of_the_writers_is_left_in_one(name: str) -> None:
    comments = [row[4] for row in rows_of(name) if row[4]]

    assert len(set(comments)) == len(comments)
    assert not [comment for comment in comments if "@20" in comment]


@pytest.mark.parametrize("name", _SAMPLES)
def test_rows_have_their_own_ids_a_rating_and_a_date_in_order(name: str) -> None:
    rows = rows_of(name)
    dates = [date.fromisoformat(row[1]) for row in rows]

    assert {len(row) for row in rows} == {5}
    assert len({row[0] for row in rows}) == len(rows)
    assert {row[2] for row in rows} <= set("12345")
    assert dates == sorted(dates)
    assert (dates[-1] - dates[0]).days > 90


def test_the_chinese_sample_is_written_as_excel_writes_it() -> None:
    content = path_of("phone_reviews_zh").read_bytes()

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n")
