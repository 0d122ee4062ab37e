"""Columns joined by a template: what a person writes, and what becomes of blank cells."""

import pytest

from verbatlas.errors import Problem, UserError
from verbatlas.tables import Template, documents, from_columns
from verbatlas.tables.table import TableFormat

LABELS = ("title", "body", "rating", "a{b}", "Order No. 1", "标题 名", "x\ny")


def parsed(text: str) -> Template:
    return Template.parse(text, LABELS)


def filled(text: str, **cells: str) -> str:
    template = parsed(text)
    values = [cells.get(LABELS[column], "") for column in template.columns]
    return template.fill(values, [not value for value in values])


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("{title}: {body}", (0, ": ", 1)),
        ("{ title }{body}", (0, 1)),
        ("{{{title}}}", ("{", 0, "}")),
        ("{a{{b}}}", (3,)),
        ("{Order No. 1}。{标题 名}", (4, "。", 5)),
        ("a }} b {{ {x\ny}", ("a } b { ", 6)),
        ("{title} {title}", (0, " ", 0)),
    ],
    ids=["plain", "blanks", "braces-around", "braces-inside", "dots-chinese", "braces", "twice"],
)
def test_a_template_is_understood_and_written_back(text: str, pieces: tuple[str | int, ...]) -> None:
    template = parsed(text)
    assert template.pieces == pieces
    assert parsed(template.written(LABELS)) == template
    assert Template.from_json(template.to_json()) == template


@pytest.mark.parametrize(
    ("text", "problem", "values"),
    [
        ("{title", Problem.TEMPLATE_BRACE, {"position": 1, "part": "{title"}),
        ("title}", Problem.TEMPLATE_BRACE, {"position": 6, "part": "}"}),
        ("{ti{title}", Problem.TEMPLATE_BRACE, {"position": 1, "part": "{ti{title}"}),
        ("{title}: {nope}", Problem.TEMPLATE_COLUMN, {"column": "nope"}),
        ("{title} {}", Problem.TEMPLATE_COLUMN, {"column": ""}),
        ("title: body", Problem.TEMPLATE_EMPTY, {}),
        ("{{title}}", Problem.TEMPLATE_EMPTY, {}),
        ("", Problem.TEMPLATE_EMPTY, {}),
    ],
    ids=["open", "close", "nested", "unknown", "unnamed", "no-column", "only-braces", "nothing"],
)
def test_what_is_wrong_with_a_template_is_told(text: str, problem: Problem, values: dict[str, object]) -> None:
    with pytest.raises(UserError) as error:
        parsed(text)
    assert error.value.problem is problem
    assert error.value.values == values


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        ({"title": "T", "body": "B", "rating": "4"}, "T (4): B."),
        ({"body": "B", "rating": "4"}, "(4): B."),
        ({"title": "T", "body": "B"}, "T: B."),
        ({"title": "T", "rating": "4"}, "T (4)"),
        ({"title": "T"}, "T"),
        ({"body": "B"}, "B."),
        ({"rating": "4"}, "(4)"),
        ({}, ""),
    ],
    ids=["all", "no-title", "no-rating", "no-body", "title", "body", "rating", "none"],
)
def test_nothing_dangles_where_a_cell_is_blank(cells: dict[str, str], text: str) -> None:
    assert filled("{title} ({rating}): {body}.", **cells) == text


def test_a_line_whose_cells_are_blank_is_left_away() -> None:
    lines = "Title: {title}\nText: {body} / {rating} stars"
    assert filled(lines, title="T", body="B", rating="4") == "Title: T\nText: B / 4 stars"
    assert filled(lines, title="T") == "Title: T"
    assert filled(lines, body="B") == "Text: B"
    assert filled(lines, rating="4") == "4 stars"


@pytest.mark.parametrize("pair", ["()", "[]", "{{}}", '""', "“”", "（）", "【】", "「」", "《》"])
def test_brackets_and_quotes_go_with_what_is_in_them(pair: str) -> None:
    before, behind = (pair[:2], pair[2:]) if len(pair) == 4 else pair
    assert filled(f"{{title}} {before}{{rating}}{behind} {{body}}", title="T", body="B") == "T B"


def test_a_column_can_be_taken_out_and_added() -> None:
    template = parsed("{title} ({rating}): {body}")
    assert template.without(2) == parsed("{title}: {body}")
    assert parsed("{title}").without(0) is None
    assert template.and_line(4) == parsed("{title} ({rating}): {body}\n{Order No. 1}")


def test_documents_are_joined_by_it() -> None:
    table = from_columns(
        ["title", "body"], [["Late", "", None, " "], ["two days", "three", "four\nlines", "\u200b"]], TableFormat()
    )
    template = Template.parse("{title}: {body}", table.labels())
    assert documents(table, (0, 1), template) == ("Late: two days", "three", "four\nlines", "")
    assert documents(table, (0, 1)) == documents(table, (0, 1), Template.in_lines((0, 1)))
    assert documents(table, (0, 1))[:2] == ("Late\ntwo days", "three")
