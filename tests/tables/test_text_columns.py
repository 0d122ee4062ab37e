"""The column with the comments is found by what is in it."""

from pathlib import Path

import pytest

from verbatlas import tables
from verbatlas.tables import TableFormat, documents, from_columns, guess_text_columns, is_blank


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("banking77_test.csv", "text"),
        ("ms_chitchat_zh.csv", "text"),
        ("thucnews_titles.csv", "text"),
        ("womens_clothing_class.csv", "text"),
        ("crosswoz_user_turns.csv", "text"),
    ],
)
def test_the_comments_of_real_files_are_found(name: str, column: str, shared_data: Path) -> None:
    table = tables.read(shared_data / "csv" / name)

    assert [table.names[index] for index in guess_text_columns(table)] == [column]


def test_a_mostly_empty_text_column_is_found(shared_data: Path) -> None:
    table = tables.read(shared_data / "import" / "cfpb_complaints_sample.csv")

    assert [table.names[index] for index in guess_text_columns(table)] == ["Consumer complaint narrative"]


def test_numbers_dates_links_and_categories_are_no_comments() -> None:
    table = from_columns(
        ["id", "date", "url", "type"],
        [
            [str(i) for i in range(50)],
            [f"2026-03-{i % 28 + 1:02d}" for i in range(50)],
            [f"https://example.com/some/long/path/{i}" for i in range(50)],
            ["complaint", "praise"] * 25,
        ],
        TableFormat(),
    )

    assert guess_text_columns(table) == ()


@pytest.mark.parametrize(
    ("names", "row", "column"),
    [
        (
            ("address", "antwort"),
            ("{n} Long Street Name, 1{n}04 Some City, Land", "late again and very rude {n}"),
            1,
        ),
        (("log", "fb"), ("2026-02-03 04:05:{n} INFO started with id {n} and port {n}", "too slow and too dear {n}"), 1),
        (("id", "ความคิดเห็น", "ชื่อ"), ("{n}", "อาหารอร่อยมากบริการดีแต่ราคาแพงเกินไป{n}", "สมชาย"), 1),
        (("id", "answer"), ("{n}", "price"), 1),
        (("id", "kind"), ("{n}", "price"), None),
    ],
    ids=["addresses", "logs", "Thai", "one word, named", "one word, of a kind"],
)
def test_the_column_of_comments_is_told_from_others(
    names: tuple[str, ...], row: tuple[str, ...], column: int | None
) -> None:
    rows = [[cell.format(n=n) for cell in row] for n in range(10, 99)]
    table = from_columns(names, [list(cells) for cells in zip(*rows, strict=True)], TableFormat())

    assert guess_text_columns(table) == (() if column is None else (column,))


def test_several_columns_are_joined_and_blank_cells_left_out() -> None:
    table = from_columns(["title", "body"], [["Slow", None, ""], ["It took weeks", "Broken", "  "]], TableFormat())

    assert documents(table, (0, 1)) == ("Slow\nIt took weeks", "Broken", "")
    assert documents(table, (0,)) == ("Slow", "", "")


@pytest.mark.parametrize(("text", "blank"), [("", True), (" \t\n\u3000\u200b", True), ("?", False), ("好", False)])
def test_blank_is_what_nobody_can_read(text: str, *, blank: bool) -> None:
    assert is_blank(text) is blank
